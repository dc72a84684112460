import type { Context } from '../../kernel/context.ts'
import type { Filter, ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { pageByExternalId, visibleOfCustomer } from '../../parties/index.ts'
import { findByNumber } from '../../platform/index.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { queryPage } from '../../store/query.ts'
import {
  customerDocumentList,
  type DocumentList,
  dayOperators,
  documentFilters,
  pageByDay,
  pageOfCustomer,
  pageOfIds,
  requireWays,
} from '../document/list-documents.ts'
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

const ways = [['status', 'ownerId', 'orderedOn'], ['number'], ['customerPo'], ['externalId']]

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
}

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

async function byNumber(ctx: Context, number: string): Promise<Page<Order>> {
  const id = await findByNumber(ctx, 'order', number)
  return { data: await pageOfIds(ctx, orders, id ? [id] : []), page: { next: null } }
}

/**
 * Orders by orderedOn, newest first unless asked otherwise: all (gsi1) or those of the owners the caller sees (gsi2), read by
 * groups of states; those of one customer by creation; by number, customerPo or externalId. Rows are without lines.
 */
export async function listOrders(ctx: Context, input: ListInput): Promise<Page<Order>> {
  const { filter } = input
  requireWays(filter, ways, search)
  if (filter.externalId?.eq !== undefined) return pageByExternalId(ctx, orders, filter.externalId.eq)
  if (filter.number?.eq !== undefined) return byNumber(ctx, filter.number.eq)
  if (filter.customerPo?.eq !== undefined) return byPo(ctx, filter.customerPo.eq, input)
  return filter.customerId ? pageOfCustomer(ctx, listedOrders, input) : pageByDay(ctx, listedOrders, input)
}

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
