import * as z from 'zod'
import type { Context } from '../../../domain/kernel/context.ts'
import { Instant } from '../../../domain/kernel/dates.ts'
import { changeOrder, createOrder, deleteOrder, getOrder } from '../../../domain/sales/order/change-order.ts'
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
import { shownOrder, shownRow } from '../../../domain/sales/order/show-order.ts'
import { bulkRoutes } from '../bulk.ts'
import { ofCustomer } from '../parties/of-customer.ts'
import { presented, type Route, route } from '../route.ts'
import { orderExample } from './examples.ts'
import { orderActions, orderChange } from './order-actions.ts'

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
    ...orderChange,
    method: 'POST',
    path: '/v1/orders',
    summary: 'Create an order',
    description: 'A draft: nothing is promised and nothing counts before it is confirmed.',
    body: CreateOrder,
    creates: true,
    example: { body: orderExample },
    run: createOrder,
  }),
  presented({ ...orderChange, method: 'GET', path: '/v1/orders/{id}', summary: 'Get an order', permission: 'orders.read', run: getOrder }),
  presented({
    ...orderChange,
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
  ...orderActions,
  ...bulkRoutes({ kind: orderKind, response: Order, present: shownOrder, example: orderExample }),
]
