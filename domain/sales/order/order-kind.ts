import type { RecordKind } from '../../kernel/record-kind.ts'
import { changeOrder, createOrder, deleteOrder, getOrder } from './change-order.ts'
import { ChangeOrder, CreateOrder, type Order } from './order.ts'

export const orderKind: RecordKind<Order> = {
  name: 'orders',
  noun: 'order',
  Create: CreateOrder,
  Change: ChangeOrder,
  permissions: { read: 'orders.read', write: 'orders.write', remove: 'orders.write' },
  get: getOrder,
  create: createOrder,
  change: changeOrder,
  remove: deleteOrder,
}
