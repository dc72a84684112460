import { senderOf, type Tenant } from '../../identity/index.ts'
import type { Context, OutgoingMail } from '../../kernel/context.ts'
import { contentOf } from '../campaign/ab-test.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { recipientValues } from '../message-template/recipient-values.ts'
import { messageMaker } from '../message-template/render-message.ts'
import { clickBase, trackedContent } from '../response/click-link.ts'
import { replyAddress } from '../response/reply-address.ts'
import { unsubscribeHeaders, unsubscribeUrl } from '../unsubscribe/link.ts'
import type { Recipient } from './recipients.ts'

/** The mark that the tenant's law wants before the subject of an advertisement. */
const marked = (subject: string, mark: string | undefined): string => (mark && !subject.startsWith(mark) ? `${mark} ${subject}` : subject)

/** Makes the mail of one recipient after the other; the template is read once. */
export function mailMaker(ctx: Context, tenant: Tenant, campaign: Campaign) {
  const { id, name } = campaign
  const makers = new Map<unknown, ReturnType<typeof messageMaker>>()
  const makerOf = (content: NonNullable<Campaign['content']>) => {
    const known = makers.get(content) ?? messageMaker(trackedContent(content))
    makers.set(content, known)
    return known
  }
  const from = senderOf(tenant)
  return async ({ contact, customer }: Recipient, delivery: string): Promise<OutgoingMail> => {
    const url = unsubscribeUrl(ctx, { email: contact.email!, contactId: contact.id, campaignId: id, delivery })
    const values = await recipientValues(ctx, { tenant, contact, customer, campaignName: name, unsubscribeUrl: url })
    const { subject, html, text } = makerOf(contentOf(campaign, delivery)!)({
      ...values,
      clickBase: clickBase(ctx, { campaignId: id, delivery }),
    })
    const replyTo = tenant.replyDomain ? { replyTo: replyAddress(ctx, tenant.replyDomain, { campaignId: id, delivery }) } : {}
    return {
      ...{ deliveryId: delivery, tenantId: ctx.tenant.id, tags: { campaign: id, contact: contact.id } },
      ...{ from, to: contact.email!, subject: marked(subject, tenant.adSubjectMark), html, text, ...replyTo },
      headers: unsubscribeHeaders(url),
    }
  }
}
