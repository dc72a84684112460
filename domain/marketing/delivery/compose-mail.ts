import type { Tenant } from '../../identity/index.ts'
import type { Context, OutgoingMail } from '../../kernel/context.ts'
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
export function mailMaker(ctx: Context, tenant: Tenant, { id, name, content }: Campaign) {
  const make = messageMaker(trackedContent(content!))
  const from = { name: tenant.sender?.name ?? tenant.name, ...(tenant.sender?.email ? { email: tenant.sender.email } : {}) }
  return async ({ contact, customer }: Recipient, delivery: string): Promise<OutgoingMail> => {
    const url = unsubscribeUrl(ctx, { email: contact.email!, contactId: contact.id, campaignId: id, delivery })
    const values = await recipientValues(ctx, { tenant, contact, customer, campaignName: name, unsubscribeUrl: url })
    const { subject, html, text } = make({ ...values, clickBase: clickBase(ctx, { campaignId: id, delivery }) })
    const replyTo = tenant.replyDomain ? { replyTo: replyAddress(ctx, tenant.replyDomain, { campaignId: id, delivery }) } : {}
    return {
      ...{ deliveryId: delivery, tenantId: ctx.tenant.id, tags: { campaign: id, contact: contact.id } },
      ...{ from, to: contact.email!, subject: marked(subject, tenant.adSubjectMark), html, text, ...replyTo },
      headers: unsubscribeHeaders(url),
    }
  }
}
