import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { type Customer, partitionsOf } from '../../parties/index.ts'
import { queryAll } from '../../store/query.ts'
import { rowsOf } from '../document/list-documents.ts'
import { listedOrders } from './list-orders.ts'
import { ordersOf } from './order.table.ts'

/**
 * 409 `customer.order-open` while an order of the customer is still to be shipped: in the pool it would be out of the sight of
 * those who have to ship it. One query of its partition.
 */
export async function requireShipped(ctx: Context, customer: Customer): Promise<void> {
  const found = await Promise.all(partitionsOf(customer).map((home) => queryAll(ctx, ordersOf(home), { consistent: true })))
  const open = rowsOf(listedOrders, found.flat()).find(({ status }) => status === 'confirmed' || status === 'partly-shipped')
  if (!open) return
  const detail = `Order ${open.number} is still to be shipped. Ship, close or cancel it first, or assign the customer to somebody else.`
  throw new Problem('conflict', 'customer.order-open', detail)
}
