import type { Context } from '../../kernel/context.ts'
import type { Filter, ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { visibleOfCustomer } from '../../parties/index.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { queryPage } from '../../store/query.ts'
import { customerDocumentList, type DocumentList, dayOperators, documentFilters, pageOfIds } from '../document/list-documents.ts'
import { pageOfDocuments } from '../document/page-of-documents.ts'
import { groupOf, orders, ordersByPo, ordersIn, ordersOf, ordersOfOwner, orderVersionsOf } from './order.table.ts'
import { type Order, type OrderStatus, orderStatuses } from './order.ts'

const search = '/v1/orders/search'

export const orderList = {
  filters: { ...documentFilters, orderedOn: dayOperators, customerPo: ['eq'] },
  sorts: ['-orderedOn', 'orderedOn', '-createdAt', 'createdAt'],
  defaultSort: (filter: Filter) => (filter.customerId ? '-createdAt' : '-orderedOn'),
  search,
} as const satisfies ListSpec

/** The list under one customer. */
export const customerOrderList = { ...customerDocumentList, search } as const satisfies ListSpec

/** The few that carry a number of the customer's. */
async function byPo(ctx: Context, customerPo: string, input: ListInput): Promise<Page<Order>> {
  const page = await listPage(ctx, 'orders', [{ ...ordersByPo(customerPo), reverse: input.sort.startsWith('-') }], input)
  return {
    ...page,
    data: await pageOfIds(
      ctx,
      orders,
      page.data.map(({ ref }) => ref as string),
    ),
  }
}

/** Orders in their lists. */
export const listedOrders: DocumentList<Order, OrderStatus> = {
  noun: 'orders',
  entity: orders,
  day: 'orderedOn',
  statuses: orderStatuses,
  usual: orderStatuses,
  statusOf: (_ctx, { status }) => status,
  of: ordersOf,
  all: (status) => ordersIn(groupOf(status)),
  owned: (ownerId, status) => ordersOfOwner(ownerId, groupOf(status)),
  ways: [['status', 'ownerId', 'orderedOn'], ['number'], ['customerPo'], ['externalId']],
  search,
  byOwnFilter: (ctx, input) => (input.filter.customerPo?.eq === undefined ? undefined : byPo(ctx, input.filter.customerPo.eq, input)),
}

/** Orders as all documents are listed, and by the customer's own number. */
export const listOrders = (ctx: Context, input: ListInput): Promise<Page<Order>> => pageOfDocuments(ctx, listedOrders, input)

export const orderVersionList = { filters: {}, sorts: ['edition'] } as const satisfies ListSpec

export interface FormerOrder extends Order {
  amendedAt: string
  amendedBy: string
  reason: string
}

/** What an order was before its amendments, oldest first; each whole. */
export async function listOrderVersions(ctx: Context, { id }: { id: string }): Promise<Page<FormerOrder>> {
  await visibleOfCustomer(ctx, orders, id)
  const { items } = await queryPage(ctx, orderVersionsOf(id), { limit: 100 })
  return { data: items.map((item) => recordOf(orders, item) as FormerOrder), page: { next: null } }
}
