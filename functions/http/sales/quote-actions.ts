import * as z from 'zod'
import { CustomerId } from '../../../domain/parties/index.ts'
import { Order } from '../../../domain/sales/order/order.ts'
import { OrderOfQuote, orderQuote } from '../../../domain/sales/order/order-quote.ts'
import { shownOrder } from '../../../domain/sales/order/show-order.ts'
import { acceptQuote, rejectQuote } from '../../../domain/sales/quote/decide-quote.ts'
import { AcceptQuote, Quote, RejectQuote } from '../../../domain/sales/quote/quote.ts'
import { duplicateQuote, reviseQuote } from '../../../domain/sales/quote/revise-quote.ts'
import { sendQuote } from '../../../domain/sales/quote/send-quote.ts'
import { shownQuote } from '../../../domain/sales/quote/show-quote.ts'
import { SendDocument } from '../../../domain/sales/sending/delivery.ts'
import { presented, type Route } from '../route.ts'

const permission = 'quotes.write'
/** Where a quote is found. */
export const quoteLocation = ({ id }: { id: string }) => `/v1/quotes/${id}`
const action = { method: 'POST', permission, response: Quote, present: shownQuote } as const

export const quoteActions: Route[] = [
  presented({
    ...action,
    path: '/v1/quotes/{id}/send',
    summary: 'Send a quote',
    description:
      'By mail with the document, by a link to pass on (for WeChat), or on paper. From then on it does not change. The same once more is answered and not sent again, unless `again` says so.',
    body: SendDocument,
    example: { body: { channel: 'link' } },
    run: sendQuote,
  }),
  presented({
    ...action,
    path: '/v1/quotes/{id}/accept',
    summary: 'Note that the customer accepts',
    description: 'Once, on the last valid day still, and the latest revision only.',
    body: AcceptQuote.prefault({}),
    example: { body: { by: { name: '王小姐', comment: '请尽快发货' }, customerPo: 'PO-8812' } },
    run: acceptQuote,
  }),
  presented({
    ...action,
    path: '/v1/quotes/{id}/reject',
    summary: 'Note that the customer declines',
    body: RejectQuote.prefault({}),
    example: { body: { reason: '价格偏高' } },
    run: rejectQuote,
  }),
  presented({
    ...action,
    path: '/v1/quotes/{id}/revise',
    summary: 'Begin the next revision',
    description: 'Under the same number; the former is superseded at once. What was accepted is not revised.',
    creates: true,
    location: quoteLocation,
    run: reviseQuote,
  }),
  presented({
    ...action,
    path: '/v1/quotes/{id}/duplicate',
    summary: 'Draft the same once more',
    description: 'Under a number of its own, dated today, with the prices as they are; for another customer when one is named.',
    body: z.strictObject({ customerId: CustomerId.nullish() }).meta({ id: 'DuplicateQuote' }).prefault({}),
    creates: true,
    location: quoteLocation,
    run: duplicateQuote,
  }),
  presented({
    method: 'POST',
    path: '/v1/quotes/{id}/order',
    summary: 'Order from a quote',
    description:
      'Drafts an order of an accepted quote, at the prices and terms that were quoted: of all that is left of it, or of the lines that name a quoteLine, in part. All orders of it together never take more than was quoted, unless it is reusable.',
    permission: 'orders.write',
    body: OrderOfQuote.prefault({}),
    response: Order,
    creates: true,
    location: ({ id }) => `/v1/orders/${id}`,
    example: { body: { deliverOn: '2026-12-05' } },
    present: shownOrder,
    run: orderQuote,
  }),
]
