import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Customer } from '../../parties/index.ts'
import { rateOf } from '../document/exchange-rate.ts'
import { goodsOf } from '../document/goods.ts'
import { withLineIds } from '../document/line-ids.ts'
import { priceDocument } from '../document/price-document.ts'
import type { Order } from '../order/order.ts'
import type { OrderLineRecord } from '../order/order-line.ts'
import { fillLines } from '../price/fill-lines.ts'
import { taken } from './orders-of-lines.ts'
import type { Share } from './share.ts'
import type { Shipment } from './shipment.ts'
import type { ShipmentLineInput, ShipmentLineRecord } from './shipment-line.ts'

/** The one currency of a shipment. 422 `document.currency-mismatch` when its orders are in several. */
function currencyOf(ctx: Context, found: ReadonlyMap<string, Order>, given: string | null | undefined): string {
  const currencies = new Set([...found.values()].map(({ currency }) => currency))
  const [first = given ?? ctx.tenant.currency] = currencies
  if (currencies.size <= 1 && (!given || given === first)) return first
  throw invalid('document.currency-mismatch', '/lines', 'All lines of a shipment are in one currency. Make one shipment for each.')
}

interface Input {
  id: string
  currency?: string | null | undefined
  exchangeRate?: string | null | undefined
  pricesIncludeTax: boolean
}

/** Lines that were not ordered, with their price. */
async function directLines(
  ctx: Context,
  customer: Customer,
  head: { currency: string; exchangeRate: string; pricesIncludeTax: boolean },
  lines: readonly ShipmentLineInput[],
) {
  const direct = lines.map(({ orderLine: _none, ...line }) => line)
  const filled = direct.length > 0 ? await fillLines(ctx, { customer, ...head, lines: direct }) : []
  const given = filled.map((line) => ({ ...line, id: '' }))
  return given.length > 0 ? priceDocument({ ...head, lines: given }).lines : []
}

/** A line of an order as the shipment shows it, worth its share. */
const lineOfOrder = (
  orderId: string,
  { line, regular, over }: Share,
  { quantity, note }: ShipmentLineInput,
): Omit<ShipmentLineRecord, 'id'> => {
  const { id, quoteLine: _quote, ...text } = line as OrderLineRecord & { quoteLine?: string }
  const gross = regular.gross + over.gross
  const net = regular.net + over.net
  return { ...text, orderLine: id, orderId, quantity, net, tax: gross - net, gross, ...(note ? { note } : {}) }
}

interface Composed {
  currency: string
  exchangeRate: string
  lines: ShipmentLineRecord[]
  totals: Pick<Shipment, 'netTotal' | 'taxTotal' | 'total' | 'goods'>
  /** Those of its first order. */
  paymentTerms?: Shipment['paymentTerms']
}

const totalsOf = (lines: readonly ShipmentLineRecord[]) => {
  const sum = (of: 'net' | 'tax' | 'gross') => lines.reduce((all, line) => all + line[of], 0)
  return { netTotal: sum('net'), taxTotal: sum('tax'), total: sum('gross'), goods: goodsOf(lines) }
}

/** The lines of a shipment worth what they come to now. What they take of orders is refused when it is more than is left. */
export async function composeShipment(
  ctx: Context,
  { customer, found, overPercent }: { customer: Customer; found: ReadonlyMap<string, Order>; overPercent: number },
  head: Input,
  given: readonly ShipmentLineInput[],
): Promise<Composed> {
  const takings = taken(found, given, overPercent)
  const [first] = takings
  const currency = currencyOf(ctx, new Map(takings.map(({ before }) => [before.id, before])), head.currency)
  const exchangeRate = first && !head.exchangeRate ? first.before.exchangeRate : rateOf(ctx.tenant, currency, head.exchangeRate)
  const direct = await directLines(
    ctx,
    customer,
    { ...head, currency, exchangeRate },
    given.filter(({ orderLine }) => !orderLine),
  )
  const shares = new Map(
    takings.flatMap(({ before, shares, indexes }) => indexes.map((at, i) => [at, { id: before.id, share: shares[i]! }] as const)),
  )
  let next = 0
  const lines = given.map((line, i) => {
    const one = shares.get(i)
    return one ? { ...lineOfOrder(one.id, one.share, line), id: undefined } : { ...direct[next++]!, id: undefined }
  })
  const numbered = withLineIds(lines, head.id)
  const terms = first?.before.paymentTerms
  return { currency, exchangeRate, lines: numbered, totals: totalsOf(numbered), ...(terms ? { paymentTerms: terms } : {}) }
}

/** The lines of a shipment whose shares were taken just now: they are worth what those are. */
export function revalued(shipment: Shipment, takings: ReturnType<typeof taken>): Shipment {
  const shares = new Map(takings.flatMap(({ shares, indexes }) => indexes.map((at, i) => [at, shares[i]!] as const)))
  const lines = shipment.lines.map((line, i) => {
    const share = shares.get(i)
    if (!share) return line
    const gross = share.regular.gross + share.over.gross
    const net = share.regular.net + share.over.net
    return { ...line, gross, net, tax: gross - net }
  })
  return { ...shipment, lines, ...totalsOf(lines) }
}
