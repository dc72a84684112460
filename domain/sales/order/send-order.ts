import { OrderSent } from '../../../events/orders.ts'
import type { Context } from '../../kernel/context.ts'
import { step } from '../../kernel/states.ts'
import type { SendDocument } from '../sending/delivery.ts'
import { type SendKind, sendDocument } from '../sending/send-document.ts'
import { subjectOf } from './change-order.ts'
import { orders } from './order.table.ts'
import type { Order } from './order.ts'
import { orderStates } from './order-states.ts'

const kind: SendKind<Order> = {
  noun: 'order',
  entity: orders,
  sent: (_ctx, order) => ({ ...order, status: step('order', orderStates, order.status, 'send') }),
  event: (order, { channel, send }) => {
    const { number, edition, total, currency } = order
    return OrderSent(subjectOf(order), { number, edition, channel, send, total, currency })
  },
}

/** Sends what was agreed on as the customer's copy of the order. 409 `order.state` for a draft and for what was cancelled, 422 `order.no-recipient`. */
export const sendOrder = (ctx: Context, asked: SendDocument & { id: string }): Promise<Order> => sendDocument(ctx, kind, asked)
