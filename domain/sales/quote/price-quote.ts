import type { Context } from '../../kernel/context.ts'
import type { Customer } from '../../parties/index.ts'
import { baseTotal } from '../document/exchange-rate.ts'
import { goodsOf } from '../document/goods.ts'
import type { LineChange, LineRecord } from '../document/line.ts'
import { withLineIds } from '../document/line-ids.ts'
import { priceDocument, type Totals } from '../document/price-document.ts'
import { requireFits } from '../document/require-fits.ts'
import { fillLines } from '../price/fill-lines.ts'
import type { Quote } from './quote.ts'

/** A quote before its lines are priced. */
export type QuoteHead = Omit<Quote, keyof Totals | 'base' | 'lines'>

/** The quote with amounts and totals of these lines. */
export function priced(ctx: Context, head: QuoteHead, lines: readonly Omit<LineRecord, 'net' | 'tax' | 'gross'>[]): Quote {
  const amounts = priceDocument({ ...head, lines })
  requireFits(amounts.lines)
  return { ...head, ...amounts, goods: goodsOf(amounts.lines), base: baseTotal(ctx.tenant, amounts.total, head) }
}

/** The quote with lines as they were sent: filled from products and prices, with ids, priced. `before` are the lines it has. */
export async function composed(
  ctx: Context,
  head: QuoteHead,
  { customer, lines, before = [] }: { customer: Customer; lines: readonly LineChange[]; before?: readonly LineRecord[] },
): Promise<Quote> {
  const known = withLineIds(lines, head.id, before, head.lastPlace)
  return priced(ctx, head, (await fillLines(ctx, { ...head, customer, lines: known, before })) as (LineRecord & { id: string })[])
}

/** Lines of one document for another one: the same in all they say, with ids of their own. */
export const copiedLines = (lines: readonly LineRecord[], documentId: string) =>
  withLineIds(
    lines.map(({ id: _id, net: _net, tax: _tax, gross: _gross, ...line }) => ({ ...line, id: undefined })),
    documentId,
  )
