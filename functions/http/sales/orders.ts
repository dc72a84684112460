import * as z from 'zod'
import type { Context } from '../../../domain/kernel/context.ts'
import { Instant } from '../../../domain/kernel/dates.ts'
import { line } from '../../../domain/kernel/text.ts'
import { Amendment, amendOrder } from '../../../domain/sales/order/amend-order.ts'
import { changeOrder, createOrder, deleteOrder, getOrder } from '../../../domain/sales/order/change-order.ts'
import { confirmOrder } from '../../../domain/sales/order/confirm-order.ts'
import { cancelOrder, closeOrder, Ending } from '../../../domain/sales/order/end-order.ts'
import {
  customerOrderList,
  type FormerOrder,
  listOrders,
  listOrderVersions,
  orderList,
  orderVersionList,
} from '../../../domain/sales/order/list-orders.ts'
import { ChangeOrder, CreateOrder, Order, type Order as OrderFields, OrderRow } from '../../../domain/sales/order/order.ts'
import { orderKind } from '../../../domain/sales/order/order-kind.ts'
import { sendOrder } from '../../../domain/sales/order/send-order.ts'
import { shownOrder, shownRow } from '../../../domain/sales/order/show-order.ts'
import { SendDocument } from '../../../domain/sales/sending/delivery.ts'
import { bulkRoutes } from '../bulk.ts'
import { ofCustomer } from '../parties/of-customer.ts'
import { presented, type Route, route } from '../route.ts'

const customerId = 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'

export const orderExample = {
  customerId,
  customerPo: 'PO-88123',
  deliverOn: '2026-12-05',
  lines: [
    { description: '板对板连接器', model: 'BTB-0.5-40P', quantity: '5000', unit: '只', unitPrice: '1.85', taxRate: '13' },
    { description: 'FPC 排线', quantity: '1200', unit: '条', unitPrice: '0.64', discountPercent: '5' },
  ],
}

const Confirmation = z
  .strictObject({ reason: line(500).nullish().meta({ description: 'Why it may go over the credit limit; for those who may say so.' }) })
  .meta({ id: 'OrderConfirmation' })

const OrderVersion = Order.extend({
  amendedAt: Instant.meta({ description: 'When it was changed into the next one.' }),
  amendedBy: z.string(),
  reason: z.string().meta({ description: 'Why it was changed.' }),
}).meta({ id: 'OrderVersion' })

const shownVersion = (ctx: Context, order: FormerOrder) => ({
  ...shownOrder(ctx, order),
  amendedAt: order.amendedAt,
  amendedBy: order.amendedBy,
  reason: order.reason,
})

const action = { permission: 'orders.write' as const, response: Order, present: shownOrder }

const actions: Route[] = [
  presented({
    ...action,
    method: 'POST',
    path: '/v1/orders/{id}/confirm',
    summary: 'Confirm an order',
    description:
      'Counts it against the credit of the customer. Over the limit, where the firm blocks that, it goes to credit-hold, its managers are told, and one of them confirms it with a reason. Instalments that wait for no shipment are owed from now on.',
    body: Confirmation,
    example: { body: {} },
    run: confirmOrder,
  }),
  presented({
    ...action,
    method: 'POST',
    path: '/v1/orders/{id}/amend',
    summary: 'Amend a confirmed order',
    description: 'Lines, dates and discount, with a reason; never below what was shipped. The version before it is kept.',
    body: Amendment,
    example: { body: { reason: '客户推迟收货', deliverOn: '2026-12-12' } },
    run: amendOrder,
  }),
  presented({
    ...action,
    method: 'POST',
    path: '/v1/orders/{id}/send',
    summary: 'Send an order',
    description:
      'What was agreed, by mail with the document, by a link to pass on, or on paper. The same once more is answered and not sent again, unless it was amended or `again` says so.',
    body: SendDocument,
    example: { body: { channel: 'link' } },
    run: sendOrder,
  }),
  presented({
    ...action,
    method: 'POST',
    path: '/v1/orders/{id}/cancel',
    summary: 'Cancel an order',
    description: 'While nothing of it was shipped; all of it is given back, to the quote and to the credit.',
    body: Ending,
    example: { body: { reason: '客户取消' } },
    run: cancelOrder,
  }),
  presented({
    ...action,
    method: 'POST',
    path: '/v1/orders/{id}/close',
    summary: 'Close an order',
    description: 'What was not shipped by now is not owed any more (short-close).',
    body: Ending,
    example: { body: { reason: '余数不再出货' } },
    run: closeOrder,
  }),
]

const lists: Route[] = [
  presented({
    method: 'GET',
    path: '/v1/orders',
    summary: 'List orders',
    description:
      'By orderedOn, newest first, of the customers that the caller and those below own; those of one customer by creation. Rows come without lines, texts and terms: an order by its id has them.',
    permission: 'orders.read',
    list: orderList,
    response: OrderRow,
    present: (_ctx, order: OrderFields) => shownRow(order),
    run: listOrders,
  }),
  presented({
    method: 'GET',
    path: '/v1/customers/{id}/orders',
    summary: 'List the orders of a customer',
    permission: 'orders.read',
    list: customerOrderList,
    response: OrderRow,
    present: (_ctx, order: OrderFields) => shownRow(order),
    run: (ctx, input) => listOrders(ctx, ofCustomer(input)),
  }),
  presented({
    method: 'GET',
    path: '/v1/orders/{id}/versions',
    summary: 'List what an order was',
    description: 'The order as it was before each amendment, oldest first.',
    permission: 'orders.read',
    list: orderVersionList,
    response: OrderVersion,
    present: shownVersion,
    run: listOrderVersions,
  }),
]

export const orderRoutes: Route[] = [
  ...lists,
  presented({
    ...action,
    method: 'POST',
    path: '/v1/orders',
    summary: 'Create an order',
    description: 'A draft: nothing is promised and nothing counts before it is confirmed.',
    body: CreateOrder,
    creates: true,
    example: { body: orderExample },
    run: createOrder,
  }),
  presented({ ...action, method: 'GET', path: '/v1/orders/{id}', summary: 'Get an order', permission: 'orders.read', run: getOrder }),
  presented({
    ...action,
    method: 'PATCH',
    path: '/v1/orders/{id}',
    summary: 'Change an order',
    description:
      'JSON Merge Patch of a draft; lines are sent all together, those with their id stay the same lines. Of a confirmed order only customerPo, contract, deliverTo, notes and externalId.',
    body: ChangeOrder,
    example: { body: { customerPo: 'PO-88124' } },
    run: changeOrder,
  }),
  route({
    method: 'DELETE',
    path: '/v1/orders/{id}',
    summary: 'Delete a draft of an order',
    permission: 'orders.write',
    run: deleteOrder,
  }),
  ...actions,
  ...bulkRoutes({ kind: orderKind, response: Order, present: shownOrder, example: orderExample }),
]
