import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { instantOperators, instantRange } from '../../kernel/instant-range.ts'
import { type Filter, type ListInput, type ListSpec, type Page, requireServed } from '../../kernel/paging.ts'
import {
  askedFor,
  asThingsOf,
  dueRange,
  pageByExternalId,
  rangesOf,
  rowsInSight,
  visibleCustomer,
  visibleOfCustomer,
  whoseLists,
} from '../../parties/index.ts'
import { findByNumber } from '../../platform/index.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { type Item, queryPage, type Range } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import { groupOf, orderGroups, orders, ordersByPo, ordersIn, ordersOf, ordersOfOwner, orderVersionsOf } from './order.table.ts'
import { type Order, OrderStatus, orderStatuses } from './order.ts'

const days = ['eq', 'lt', 'lte', 'gt', 'gte', 'between'] as const

export const orderList = {
  filters: {
    status: ['eq', 'in'],
    ownerId: ['eq', 'in'],
    orderedOn: days,
    customerId: ['eq'],
    createdAt: instantOperators,
    number: ['eq'],
    customerPo: ['eq'],
    externalId: ['eq'],
  },
  sorts: ['-orderedOn', 'orderedOn', '-createdAt', 'createdAt'],
  defaultSort: (filter: Filter) => (filter.customerId ? '-createdAt' : '-orderedOn'),
} as const satisfies ListSpec

/** The list under one customer. */
export const customerOrderList = {
  filters: { status: ['eq', 'in'], createdAt: instantOperators },
  sorts: ['-createdAt', 'createdAt'],
} as const satisfies ListSpec

const ofCustomerWays = ['customerId', 'status', 'createdAt']
const ways = [['status', 'ownerId', 'orderedOn'], ofCustomerWays, ['number'], ['customerPo'], ['externalId']]

function statusesOf(filter: Filter): readonly OrderStatus[] {
  const asked = askedFor(filter, 'status') ?? orderStatuses
  if (asked.every((status) => OrderStatus.safeParse(status).success)) return asked as OrderStatus[]
  throw new Problem('malformed', 'filter.invalid', `filter[status] wants one of ${orderStatuses.join(', ')}.`)
}

function requireSort({ sort }: ListInput, by: 'orderedOn' | 'createdAt'): void {
  if (sort.endsWith(by)) return
  throw new Problem('malformed', 'sort.unsupported', `With these filters the list sorts by ${by} and -${by}, not by ${sort}.`)
}

const rowOf = (item: Item): Order => recordOf(orders, item)

async function ofCustomer(ctx: Context, customerId: string, input: ListInput, wanted: readonly OrderStatus[]): Promise<Page<Order>> {
  requireSort(input, 'createdAt')
  const customer = await visibleCustomer(ctx, customerId)
  const span = instantRange(input.filter, 'createdAt', (instant) => `ORD#${firstIdAt('ord', instant)}`)
  const ranges = rangesOf(customer, (id) => ({ ...ordersOf(id), ...span, reverse: input.sort === '-createdAt' }))
  const page = await listPage(ctx, 'orders', ranges, input)
  return { ...page, data: asThingsOf(customer, page.data.map(rowOf)).filter(({ status }) => wanted.includes(status)) }
}

/** The few that carry a number of the customer's. */
async function byPo(ctx: Context, customerPo: string, input: ListInput): Promise<Page<Order>> {
  const page = await listPage(ctx, 'orders', [{ partition: ordersByPo(customerPo), reverse: input.sort.startsWith('-') }], input)
  const wanted = page.data.map((item) => ({ entity: orders, id: item.ref as string }))
  const found = wanted.length > 0 ? await findMany(ctx, wanted) : new Map()
  return {
    ...page,
    data: await rowsInSight(
      ctx,
      wanted.flatMap(({ id }) => (found.get(id) as Order | undefined) ?? []),
    ),
  }
}

async function byNumber(ctx: Context, number: string): Promise<Page<Order>> {
  const id = await findByNumber(ctx, 'order', number)
  const found = id ? await findMany(ctx, [{ entity: orders, id }]) : new Map()
  return { data: await rowsInSight(ctx, [...found.values()] as Order[]), page: { next: null } }
}

/**
 * Orders by orderedOn, newest first unless asked otherwise: all (gsi1) or those of the owners the caller sees (gsi2), read by
 * groups of states; those of one customer by creation; by number, customerPo or externalId. Rows are without lines.
 */
export async function listOrders(ctx: Context, input: ListInput): Promise<Page<Order>> {
  const { filter } = input
  requireServed(filter, ways)
  if (filter.externalId?.eq !== undefined) return pageByExternalId(ctx, orders, filter.externalId.eq)
  if (filter.number?.eq !== undefined) return byNumber(ctx, filter.number.eq)
  if (filter.customerPo?.eq !== undefined) return byPo(ctx, filter.customerPo.eq, input)
  const wanted = statusesOf(filter)
  if (filter.customerId?.eq !== undefined) return ofCustomer(ctx, filter.customerId.eq, input, wanted)
  requireSort(input, 'orderedOn')
  const whose = await whoseLists(ctx, filter, 'ownerId')
  const common = { ...dueRange(filter, 'orderedOn'), reverse: input.sort === '-orderedOn' }
  const groups = orderGroups.filter((group) => wanted.some((status) => groupOf(status) === group))
  const ranges = groups.flatMap((group): Range[] =>
    whose === 'all'
      ? [{ ...common, index: 'gsi1', partition: ordersIn(group) }]
      : whose.map((ownerId) => ({ ...common, index: 'gsi2', partition: ordersOfOwner(ownerId, group) })),
  )
  const page = await listPage(ctx, 'orders', ranges, input)
  const rows = page.data.map(rowOf).filter(({ status }) => wanted.includes(status))
  return { ...page, data: await rowsInSight(ctx, rows) }
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
