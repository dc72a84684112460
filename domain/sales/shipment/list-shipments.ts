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
  whoseLists,
} from '../../parties/index.ts'
import { findByNumber } from '../../platform/index.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import type { Item, Range } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { shipments, shipmentsIn, shipmentsOf, shipmentsOfOwner } from './shipment.table.ts'
import { type Shipment, ShipmentStatus, shipmentStatuses } from './shipment.ts'

const days = ['eq', 'lt', 'lte', 'gt', 'gte', 'between'] as const

export const shipmentList = {
  filters: {
    status: ['eq', 'in'],
    ownerId: ['eq', 'in'],
    shippedOn: days,
    customerId: ['eq'],
    createdAt: instantOperators,
    number: ['eq'],
    externalId: ['eq'],
  },
  sorts: ['-shippedOn', 'shippedOn', '-createdAt', 'createdAt'],
  defaultSort: (filter: Filter) => (filter.customerId ? '-createdAt' : '-shippedOn'),
} as const satisfies ListSpec

/** The list under one customer. */
export const customerShipmentList = {
  filters: { status: ['eq', 'in'], createdAt: instantOperators },
  sorts: ['-createdAt', 'createdAt'],
} as const satisfies ListSpec

const ways = [['status', 'ownerId', 'shippedOn'], ['customerId', 'status', 'createdAt'], ['number'], ['externalId']]

function statusesOf(filter: Filter): readonly ShipmentStatus[] {
  const asked = askedFor(filter, 'status') ?? shipmentStatuses
  if (asked.every((status) => ShipmentStatus.safeParse(status).success)) return asked as ShipmentStatus[]
  throw new Problem('malformed', 'filter.invalid', `filter[status] wants one of ${shipmentStatuses.join(', ')}.`)
}

function requireSort({ sort }: ListInput, by: 'shippedOn' | 'createdAt'): void {
  if (sort.endsWith(by)) return
  throw new Problem('malformed', 'sort.unsupported', `With these filters the list sorts by ${by} and -${by}, not by ${sort}.`)
}

const rowOf = (item: Item): Shipment => recordOf(shipments, item)

async function ofCustomer(ctx: Context, customerId: string, input: ListInput, wanted: readonly ShipmentStatus[]): Promise<Page<Shipment>> {
  requireSort(input, 'createdAt')
  const customer = await visibleCustomer(ctx, customerId)
  const span = instantRange(input.filter, 'createdAt', (instant) => `SHP#${firstIdAt('shp', instant)}`)
  const ranges = rangesOf(customer, (id) => ({ ...shipmentsOf(id), ...span, reverse: input.sort === '-createdAt' }))
  const page = await listPage(ctx, 'shipments', ranges, input)
  return { ...page, data: asThingsOf(customer, page.data.map(rowOf)).filter(({ status }) => wanted.includes(status)) }
}

async function byNumber(ctx: Context, number: string): Promise<Page<Shipment>> {
  const id = await findByNumber(ctx, 'shipment', number)
  const shipment = id ? await find(ctx, shipments, id) : undefined
  return { data: await rowsInSight(ctx, shipment ? [shipment] : []), page: { next: null } }
}

/**
 * Shipments by shippedOn, newest first unless asked otherwise: all (gsi1) or those of the owners the caller sees (gsi2), by
 * state; those of one customer by creation; by number or externalId. Rows are without lines.
 */
export async function listShipments(ctx: Context, input: ListInput): Promise<Page<Shipment>> {
  const { filter } = input
  requireServed(filter, ways)
  if (filter.externalId?.eq !== undefined) return pageByExternalId(ctx, shipments, filter.externalId.eq)
  if (filter.number?.eq !== undefined) return byNumber(ctx, filter.number.eq)
  const wanted = statusesOf(filter)
  if (filter.customerId?.eq !== undefined) return ofCustomer(ctx, filter.customerId.eq, input, wanted)
  requireSort(input, 'shippedOn')
  const whose = await whoseLists(ctx, filter, 'ownerId')
  const common = { ...dueRange(filter, 'shippedOn'), reverse: input.sort === '-shippedOn' }
  const ranges = wanted.flatMap((status): Range[] =>
    whose === 'all'
      ? [{ ...common, index: 'gsi1', partition: shipmentsIn(status) }]
      : whose.map((ownerId) => ({ ...common, index: 'gsi2', partition: shipmentsOfOwner(ownerId, status) })),
  )
  const page = await listPage(ctx, 'shipments', ranges, input)
  return { ...page, data: await rowsInSight(ctx, page.data.map(rowOf)) }
}
