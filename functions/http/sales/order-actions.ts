import * as z from 'zod'
import { line } from '../../../domain/kernel/text.ts'
import { Amendment, amendOrder } from '../../../domain/sales/order/amend-order.ts'
import { confirmOrder } from '../../../domain/sales/order/confirm-order.ts'
import { cancelOrder, closeOrder, Ending } from '../../../domain/sales/order/end-order.ts'
import { Order } from '../../../domain/sales/order/order.ts'
import { sendOrder } from '../../../domain/sales/order/send-order.ts'
import { shownOrder } from '../../../domain/sales/order/show-order.ts'
import { SendDocument } from '../../../domain/sales/sending/delivery.ts'
import { presented, type Route } from '../route.ts'

const Confirmation = z
  .strictObject({ reason: line(500).nullish().meta({ description: 'Why it may go over the credit limit; for those who may say so.' }) })
  .meta({ id: 'OrderConfirmation' })

/** What every change of an order needs and answers. */
export const orderChange = { permission: 'orders.write' as const, response: Order, present: shownOrder }

export const orderActions: Route[] = [
  presented({
    ...orderChange,
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
    ...orderChange,
    method: 'POST',
    path: '/v1/orders/{id}/amend',
    summary: 'Amend a confirmed order',
    description: 'Lines, dates and discount, with a reason; never below what was shipped. The version before it is kept.',
    body: Amendment,
    example: { body: { reason: '客户推迟收货', deliverOn: '2026-12-12' } },
    run: amendOrder,
  }),
  presented({
    ...orderChange,
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
    ...orderChange,
    method: 'POST',
    path: '/v1/orders/{id}/cancel',
    summary: 'Cancel an order',
    description: 'While nothing of it was shipped; all of it is given back, to the quote and to the credit.',
    body: Ending,
    example: { body: { reason: '客户取消' } },
    run: cancelOrder,
  }),
  presented({
    ...orderChange,
    method: 'POST',
    path: '/v1/orders/{id}/close',
    summary: 'Close an order',
    description: 'What was not shipped by now is not owed any more (short-close).',
    body: Ending,
    example: { body: { reason: '余数不再出货' } },
    run: closeOrder,
  }),
]
