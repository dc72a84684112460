import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { fromMicro } from '../document/decimal.ts'
import { shownLines, shownTotals } from '../document/show-document.ts'
import type { OrderedQuote } from './change-quote.ts'
import type { Quote } from './quote.ts'
import { quoteLink } from './quote-link.ts'
import { statusOn } from './rules.ts'
import { orderedOf } from './take-from-quote.ts'

/** A row of a list: a quote without its lines, with its status of today. */
export const shownQuoteRow = (ctx: Context, quote: Quote) => ({ ...quote, ...shownTotals(quote), status: statusOn(quote, today(ctx)) })

/** A quote as it is answered, with what was ordered of each line. */
export const shownQuote = (ctx: Context, quote: OrderedQuote) => ({
  ...shownQuoteRow(ctx, quote),
  link: quote.sentAt ? quoteLink(ctx, quote) : null,
  lines: shownLines(ctx, quote).map((line) => ({ ...line, ordered: fromMicro(orderedOf(quote.ordered ?? {}, line.id)) })),
})
