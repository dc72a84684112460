import { fromMicro } from '../document/decimal.ts'
import { type LineSales, lineSales } from '../document/line-sales.ts'
import type { Order } from './order.ts'
import { isRunning } from './order-states.ts'
import { shippedOf } from './tally.ts'

/**
 * What an order adds to sales ordered: its lines while it is confirmed, what was shipped of them once it is closed, and nothing as
 * a draft or cancelled.
 */
export function orderedSales(order: Order, base: string): LineSales[] {
  if (isRunning(order)) return order.lines.map((line) => lineSales(line, line.quantity, line.net, base))
  if (order.status !== 'closed') return []
  return order.lines.flatMap((line) => {
    const { quantity, net } = shippedOf(order, line)
    return quantity > 0 ? [lineSales(line, fromMicro(quantity), net, base)] : []
  })
}
