import { QuoteSent } from '../../../events/sales.ts'
import type { Context } from '../../kernel/context.ts'
import { hasProducts } from '../document/line.ts'
import type { SendDocument } from '../sending/delivery.ts'
import { type SendKind, sendDocument } from '../sending/send-document.ts'
import { subjectOf } from './change-quote.ts'
import { quotes } from './quote.table.ts'
import type { Quote } from './quote.ts'
import { stepOn } from './rules.ts'

const kind: SendKind<Quote> = {
  noun: 'quote',
  entity: quotes,
  sent: (ctx, quote, day) => {
    const first = quote.sentAt ? {} : { sentAt: ctx.now(), sentOn: day }
    return { ...quote, ...first, status: stepOn(quote, 'send', day) }
  },
  event: (quote, { channel, send }) => {
    const { number, revision, validUntil, total, currency } = quote
    const withProducts = hasProducts(quote.lines)
    return QuoteSent(subjectOf(quote), { number, revision, channel, send, validUntil, total, currency, withProducts })
  },
}

/** Sends a quote; from then on it does not change. 409 `quote.expired` when it could not be accepted any more, 422 `quote.no-recipient`. */
export const sendQuote = (ctx: Context, asked: SendDocument & { id: string }): Promise<Quote> => sendDocument(ctx, kind, asked)
