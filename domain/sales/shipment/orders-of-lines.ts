import type { Context } from '../../kernel/context.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { type Customer, partitionsOf } from '../../parties/index.ts'
import { detailKey } from '../../store/detail.ts'
import type { ItemKey } from '../../store/entity-definition.ts'
import { findMany } from '../../store/read.ts'
import { documentOf } from '../document/line.ts'
import { orders } from '../order/order.table.ts'
import type { Order } from '../order/order.ts'
import type { OrderLineRecord } from '../order/order-line.ts'
import { sharesOf } from './share.ts'

/** A transaction holds the items of so many orders beside those of the shipment. */
const mostOrders = 25

type OrderedLines = readonly { orderLine?: string | null | undefined }[]

/** The ids that the orders of these lines have where they lie in the partition of a customer. */
const orderIdsIn = (home: string, lines: OrderedLines): string[] =>
  lines.flatMap(({ orderLine }) => (orderLine ? [documentOf(orderLine, 'ord', partitionOf(home))] : []))

/** What is read of these orders, as far as the id of their customer tells. */
export const orderKeys = (customerId: string, lines: OrderedLines): ItemKey[] =>
  [...new Set(orderIdsIn(customerId, lines))].flatMap((id) => [orders.key(id), detailKey(orders, id)!])

/** The orders of these lines, as they are now; consistent. */
export async function ordersOfLines(ctx: Context, customer: Customer, lines: OrderedLines): Promise<Map<string, Order>> {
  const ids = new Set(partitionsOf(customer).flatMap((home) => orderIdsIn(home, lines)))
  const wanted = [...ids].map((id) => ({ entity: orders, id }))
  return (await findMany(ctx, wanted, { consistent: true })) as Map<string, Order>
}

interface Found {
  order: Order
  line: OrderLineRecord
}

/** Lines of orders by their id. */
function linesById(found: ReadonlyMap<string, Order>): Map<string, Found> {
  return new Map([...found.values()].flatMap((order) => order.lines.map((line) => [line.id, { order, line }] as const)))
}

/** What a shipment takes of each of its orders. 404 `order-line.not-found` at its place. */
export function taken(
  found: ReadonlyMap<string, Order>,
  lines: readonly { orderLine?: string | null | undefined; quantity: string }[],
  overPercent: number,
) {
  const byId = linesById(found)
  const asked = new Map<string, { line: OrderLineRecord; quantity: string; pointer: string; index: number }[]>()
  for (const [index, { orderLine, quantity }] of lines.entries()) {
    if (!orderLine) continue
    const one = byId.get(orderLine)
    if (!one) throw notFound('order-line', `/lines/${index}/orderLine`)
    const others = asked.get(one.order.id) ?? []
    asked.set(one.order.id, [...others, { line: one.line, quantity, pointer: `/lines/${index}/quantity`, index }])
  }
  if (asked.size > mostOrders)
    throw invalid('shipment.too-many-orders', '/lines', `One shipment takes lines of at most ${mostOrders} orders.`)
  return [...asked].map(([id, some]) => {
    const before = found.get(id)!
    const { shares, order } = sharesOf(before, some, overPercent)
    return { before, after: order, shares, indexes: some.map(({ index }) => index) }
  })
}
