import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { minor, money } from '../../kernel/money.ts'
import type { Customer } from '../../parties/index.ts'
import type { Discount } from '../document/discount.ts'
import { baseTotal } from '../document/exchange-rate.ts'
import { goodsOf } from '../document/goods.ts'
import type { LineChange, LineInput } from '../document/line.ts'
import { withLineIds } from '../document/line-ids.ts'
import { type Amounts, priceDocument, type Totals } from '../document/price-document.ts'
import { requireFits } from '../document/require-fits.ts'
import { fillLines } from '../price/fill-lines.ts'
import { type InstalmentInput, type InstalmentRecord, instalmentsOf } from './instalment.ts'
import type { Order } from './order.ts'
import type { OrderLineRecord } from './order-line.ts'

/** A line with everything but its amounts. */
export type Composed = Omit<OrderLineRecord, keyof Amounts>
type Head = Pick<Order, 'currency' | 'exchangeRate' | 'pricesIncludeTax' | 'discount'>

/** What of an order its lines follow from. */
export type LineHead = Pick<Order, 'id' | 'currency' | 'exchangeRate' | 'pricesIncludeTax' | 'lastPlace'>

/** Lines as they were sent, with what they leave out and their ids; those of `before` keep what is not said anew. */
export async function composeLines(
  ctx: Context,
  order: LineHead & { customer: Customer },
  lines: readonly (LineInput | LineChange)[],
  before: readonly OrderLineRecord[] = [],
): Promise<Composed[]> {
  const { id, customer, currency, exchangeRate, pricesIncludeTax, lastPlace } = order
  return withLineIds(await fillLines(ctx, { customer, currency, exchangeRate, pricesIncludeTax, lines, before }), id, before, lastPlace)
}

/** What a frozen line got of the discount of the document. */
const shareOf = (head: Head, line: OrderLineRecord): number => {
  const [alone] = priceDocument({ ...head, discount: undefined, lines: [line] }).lines
  return head.pricesIncludeTax ? alone!.gross - line.gross : alone!.net - line.net
}

/** The discount that is left for lines that are not frozen. */
function discountLeft(head: Head, frozen: readonly OrderLineRecord[]): Discount | undefined {
  if (!head.discount || 'percent' in head.discount || frozen.length === 0) return head.discount
  const given = frozen.reduce((sum, line) => sum + shareOf(head, line), 0)
  return { amount: money(Math.max(0, minor(head.discount.amount) - given), head.currency) }
}

/** 422 `document.discount-too-large` where lines that are shipped whole cannot give up more, and the others come to less. */
function requireRoom(head: Head, left: Discount | undefined, open: readonly Composed[]): void {
  if (!left || 'percent' in left || left.amount.currency !== head.currency) return
  const { netTotal, total } = priceDocument({ ...head, discount: undefined, lines: open })
  if (minor(left.amount) > (head.pricesIncludeTax ? total : netTotal))
    throw invalid(
      'document.discount-too-large',
      '/discount/amount',
      `What was shipped keeps its price: the lines that are not shipped whole come to less than the ${left.amount.amount} ${head.currency} that the discount has left for them. Lower the discount with the lines.`,
    )
}

/**
 * Lines with their amounts, and the totals. What `frozen` holds (lines that were shipped whole) keeps its amounts; the discount
 * of the document is spread over the others as far as those have not had it. 422 `document.discount-too-large`.
 */
export function pricedLines(
  ctx: Context,
  head: Head,
  lines: readonly Composed[],
  frozen: ReadonlyMap<string, OrderLineRecord> = new Map(),
): Totals & { base: number; lines: OrderLineRecord[]; goods: string } {
  const kept = lines.flatMap(({ id }) => frozen.get(id) ?? [])
  const open = lines.filter(({ id }) => !frozen.has(id))
  const discount = discountLeft(head, kept)
  if (kept.length > 0) requireRoom(head, discount, open)
  const priced = priceDocument({ ...head, discount, lines: open })
  const byId = new Map<string, OrderLineRecord>([...frozen, ...priced.lines.map((line) => [line.id, line] as const)])
  const all = lines.map(({ id }) => byId.get(id)!)
  requireFits(all)
  const sum = (of: (line: OrderLineRecord) => number) => all.reduce((total, line) => total + of(line), 0)
  const total = sum(({ gross }) => gross)
  const discountTotal = priced.discountTotal + kept.reduce((off, line) => off + shareOf(head, line), 0)
  return {
    lines: all,
    goods: goodsOf(all),
    netTotal: sum(({ net }) => net),
    taxTotal: sum(({ tax }) => tax),
    discountTotal,
    total,
    base: baseTotal(ctx.tenant, total, head),
  }
}

/** Instalments as they would be sent again. */
const asGiven = (instalments: readonly InstalmentRecord[], currency: string): InstalmentInput[] =>
  instalments.map(({ percent, amount, trigger, days, on }) => ({
    ...(percent ? { percent } : { amount: money(amount, currency) }),
    trigger,
    days,
    on,
  }))

/** A draft with its amounts; instalments by percent follow the total. */
export function pricedDraft(
  ctx: Context,
  draft: Omit<Order, keyof Totals | 'base' | 'lines'>,
  lines: readonly Composed[],
  given?: readonly InstalmentInput[] | null,
): Order {
  const { instalments: former = [], ...rest } = draft
  const priced = { ...rest, ...pricedLines(ctx, draft, lines) } as Order
  const wanted = given === undefined ? asGiven(former, draft.currency) : (given ?? [])
  if (wanted.length === 0) return priced
  return { ...priced, instalments: instalmentsOf(wanted, priced.total, draft.currency) }
}
