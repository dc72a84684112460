import * as z from 'zod'
import { Instant } from '../../kernel/dates.ts'
import { isId } from '../../kernel/ids.ts'
import type { DeliveryNews } from './note-ses-news.ts'
import { type FactCode, readDeliveryTag } from './page.ts'

const Happening = z.looseObject({ timestamp: Instant })

/** What is read of an event of SES about a mail of a campaign. SES documents it open-ended: nothing is refused for being new. */
const SesEvent = z.looseObject({
  source: z.literal('aws.ses'),
  detail: z.looseObject({
    eventType: z.string(),
    mail: z.looseObject({ timestamp: Instant, tags: z.record(z.string(), z.array(z.string())).optional() }),
    delivery: Happening.optional(),
    bounce: Happening.extend({ bounceType: z.string() }).optional(),
    complaint: Happening.extend({ complaintFeedbackType: z.string().nullish() }).optional(),
    deliveryDelay: Happening.optional(),
    open: Happening.optional(),
    click: Happening.optional(),
  }),
})
type Detail = z.output<typeof SesEvent>['detail']

/** The fact of each kind of event and its moment; no fact when SES only says that it took the mail, or praises it. */
const factOf: Record<string, (detail: Detail) => { fact?: FactCode; at?: string | undefined }> = {
  Send: () => ({}),
  Delivery: ({ delivery }) => ({ fact: 'd', at: delivery?.timestamp }),
  Bounce: ({ bounce }) => ({ fact: bounce?.bounceType === 'Permanent' ? 'b' : 't', at: bounce?.timestamp }),
  Complaint: ({ complaint }) => ({
    ...(complaint?.complaintFeedbackType === 'not-spam' ? {} : { fact: 'm' as const }),
    at: complaint?.timestamp,
  }),
  Reject: () => ({ fact: 'r' }),
  'Rendering Failure': () => ({ fact: 'r' }),
  DeliveryDelay: ({ deliveryDelay }) => ({ fact: 'y', at: deliveryDelay?.timestamp }),
  Open: ({ open }) => ({ fact: 'o', at: open?.timestamp }),
  Click: ({ click }) => ({ fact: 'k', at: click?.timestamp }),
}

/** The news in an event of SES; undefined when it is of no mail of a campaign, or of a kind we keep nothing of. */
export function readDeliveryNews(event: unknown): (DeliveryNews & { tenantId: string }) | undefined {
  const { detail } = SesEvent.parse(event)
  const [tenantId, campaignId, delivery] = ['tenant', 'campaign', 'delivery'].map((tag) => detail.mail.tags?.[tag]?.[0])
  const read = Object.hasOwn(factOf, detail.eventType) ? factOf[detail.eventType]! : undefined
  if (!read || !tenantId || !campaignId || !isId('cmp', campaignId) || !delivery || !readDeliveryTag(delivery)) return undefined
  const { fact, at = detail.mail.timestamp } = read(detail)
  return { tenantId, campaignId, delivery, fact, at }
}
