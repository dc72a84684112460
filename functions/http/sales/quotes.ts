import type { Context } from '../../../domain/kernel/context.ts'
import type { ListInput } from '../../../domain/kernel/paging.ts'
import { changeQuote, createQuote, deleteQuote, getQuote } from '../../../domain/sales/quote/change-quote.ts'
import { customerQuoteList, listQuotes, quoteList } from '../../../domain/sales/quote/list-quotes.ts'
import { ChangeQuote, CreateQuote, Quote, QuoteRow } from '../../../domain/sales/quote/quote.ts'
import { quoteKind } from '../../../domain/sales/quote/quote-kind.ts'
import { shownQuote, shownQuoteRow } from '../../../domain/sales/quote/show-quote.ts'
import { bulkRoutes } from '../bulk.ts'
import { ofCustomer } from '../parties/of-customer.ts'
import { presented, type Route, route } from '../route.ts'
import { quoteExample } from './examples.ts'
import { quoteActions, quoteLocation } from './quote-actions.ts'

const permission = 'quotes.write'

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
    location: quoteLocation,
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

export const quoteRoutes: Route[] = [
  ...crud,
  ...quoteActions,
  ...bulkRoutes({ kind: quoteKind, response: Quote, present: shownQuote, example: quoteExample }),
]
