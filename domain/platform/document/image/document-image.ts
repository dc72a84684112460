import * as z from 'zod'
import { shapesOf } from '../../../kernel/resource.ts'
import { line } from '../../../kernel/text.ts'
import { DocumentImageId } from '../template/layout.ts'

const largestBytes = 500 * 1024

const fields = {
  name: line(100),
  kind: z.enum(['logo', 'seal', 'picture']).meta({ description: 'What it is for.' }),
  contentType: z.enum(['image/png', 'image/jpeg']),
}

const shapes = shapesOf('DocumentImage', DocumentImageId, fields, ['name', 'kind', 'contentType'], {
  size: z.int().meta({ description: 'Bytes.' }),
  width: z.int().meta({ description: 'Pixels.' }),
  height: z.int().meta({ description: 'Pixels.' }),
  url: z.string().nullable().default(null).meta({ description: 'Where to look at it for the next 15 minutes; only from GET of one.' }),
})

export const CreateDocumentImage = shapes.create
  .extend({
    data: z
      .base64()
      .min(4)
      .max(Math.ceil((largestBytes / 3) * 4))
      .meta({ description: 'The bytes in base64, at most 500 KiB of them.' }),
  })
  .meta({ id: 'CreateDocumentImage' })
export const DocumentImage = shapes.resource
export const DocumentImageRecord = shapes.record.extend({ size: z.int(), width: z.int(), height: z.int() })
export type DocumentImageRecord = z.output<typeof DocumentImageRecord>
