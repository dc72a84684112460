import { allowed, requirePermission } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import type { RecordKind } from '../../kernel/record-kind.ts'
import { createOrder } from '../order/change-order.ts'
import { confirmOrder } from '../order/confirm-order.ts'
import { cancelOrder } from '../order/end-order.ts'
import type { Order } from '../order/order.ts'
import { orderKind } from '../order/order-kind.ts'
import { ImportedOrder, isHistory, requireTimely, requireTotals, statusOf } from './imported-order.ts'
import { takeOver } from './take-over.ts'

const reasons = { en: 'Taken over by an import', 'zh-CN': '导入的历史订单' }

/** An order that would wait for a manager is not taken over: whoever may approve imports it. */
async function confirmed(ctx: Context, { id }: Order): Promise<Order> {
  const order = await confirmOrder(ctx, { id, reason: allowed(ctx.actor, 'orders.approve') ? reasons[ctx.tenant.locale] : null })
  if (order.status !== 'credit-hold') return order
  throw new Problem(
    'conflict',
    'credit.over-limit',
    'This goes over the credit limit of the customer. Who may approve orders can import it.',
  )
}

/**
 * Takes an order over in the state it has elsewhere. What is open is drafted or confirmed as any other; what was shipped or closed is
 * history, which only who may approve orders brings in, since no credit is asked for. 422 `order.total-differs` and the rest of what a
 * new order is refused for. It is called where all of it is one transaction.
 */
async function importOrder(ctx: Context, told: ImportedOrder): Promise<Order> {
  const { status: _status, shippedOn: _left, shipmentNumber: _note, total: _total, netTotal: _net, ...input } = told
  const status = statusOf(told)
  if (isHistory(told)) requirePermission(ctx.actor, 'orders.approve')
  const draft = await createOrder(ctx, input)
  requireTimely(told, draft)
  requireTotals(told, draft)
  if (isHistory(told)) return takeOver(ctx, draft.id, told)
  if (status === 'confirmed') return confirmed(ctx, draft)
  return status === 'cancelled' ? cancelOrder(ctx, { id: draft.id, reason: reasons[ctx.tenant.locale] }) : draft
}

/** Orders as imports create them. */
export const importedOrderKind: RecordKind<Order> = { ...orderKind, Create: ImportedOrder, create: importOrder }
