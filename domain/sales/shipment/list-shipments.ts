import type { Context } from '../../kernel/context.ts'
import type { Filter, ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { pageByExternalId } from '../../parties/index.ts'
import { findByNumber } from '../../platform/index.ts'
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
import { shipments, shipmentsIn, shipmentsOf, shipmentsOfOwner } from './shipment.table.ts'
import { type Shipment, type ShipmentStatus, shipmentStatuses } from './shipment.ts'

const search = '/v1/shipments/search'

export const shipmentList = {
  filters: { ...documentFilters, shippedOn: dayOperators },
  sorts: ['-shippedOn', 'shippedOn', '-createdAt', 'createdAt'],
  defaultSort: (filter: Filter) => (filter.customerId ? '-createdAt' : '-shippedOn'),
  search,
} as const satisfies ListSpec

/** The list under one customer. */
export const customerShipmentList = { ...customerDocumentList, search } as const satisfies ListSpec

const ways = [['status', 'ownerId', 'shippedOn'], ['number'], ['externalId']]

/** Shipments in their lists. */
export const listedShipments: DocumentList<Shipment, ShipmentStatus> = {
  noun: 'shipments',
  entity: shipments,
  day: 'shippedOn',
  statuses: shipmentStatuses,
  usual: shipmentStatuses,
  statusOf: (_ctx, { status }) => status,
  of: shipmentsOf,
  all: shipmentsIn,
  owned: shipmentsOfOwner,
}

/**
 * Shipments by shippedOn, newest first unless asked otherwise: all (gsi1) or those of the owners the caller sees (gsi2), by
 * state; those of one customer by creation; by number or externalId. Rows are without lines.
 */
export async function listShipments(ctx: Context, input: ListInput): Promise<Page<Shipment>> {
  const { filter } = input
  requireWays(filter, ways, search)
  if (filter.externalId?.eq !== undefined) return pageByExternalId(ctx, shipments, filter.externalId.eq)
  if (filter.number?.eq !== undefined) {
    const id = await findByNumber(ctx, 'shipment', filter.number.eq)
    return { data: await pageOfIds(ctx, shipments, id ? [id] : []), page: { next: null } }
  }
  return filter.customerId ? pageOfCustomer(ctx, listedShipments, input) : pageByDay(ctx, listedShipments, input)
}
