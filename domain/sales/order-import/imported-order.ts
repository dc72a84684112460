import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { Money, minor, money } from '../../kernel/money.ts'
import { line } from '../../kernel/text.ts'
import { CreateOrder, type Order } from '../order/order.ts'

/** How an order stood where it comes from. `shipped` and `closed` are history: delivered, and settled elsewhere. */
const importedStatuses = ['draft', 'confirmed', 'shipped', 'closed', 'cancelled'] as const

/** An order as it is taken over from elsewhere. */
export const ImportedOrder = CreateOrder.extend({
  status: z.enum(importedStatuses).nullish(),
  shippedOn: BusinessDate.nullish(),
  shipmentNumber: line(60).nullish(),
  total: Money.nullish(),
  netTotal: Money.nullish(),
})
export type ImportedOrder = z.output<typeof ImportedOrder>

type Told = Pick<ImportedOrder, 'status' | 'shippedOn'>

/** One that left is shipped when nothing else is said, any other confirmed. */
export const statusOf = ({ status, shippedOn }: Told) => status ?? (shippedOn ? 'shipped' : 'confirmed')

/** True for an order that had left when it was taken over (历史订单). */
export const isHistory = (told: Told): boolean => ['shipped', 'closed'].includes(statusOf(told))

/** The day on which a history left: that of the order when none is known. */
export const leftOn = ({ shippedOn }: Told, { orderedOn }: Pick<Order, 'orderedOn'>): string => shippedOn ?? orderedOn

/** 422 for a day of shipping of what was not shipped, or before the order. */
export function requireTimely(told: Told, { orderedOn }: Pick<Order, 'orderedOn'>): void {
  if (told.shippedOn && !isHistory(told))
    throw invalid(
      'order.not-shipped',
      '/shippedOn',
      `An order that is ${statusOf(told)} has no day on which it left. Leave one of the two out.`,
    )
  if (leftOn(told, { orderedOn }) < orderedOn) throw invalid('order.shipped-before-ordered', '/shippedOn', 'It left before it was ordered.')
}

/** 422 `order.total-differs` where the lines come to something else than the total that the file says, with and without tax. */
export function requireTotals({ total, netTotal }: Pick<ImportedOrder, 'total' | 'netTotal'>, order: Order): void {
  const { currency } = order
  for (const [name, given, computed] of [
    ['total', total, order.total],
    ['netTotal', netTotal, order.netTotal],
  ] as const) {
    if (!given || (given.currency === currency && minor(given) === computed)) continue
    const sum = money(computed, currency)
    throw invalid(
      'order.total-differs',
      `/${name}`,
      `The lines come to ${sum.amount} ${currency}, and the file says ${given.amount} ${given.currency}.`,
    )
  }
}
