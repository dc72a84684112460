import * as z from 'zod'
import { isId } from '../../kernel/ids.ts'
import { Email } from '../../kernel/text.ts'
import { everything, type SuppressionReason } from './suppression.ts'

const Named = z.array(z.looseObject({ emailAddress: z.string() }))

/** What is read of an event of SES about a mail that did not find a reader. SES documents it open-ended: nothing is refused for being new. */
const Refused = z.looseObject({
  source: z.literal('aws.ses'),
  detail: z.looseObject({
    eventType: z.string(),
    mail: z.looseObject({ tags: z.record(z.string(), z.array(z.string())).optional() }),
    bounce: z.looseObject({ bounceType: z.string(), bouncedRecipients: Named }).optional(),
    complaint: z.looseObject({ complainedRecipients: Named, complaintFeedbackType: z.string().nullish() }).optional(),
  }),
})
type Detail = z.output<typeof Refused>['detail']

interface RefusalsFound {
  tenantId: string
  refusals: { email: string; scope: string; reason: SuppressionReason; contactId?: string }[]
}

/** The bare address of `Name <address>`; undefined when it is none. */
function addressOf(text: string): string | undefined {
  const parsed = Email.safeParse(/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text)
  return parsed.success ? parsed.data : undefined
}

/** Only what is permanent counts as a bounce: a full mailbox or a mail too large passes. `not-spam` is praise, not a complaint. */
function named({ eventType, bounce, complaint }: Detail): { reason: SuppressionReason; recipients: z.output<typeof Named> } | undefined {
  if (eventType === 'Bounce' && bounce?.bounceType === 'Permanent') return { reason: 'bounced', recipients: bounce.bouncedRecipients }
  if (eventType === 'Complaint' && complaint && complaint.complaintFeedbackType !== 'not-spam')
    return { reason: 'complained', recipients: complaint.complainedRecipients }
  return undefined
}

/**
 * Who must not be mailed after an event of SES: the recipients it names, and nobody else the mail went to. Undefined when
 * the mail is not marketing mail of ours, or the event says nothing of the kind.
 */
export function refusalsIn(event: unknown): RefusalsFound | undefined {
  const { detail } = Refused.parse(event)
  const [tenantId, campaignId, contactId] = ['tenant', 'campaign', 'contact'].map((tag) => detail.mail.tags?.[tag]?.[0])
  const found = named(detail)
  if (!found || !tenantId || !campaignId || !isId('cmp', campaignId)) return undefined
  const whose = contactId && isId('con', contactId) ? { contactId } : {}
  const emails = new Set(found.recipients.flatMap(({ emailAddress }) => addressOf(emailAddress) ?? []))
  return { tenantId, refusals: [...emails].map((email) => ({ email, scope: everything, reason: found.reason, ...whose })) }
}
