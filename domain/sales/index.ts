/** What other contexts may use of sales. */

export { orders } from './order/order.table.ts'
export type { Order, OrderLineRecord } from './order/order.ts'
export { shippedOf } from './order/tally.ts'
