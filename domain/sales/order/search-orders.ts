import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import type { NounFields, Search, SearchPage } from '../../parties/index.ts'
import { documentFields, ofDetail, onRow } from '../document/document-fields.ts'
import { documentLimits, searchDocuments } from '../document/search-documents.ts'
import { listedOrders } from './list-orders.ts'
import { type Order, orderStatuses } from './order.ts'
import { deliveryOf } from './tally.ts'

/** Fields by which orders are searched; whether one is late, as of a day. */
const fieldsOn = (day: string): NounFields<Order> => ({
  ...documentFields<Order>(),
  status: onRow('option', ({ status }) => status, orderStatuses),
  orderedOn: onRow('date', ({ orderedOn }) => orderedOn),
  deliverOn: onRow('date', ({ deliverOn }) => deliverOn),
  quoteId: onRow('id', ({ quoteId }) => quoteId),
  salesRepId: onRow('id', ({ salesRepId }) => salesRepId),
  customerPo: onRow('text', ({ customerPo }) => customerPo),
  promisedOn: onRow('date', ({ promisedOn }) => promisedOn),
  shippedOn: onRow('date', ({ shippedOn }) => shippedOn),
  late: onRow('flag', (order) => deliveryOf(order, day)?.isLate),
  confirmedAt: onRow('instant', ({ confirmedAt }) => confirmedAt),
  'contract.number': ofDetail('text', ({ contract }) => contract?.number),
})

/** Searches orders by any field; `text` finds parts of number, customerPo and externalId. */
export const searchOrders = (ctx: Context, search: Omit<Search, 'viewId'>, limits = documentLimits): Promise<SearchPage<Order>> =>
  searchDocuments(
    ctx,
    {
      list: listedOrders,
      singular: 'order',
      fields: () => fieldsOn(today(ctx)),
      texts: ({ number, customerPo, externalId }) => [number, customerPo, externalId],
    },
    search,
    limits,
  )
