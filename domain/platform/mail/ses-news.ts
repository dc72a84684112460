import * as z from 'zod'
import { Instant } from '../../kernel/dates.ts'
import { isDeliveryId } from './mail.ts'

/** What SES says of a mail of ours. */
export interface SesNews {
  tenantId: string
  deliveryId: string
  messageId: string
  /** The attribute of the record that keeps when it happened. */
  fact: SesFact
  at: string
  /** The record that the mail brought to a customer. */
  about?: { id: string; customerId: string }
}

export type SesFact =
  | 'acceptedAt'
  | 'deliveredAt'
  | 'bouncedAt'
  | 'softBouncedAt'
  | 'complainedAt'
  | 'rejectedAt'
  | 'failedAt'
  | 'delayedAt'
  | 'openedAt'
  | 'clickedAt'

const Happening = z.looseObject({ timestamp: Instant })

/** What we read of an event that SES puts on the default bus. SES documents it open-ended, so nothing is refused for being new. */
const SesEvent = z.looseObject({
  source: z.literal('aws.ses'),
  detail: z.looseObject({
    eventType: z.string(),
    mail: z.looseObject({ timestamp: Instant, messageId: z.string(), tags: z.record(z.string(), z.array(z.string())).optional() }),
    delivery: Happening.optional(),
    bounce: Happening.extend({ bounceType: z.string() }).optional(),
    complaint: Happening.optional(),
    deliveryDelay: Happening.optional(),
    open: Happening.optional(),
    click: Happening.optional(),
  }),
})
type Detail = z.output<typeof SesEvent>['detail']

/** By the names that EventBridge and SNS give the event types. */
const factOf: Record<string, (detail: Detail) => { fact: SesFact; at?: string | undefined }> = {
  Send: () => ({ fact: 'acceptedAt' }),
  Delivery: ({ delivery }) => ({ fact: 'deliveredAt', at: delivery?.timestamp }),
  Bounce: ({ bounce }) => ({ fact: bounce?.bounceType === 'Permanent' ? 'bouncedAt' : 'softBouncedAt', at: bounce?.timestamp }),
  Complaint: ({ complaint }) => ({ fact: 'complainedAt', at: complaint?.timestamp }),
  Reject: () => ({ fact: 'rejectedAt' }),
  'Rendering Failure': () => ({ fact: 'failedAt' }),
  DeliveryDelay: ({ deliveryDelay }) => ({ fact: 'delayedAt', at: deliveryDelay?.timestamp }),
  Open: ({ open }) => ({ fact: 'openedAt', at: open?.timestamp }),
  Click: ({ click }) => ({ fact: 'clickedAt', at: click?.timestamp }),
}

/** The news in an event of SES, or undefined when it is of a mail that is not ours or of a kind we keep nothing of. */
export function readSesEvent(event: unknown): SesNews | undefined {
  const { detail } = SesEvent.parse(event)
  const [tenantId] = detail.mail.tags?.tenant ?? []
  const [deliveryId] = detail.mail.tags?.delivery ?? []
  const read = Object.hasOwn(factOf, detail.eventType) ? factOf[detail.eventType]! : undefined
  if (!read || !tenantId || !deliveryId || !isDeliveryId(deliveryId)) return undefined
  const { fact, at = detail.mail.timestamp } = read(detail)
  const [[id], [customerId]] = [detail.mail.tags?.about ?? [], detail.mail.tags?.customer ?? []]
  const about = id && customerId ? { about: { id, customerId } } : {}
  return { tenantId, deliveryId, messageId: detail.mail.messageId, fact, at, ...about }
}
