import type * as z from 'zod'
import { QuoteSent } from '../../../events/sales.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { changedFields } from '../../kernel/resource.ts'
import { type Customer, writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { usualRecipient } from '../document/usual-recipient.ts'
import { subjectOf } from './change-quote.ts'
import { quotes } from './quote.table.ts'
import type { Quote, SendQuote } from './quote.ts'
import { stepOn } from './rules.ts'

type Asked = z.output<typeof SendQuote>

async function deliveryOf(ctx: Context, quote: Quote, customer: Customer, { channel, to, subject, message }: Asked) {
  const named = [...new Set(to ?? [])]
  if (channel !== 'email' && named.length > 0)
    throw invalid('quote.recipient-without-mail', '/to', 'Only a quote that goes by mail is sent to addresses.')
  const recipients =
    channel !== 'email'
      ? []
      : named.length > 0
        ? named
        : await usualRecipient(ctx, customer, { noun: 'quote', pointer: '/to', contactId: quote.contactId })
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
