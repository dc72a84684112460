import type * as z from 'zod'
import { QuoteSent } from '../../../events/sales.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { changedFields } from '../../kernel/resource.ts'
import { type Contact, type Customer, contacts, writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { find } from '../../store/read.ts'
import { subjectOf } from './change-quote.ts'
import { quotes } from './quote.table.ts'
import type { Quote, SendQuote } from './quote.ts'
import { stepOn } from './rules.ts'

type Asked = z.output<typeof SendQuote>

/** Who is written to when nobody is named: the contact of the quote, else the primary one, else the firm itself. */
async function usualRecipient(ctx: Context, quote: Quote, customer: Customer): Promise<string[]> {
  const ids = [quote.contactId, customer.primaryContactId].filter((id) => id !== undefined)
  const people: (Contact | undefined)[] = await Promise.all(ids.map((id) => find(ctx, contacts, id)))
  const email = people.find((contact) => contact?.email)?.email ?? customer.email
  if (email) return [email]
  throw invalid(
    'quote.no-recipient',
    '/to',
    'Neither the contact of the quote nor the customer has an e-mail address. Say whom to write to.',
  )
}

async function deliveryOf(ctx: Context, quote: Quote, customer: Customer, { channel, to, subject, message }: Asked) {
  const named = [...new Set(to ?? [])]
  if (channel !== 'email' && named.length > 0)
    throw invalid('quote.recipient-without-mail', '/to', 'Only a quote that goes by mail is sent to addresses.')
  const recipients = channel !== 'email' ? [] : named.length > 0 ? named : await usualRecipient(ctx, quote, customer)
  return { channel, to: recipients, subject: subject ?? null, message: message ?? null }
}

/**
 * Sends a quote: by mail, which the consumer of the event delivers, by a link to pass on, or on paper. From then on it does not
 * change. Once more the same is nothing new; with `again`, or in another way, it goes out again. 409 `quote.expired` when it
 * could not be accepted any more, 422 `quote.no-recipient`.
 */
export async function sendQuote(ctx: Context, { id, again, ...asked }: Asked & { id: string }): Promise<Quote> {
  const { record: before, customer } = await writableOfCustomer(ctx, quotes, id)
  const day = today(ctx)
  const status = stepOn(before, 'send', day)
  const delivery = await deliveryOf(ctx, before, customer, asked)
  if (!again && before.status === 'sent' && changedFields({ ...before.delivery }, delivery).length === 0) return before
  const first = before.sentAt ? {} : { sentAt: ctx.now(), sentOn: day }
  const after: Quote = { ...before, ...first, status, delivery }
  const { number, revision, validUntil, total, currency } = after
  const event = QuoteSent(subjectOf(after), { number, revision, channel: delivery.channel, validUntil, total, currency })
  return commit(ctx, [quotes.replace(ctx, before, after)], [event])
}
