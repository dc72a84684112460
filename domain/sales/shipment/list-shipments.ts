import type { Context } from '../../kernel/context.ts'
import type { Filter, ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { customerDocumentList, type DocumentList, dayOperators, documentFilters } from '../document/list-documents.ts'
import { pageOfDocuments } from '../document/page-of-documents.ts'
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
  ways: [['status', 'ownerId', 'shippedOn'], ['number'], ['externalId']],
  search,
}

/** Shipments as all documents are listed. */
export const listShipments = (ctx: Context, input: ListInput): Promise<Page<Shipment>> => pageOfDocuments(ctx, listedShipments, input)
