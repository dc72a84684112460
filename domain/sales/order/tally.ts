import type { Numbers } from '../../store/tally.ts'
import { fromMicro, toMicro } from '../document/decimal.ts'
import { placeOf } from '../document/line.ts'
import type { Order, OrderStatus } from './order.ts'
import type { OrderLineRecord } from './order-line.ts'

/**
 * What was shipped of an order, as numbers of its record that shipments add to: `q…`, `g…` and `n…` for each line by its place
 * (quantity in millionths, amount with and without tax in minor units), `opened` and `openedBase` of its total that became
 * receivables or were announced, `over` and `overBase` beyond its total, `again` and `againBase` of goods that came back to be
 * replaced and are paid by instalments: the replacement is owed by the terms. A line ends exactly at its amount: its last shipment
 * takes what rounding leaves.
 */
export interface Shipped {
  quantity: number
  gross: number
  net: number
}

/** A number that an order or a shipment counts; 0 while nothing was added to it. */
export const numberOf = (document: object, name: string): number => Number((document as Numbers)[name] ?? 0)

/** What the numbers of a line are called in the tally. */
export const names = (line: { id: string }) => {
  const place = placeOf(line.id)
  return { quantity: `q${place}`, gross: `g${place}`, net: `n${place}` }
}

/** What was shipped of a line, less what came back to be replaced. */
export function shippedOf(order: object, line: { id: string }): Shipped {
  const { quantity, gross, net } = names(line)
  return { quantity: numberOf(order, quantity), gross: numberOf(order, gross), net: numberOf(order, net) }
}

/** What of an order was owed or announced so far, in its minor units and in those of the books. */
export const openedOf = (order: object) => ({
  opened: numberOf(order, 'opened'),
  openedBase: numberOf(order, 'openedBase'),
  over: numberOf(order, 'over'),
  overBase: numberOf(order, 'overBase'),
  again: numberOf(order, 'again'),
  againBase: numberOf(order, 'againBase'),
})

/** What was shipped of what was ordered, with tax, in minor units; nothing of what was delivered above. */
export const shippedGross = (order: Order): number =>
  order.lines.reduce((sum, line) => sum + Math.min(line.gross, shippedOf(order, line).gross), 0)

/** What is still to be shipped of a line, in millionths; nothing of what is delivered above. */
export const openMicro = (order: object, line: OrderLineRecord): number =>
  Math.max(0, toMicro(line.quantity) - shippedOf(order, line).quantity)

/** What is still to be shipped of a line, as a quantity. */
export const openOf = (order: Order, line: OrderLineRecord): string => fromMicro(openMicro(order, line))

/** The state of a running order, from what was shipped of its lines. */
export function runningStatus(order: Order): OrderStatus {
  if (order.lines.every((line) => openMicro(order, line) === 0)) return 'shipped'
  return order.lines.some((line) => shippedOf(order, line).quantity > 0) ? 'partly-shipped' : 'confirmed'
}

/** The earliest day on which something of the order is to be delivered; undefined when nothing is, or none is known. */
function nextDelivery(order: Order): string | undefined {
  const days = order.lines.filter((line) => openMicro(order, line) > 0).map((line) => line.deliverOn ?? order.deliverOn)
  return days.filter((day) => day !== undefined).sort()[0]
}

/** The latest day that was promised for a line. */
function promisedOn({ lines, deliverOn }: Order): string | undefined {
  const days = lines.map((line) => line.deliverOn ?? deliverOn).filter((day) => day !== undefined)
  return days.sort().at(-1)
}

/** The order with its state and its days as they follow from what was shipped. */
export function settled({ nextDelivery: _next, promisedOn: _promised, shippedOn, ...order }: Order): Order {
  const [next, promised, status] = [nextDelivery(order), promisedOn(order), runningStatus(order)]
  return {
    ...order,
    status,
    ...(next ? { nextDelivery: next } : {}),
    ...(promised ? { promisedOn: promised } : {}),
    ...(shippedOn && status !== 'confirmed' ? { shippedOn } : {}),
  }
}

/** Whether goods left, and whether later than was promised; as of a day for those that have not all left yet. */
export function deliveryOf(order: Pick<Order, 'status' | 'shippedOn' | 'promisedOn' | 'nextDelivery'>, day: string) {
  const { status, shippedOn = '', promisedOn = '\uffff', nextDelivery = '\uffff' } = order
  if (status === 'confirmed' || status === 'partly-shipped') return { isShipped: false, isLate: nextDelivery < day }
  return shippedOn && (status === 'shipped' || status === 'closed') ? { isShipped: true, isLate: shippedOn > promisedOn } : undefined
}

/** What is not owed yet of an order, in the books' minor units: what leaves the exposure when it ends. */
export const unopenedBase = (order: Order): number => Math.max(0, order.base - openedOf(order).openedBase)
