/** What other contexts may use of sales. */

export type { LineSales } from './document/line-sales.ts'
export { orders } from './order/order.table.ts'
export type { Order, OrderLineRecord } from './order/order.ts'
export { orderViewOf } from './order/order-view.ts'
export { orderedSales } from './order/ordered-sales.ts'
export { shippedOf } from './order/tally.ts'
export { productNames } from './product/product-names.ts'
export { quoteViewOf } from './quote/quote-view.ts'
export { shipments } from './shipment/shipment.table.ts'
export type { Shipment, ShipmentLineRecord } from './shipment/shipment.ts'
export { shipmentViewOf } from './shipment/shipment-view.ts'
export { type ReturnedSales, returnedSales, shippedSales } from './shipment/shipped-sales.ts'
