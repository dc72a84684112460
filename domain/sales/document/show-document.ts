import { withoutHidden } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { type Money, money } from '../../kernel/money.ts'
import type { LineRecord } from './line.ts'
import type { Totals } from './price-document.ts'

/** A stored line as it is answered: amounts as money, and what a unit costs for those alone who may see it. */
type ShownLine<L extends LineRecord> = Omit<L, 'net' | 'tax' | 'gross'> & { net: Money; tax: Money; gross: Money }

/** The lines of a document as the caller may see them. */
export const shownLines = <L extends LineRecord>(
  ctx: Context,
  { lines, currency }: { lines: readonly L[]; currency: string },
): ShownLine<L>[] =>
  lines.map((line) =>
    withoutHidden(ctx.actor, 'document-line', {
      ...line,
      net: money(line.net, currency),
      tax: money(line.tax, currency),
      gross: money(line.gross, currency),
    }),
  )

/** The totals of a document as money. */
export const shownTotals = ({ netTotal, taxTotal, discountTotal, total, currency }: Totals & { currency: string }) => ({
  netTotal: money(netTotal, currency),
  taxTotal: money(taxTotal, currency),
  discountTotal: money(discountTotal, currency),
  total: money(total, currency),
})
