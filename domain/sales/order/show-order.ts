import type { Context } from '../../kernel/context.ts'
import { money } from '../../kernel/money.ts'
import { fromMicro } from '../document/decimal.ts'
import { shownLines, shownTotals } from '../document/show-document.ts'
import { documentLink } from '../sending/document-link.ts'
import type { Order } from './order.ts'
import { openOf, shippedOf } from './tally.ts'

/** A row of a list: an order without its lines. */
export const shownRow = (order: Order) => ({ ...order, ...shownTotals(order), history: order.history !== undefined })

/** An order as it is answered, with what was shipped of each line. */
export function shownOrder(ctx: Context, order: Order) {
  const { currency, lines, instalments = [] } = order
  return {
    ...shownRow(order),
    link: documentLink(ctx, order),
    lines: shownLines(ctx, order).map((line, i) => ({
      ...line,
      shipped: fromMicro(shippedOf(order, line).quantity),
      open: openOf(order, lines[i]!),
    })),
    instalments: instalments.map(({ amount, ...one }) => ({ ...one, amount: money(amount, currency) })),
  }
}
