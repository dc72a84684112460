import { findUser, readTenant } from '../domain/identity/index.ts'
import type { Context } from '../domain/kernel/context.ts'
import { documentMailTexts } from '../domain/platform/document/document-mail.ts'
import { loadLetterhead } from '../domain/platform/document/load-letterhead.ts'
import { composeFor, drawDocument, templateFor } from '../domain/platform/document/make-document.ts'
import { type SendOutcome, sendOnce } from '../domain/platform/index.ts'
import { quoteLink } from '../domain/sales/quote/quote-link.ts'
import { quoteViewOf } from '../domain/sales/quote/quote-view.ts'
import { fonts } from './clients/fonts.ts'

/**
 * Mails a quote with its PDF and its link to whom it was sent to, once for each send. `nothing-due` for one that was replaced by a
 * later revision before its mail went out, or sent another way since.
 */
export async function sendQuoteMail(
  ctx: Context,
  { quoteId, eventId }: { quoteId: string; eventId: string },
): Promise<SendOutcome | 'nothing-due'> {
  const { quote, view } = await quoteViewOf(ctx, quoteId)
  const { delivery } = quote
  if (delivery?.channel !== 'email' || delivery.to.length === 0 || quote.status === 'superseded') return 'nothing-due'
  const compose = async () => {
    const template = await templateFor(ctx, view, undefined, quote.templateId)
    const [letterhead, tenant, owner] = await Promise.all([
      loadLetterhead(ctx, template.locale),
      readTenant(ctx),
      findUser(ctx, quote.ownerId ?? quote.createdBy),
    ])
    const { name, contentType, content } = await drawDocument([await composeFor(ctx, view, template)], 'pdf', fonts)
    const { subject, message } = delivery
    return {
      from: { name: tenant.sender?.name ?? letterhead.name, ...(tenant.sender?.email ? { email: tenant.sender.email } : {}) },
      to: delivery.to,
      // The customer's answer goes to a person, not to where all mails come from.
      ...(owner ? { replyTo: owner.email } : {}),
      ...documentMailTexts(view, { template, letterhead, link: quoteLink(ctx, quote), subject, message }),
      attachments: [{ filename: name, contentType, content: Buffer.from(content) }],
      tags: { about: quote.id, customer: quote.customerId },
    }
  }
  return sendOnce(ctx, { key: ['quote', quoteId, eventId], compose })
}
