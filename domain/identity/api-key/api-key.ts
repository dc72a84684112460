import * as z from 'zod'
import { Instant } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { line } from '../../kernel/text.ts'
import { permissions } from '../permissions.ts'

const ApiKeyId = idOf('key').meta({ description: 'Id of an API key' })

const fields = {
  name: line(100).meta({ description: 'What the key is for.' }),
  scopes: z
    .array(z.enum(permissions))
    .min(1)
    .max(permissions.length)
    .meta({ description: 'The only permissions the key has, within those of the user who made it.' }),
  test: z.boolean().meta({ description: 'Begins with gx_test_ instead of gx_live_, so that a program can tell them apart.' }),
}

const shapes = shapesOf('ApiKey', ApiKeyId, fields, ['name', 'scopes'], {
  userId: z.string().meta({ description: 'The user the key acts for; when that user leaves, the key ends.' }),
  hint: z.string().meta({ description: 'The last four characters of the key.' }),
})
export const CreateApiKey = shapes.create
const ApiKeyRecord = shapes.record.extend({
  userId: z.string(),
  hint: z.string(),
  hash: z.string(),
  formerHash: z.string().optional(),
  formerUntil: Instant.optional(),
})
export const ApiKey = shapes.resource
/** Creation and rotation show the key itself, this once. */
export const ApiKeyWithSecret = shapes.resource
  .extend({
    secret: z
      .string()
      .nullable()
      .meta({ description: 'The API key. It is shown once and stored hashed: a repeated request is answered with null.' }),
  })
  .meta({ id: 'ApiKeyWithSecret' })
export type ApiKey = z.output<typeof ApiKeyRecord>
