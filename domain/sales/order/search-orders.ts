import type { Context } from '../../kernel/context.ts'
import type { Search, SearchPage } from '../../parties/index.ts'
import { documentFields, ofDetail, onRow } from '../document/document-fields.ts'
import { documentLimits, searchDocuments } from '../document/search-documents.ts'
import { listedOrders } from './list-orders.ts'
import { type Order, orderStatuses } from './order.ts'

/** Fields by which orders are searched. */
const fields = {
  ...documentFields<Order>(),
  status: onRow<Order>('option', ({ status }) => status, orderStatuses),
  orderedOn: onRow<Order>('date', ({ orderedOn }) => orderedOn),
  deliverOn: onRow<Order>('date', ({ deliverOn }) => deliverOn),
  quoteId: onRow<Order>('id', ({ quoteId }) => quoteId),
  salesRepId: onRow<Order>('id', ({ salesRepId }) => salesRepId),
  customerPo: onRow<Order>('text', ({ customerPo }) => customerPo),
  confirmedAt: onRow<Order>('instant', ({ confirmedAt }) => confirmedAt),
  'contract.number': ofDetail<Order>('text', ({ contract }) => contract?.number),
}

/** Searches orders by any field; `text` finds parts of number, customerPo and externalId. */
export const searchOrders = (ctx: Context, search: Omit<Search, 'viewId'>, limits = documentLimits): Promise<SearchPage<Order>> =>
  searchDocuments(
    ctx,
    {
      list: listedOrders,
      singular: 'order',
      fields: () => fields,
      texts: ({ number, customerPo, externalId }) => [number, customerPo, externalId],
    },
    search,
    limits,
  )
