import * as z from 'zod'
import { defineEvent } from './define.ts'

const contactId = 'con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
const changed = z.array(z.string())
const suppression = {
  scope: z.string(),
  reason: z.enum(['manual', 'unsubscribed', 'bounced', 'complained']),
  contactId: z.string().nullable(),
}

export const SuppressionAdded = defineEvent({
  name: 'suppression.added',
  version: 1,
  summary: 'An address is not mailed any more: by its own wish, because it bounced or complained, or since somebody put it on the list.',
  data: z.strictObject(suppression),
  sample: { scope: 'tenant', reason: 'unsubscribed', contactId },
})

export const SuppressionChanged = defineEvent({
  name: 'suppression.changed',
  version: 1,
  summary: 'The reason or note of a suppression was changed.',
  data: z.strictObject({ changed }),
  sample: { changed: ['reason'] },
})

export const SuppressionRemoved = defineEvent({
  name: 'suppression.removed',
  version: 1,
  summary: 'An address may be mailed again; `byRecipient` when the recipient asked for that.',
  data: z.strictObject({ ...suppression, byRecipient: z.boolean() }),
  sample: { scope: 'tenant', reason: 'unsubscribed', contactId, byRecipient: true },
})

export const MessageTemplateCreated = defineEvent({
  name: 'message-template.created',
  version: 1,
  summary: 'A template of a mail was saved.',
  data: z.strictObject({}),
  sample: {},
})

export const MessageTemplateChanged = defineEvent({
  name: 'message-template.changed',
  version: 1,
  summary: 'A template of a mail was changed.',
  data: z.strictObject({ changed }),
  sample: { changed: ['body'] },
})

export const MessageTemplateDeleted = defineEvent({
  name: 'message-template.deleted',
  version: 1,
  summary: 'A template of a mail was deleted.',
  data: z.strictObject({}),
  sample: {},
})

export const SegmentCreated = defineEvent({
  name: 'segment.created',
  version: 1,
  summary: 'A segment was saved.',
  data: z.strictObject({}),
  sample: {},
})

export const SegmentChanged = defineEvent({
  name: 'segment.changed',
  version: 1,
  summary: 'A segment was changed.',
  data: z.strictObject({ changed }),
  sample: { changed: ['where'] },
})

export const SegmentDeleted = defineEvent({
  name: 'segment.deleted',
  version: 1,
  summary: 'A segment was deleted.',
  data: z.strictObject({}),
  sample: {},
})
