import * as z from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { Locale, line } from '../../kernel/text.ts'
import { isMergeField, mergeFields } from './merge-fields.ts'

export const MessageTemplateId = idOf('mtp').meta({ description: 'Id of a message template' })

/** As long as a mail may be before mailboxes cut it off. */
const longestBody = 60_000

const Defaults = z
  .record(
    z
      .string()
      .max(60)
      .refine(isMergeField, `must be one of ${Object.keys(mergeFields).join(', ')}`),
    z.string().max(200),
  )
  .meta({ description: 'What stands in for a merge field that a recipient does not have.', example: { 'contact.title': '' } })

const fields = {
  name: line(100),
  kind: z.enum(['campaign']).meta({ description: 'What it is for.' }),
  locale: Locale.meta({ description: 'The language it is written in.' }),
  subject: line(200).meta({ description: 'Liquid with merge fields.' }),
  preheader: line(200).meta({ description: 'What mailboxes show behind the subject. Liquid.' }),
  body: z
    .string()
    .min(1)
    .max(longestBody)
    .meta({ description: 'MJML, with Liquid in its texts. The postal address and the unsubscribe link are added where it has none.' }),
  defaults: Defaults,
}

const shapes = shapesOf('MessageTemplate', MessageTemplateId, fields, ['name', 'kind', 'subject', 'body'], {
  fields: z.array(z.string()).meta({ description: 'The merge fields it uses.' }),
})

export const CreateMessageTemplate = shapes.create
export const ChangeMessageTemplate = shapes.patch.omit({ kind: true }).meta({ id: 'ChangeMessageTemplate' })
export const MessageTemplate = shapes.resource.extend({ defaults: Defaults.default({}) }).meta({ id: 'MessageTemplate' })
/** Lists show everything but the body. */
export const MessageTemplateRow = shapes.resource
  .extend({ defaults: Defaults.default({}) })
  .omit({ body: true })
  .meta({ id: 'MessageTemplateRow' })

/** What was made of body and subject when they were saved: a mail needs only its values. */
export const Compiled = z.object({ fields: z.array(z.string()), html: z.string(), text: z.string() })
export type Compiled = z.output<typeof Compiled>

export const MessageTemplateRecord = shapes.record.extend(Compiled.shape)
export type MessageTemplate = z.output<typeof MessageTemplateRecord>
