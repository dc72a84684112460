import { findUser, readTenant, senderOf } from '../domain/identity/index.ts'
import type { Context } from '../domain/kernel/context.ts'
import { documentMailTexts } from '../domain/platform/document/document-mail.ts'
import { loadLetterhead } from '../domain/platform/document/load-letterhead.ts'
import { composeFor, drawDocument, templateFor } from '../domain/platform/document/make-document.ts'
import { type ComposedMail, type DocumentView, type SendOutcome, sendOnce } from '../domain/platform/index.ts'
import { sentDocumentOf } from '../domain/sales/sending/sent-document.ts'
import { statementLink } from '../domain/sales/statement/statement-link.ts'
import { statementViewOf } from '../domain/sales/statement/statement-view.ts'
import { fonts } from './clients/fonts.ts'

/** A document to be mailed: what it is, how it was sent, and where it is answered. */
interface Mailed {
  view: DocumentView
  templateId?: string | undefined
  delivery: { to: string[]; subject?: string | null; message?: string | null }
  link: string
  /** The person whom the customer's answer goes to, not to where all mails come from. */
  replyTo: string | undefined
  about: { id: string; customerId: string }
}

/** The mail that brings a document, with its PDF and the link to its page. */
async function composeMail(ctx: Context, { view, templateId, delivery, link, replyTo, about }: Mailed): Promise<ComposedMail> {
  const template = await templateFor(ctx, view, undefined, templateId)
  const [letterhead, tenant, person] = await Promise.all([
    loadLetterhead(ctx, template.locale),
    readTenant(ctx),
    replyTo ? findUser(ctx, replyTo) : undefined,
  ])
  const { name, contentType, content } = await drawDocument([await composeFor(ctx, view, template)], 'pdf', fonts)
  const { to, subject, message } = delivery
  return {
    from: senderOf(tenant, letterhead.name),
    to,
    ...(person ? { replyTo: person.email } : {}),
    ...documentMailTexts(view, { template, letterhead, link, subject: subject ?? null, message: message ?? null }),
    attachments: [{ filename: name, contentType, content: Buffer.from(content) }],
    tags: { about: about.id, customer: about.customerId },
  }
}

/**
 * Mails a quote, an order or a delivery note with its PDF and its link to whom it was sent to by that send, once for each. `nothing-due`
 * for one that was cancelled or replaced by a later revision before its mail went out, or sent ten times since.
 */
export async function sendDocumentMail(
  ctx: Context,
  { documentId, send, eventId }: { documentId: string; send: number; eventId: string },
): Promise<SendOutcome | 'nothing-due'> {
  const sent = await sentDocumentOf(ctx, documentId)
  const { link, holds } = sent
  const delivery = sent.deliveries.find((one) => one.send === send)
  if (delivery?.channel !== 'email' || delivery.to.length === 0 || !holds || !link) return 'nothing-due'
  const mailed = { ...sent, delivery, link, about: sent }
  return sendOnce(ctx, { key: [sent.view.kind, documentId, eventId], compose: () => composeMail(ctx, mailed) })
}

/** Mails a statement with its PDF and its link, once for each send; answers go to whoever sent it. `nothing-due` for a send that is forgotten. */
export async function sendStatementMail(
  ctx: Context,
  { customerId, period, deliveryId }: { customerId: string; period: { from: string; to: string; currency: string }; deliveryId: string },
): Promise<SendOutcome | 'nothing-due'> {
  const { stored, view, customer } = await statementViewOf(ctx, { id: customerId, ...period })
  const delivery = stored.deliveries.find(({ id }) => id === deliveryId)
  if (!delivery) return 'nothing-due'
  const link = statementLink(ctx, { customerId: customer.id, ...period }, delivery.at)
  const mailed = { view, delivery, link, replyTo: delivery.by, about: { id: deliveryId, customerId: customer.id } }
  return sendOnce(ctx, { key: ['statement', deliveryId], compose: () => composeMail(ctx, mailed) })
}
