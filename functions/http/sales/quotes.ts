import * as z from 'zod'
import type { Context } from '../../../domain/kernel/context.ts'
import type { ListInput } from '../../../domain/kernel/paging.ts'
import { CustomerId } from '../../../domain/parties/index.ts'
import { Order } from '../../../domain/sales/order/order.ts'
import { OrderOfQuote, orderQuote } from '../../../domain/sales/order/order-quote.ts'
import { shownOrder } from '../../../domain/sales/order/show-order.ts'
import { changeQuote, createQuote, deleteQuote, getQuote } from '../../../domain/sales/quote/change-quote.ts'
import { acceptQuote, rejectQuote } from '../../../domain/sales/quote/decide-quote.ts'
import { customerQuoteList, listQuotes, quoteList } from '../../../domain/sales/quote/list-quotes.ts'
import { AcceptQuote, ChangeQuote, CreateQuote, Quote, QuoteRow, RejectQuote } from '../../../domain/sales/quote/quote.ts'
import { quoteKind } from '../../../domain/sales/quote/quote-kind.ts'
import { duplicateQuote, reviseQuote } from '../../../domain/sales/quote/revise-quote.ts'
import { sendQuote } from '../../../domain/sales/quote/send-quote.ts'
import { shownQuote, shownQuoteRow } from '../../../domain/sales/quote/show-quote.ts'
import { SendDocument } from '../../../domain/sales/sending/delivery.ts'
import { bulkRoutes } from '../bulk.ts'
import { ofCustomer } from '../parties/of-customer.ts'
import { presented, type Route, route } from '../route.ts'
import { quoteExample } from './examples.ts'

const permission = 'quotes.write'
const location = ({ id }: { id: string }) => `/v1/quotes/${id}`

const crud: Route[] = [
  presented({
    method: 'GET',
    path: '/v1/quotes',
    summary: 'List quotes',
    description:
      'By quotedOn, newest first, without their lines. filter[status] sent or expired alone lists by validUntil; of one customer they come by creation. Superseded revisions are listed by their status, customer or number.',
    permission: 'quotes.read',
    list: quoteList,
    response: QuoteRow,
    present: shownQuoteRow,
    run: listQuotes,
  }),
  presented({
    method: 'GET',
    path: '/v1/customers/{id}/quotes',
    summary: 'List the quotes of a customer',
    description: 'By creation, newest first, all revisions of them, without their lines.',
    permission: 'quotes.read',
    list: customerQuoteList,
    response: QuoteRow,
    present: shownQuoteRow,
    run: (ctx: Context, input: ListInput & { id: string }) => listQuotes(ctx, ofCustomer(input)),
  }),
  presented({
    method: 'POST',
    path: '/v1/quotes',
    summary: 'Draft a quote',
    description:
      'A line without unitPrice takes the price last agreed with this customer, else that of its price level by quantity, else the list price; description, model, spec, unit and rate of tax come from the product.',
    permission,
    body: CreateQuote,
    response: Quote,
    creates: true,
    location,
    example: { body: quoteExample },
    present: shownQuote,
    run: createQuote,
  }),
  presented({
    method: 'GET',
    path: '/v1/quotes/{id}',
    summary: 'Get a quote',
    permission: 'quotes.read',
    response: Quote,
    present: shownQuote,
    run: getQuote,
  }),
  presented({
    method: 'PATCH',
    path: '/v1/quotes/{id}',
    summary: 'Change a draft',
    description:
      'JSON Merge Patch; lines are replaced as a whole, one that is sent with its id stays that line. What was sent is refused with 409.',
    permission,
    body: ChangeQuote,
    response: Quote,
    example: { body: { validUntil: '2099-12-31', notes: '交期 20 天。' } },
    present: shownQuote,
    run: changeQuote,
  }),
  route({
    method: 'DELETE',
    path: '/v1/quotes/{id}',
    summary: 'Delete a draft',
    description: 'Of a revision the former one holds again. What was sent stays.',
    permission,
    run: deleteQuote,
  }),
]

const action = { method: 'POST', permission, response: Quote, present: shownQuote } as const

const actions: Route[] = [
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
    location,
    run: reviseQuote,
  }),
  presented({
    ...action,
    path: '/v1/quotes/{id}/duplicate',
    summary: 'Draft the same once more',
    description: 'Under a number of its own, dated today, with the prices as they are; for another customer when one is named.',
    body: z.strictObject({ customerId: CustomerId.nullish() }).meta({ id: 'DuplicateQuote' }).prefault({}),
    creates: true,
    location,
    run: duplicateQuote,
  }),
]

const order = presented({
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
})

export const quoteRoutes: Route[] = [
  ...crud,
  ...actions,
  order,
  ...bulkRoutes({ kind: quoteKind, response: Quote, present: shownQuote, example: quoteExample }),
]
