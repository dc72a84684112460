import type { Context } from '../../kernel/context.ts'
import type { Search, SearchPage } from '../../parties/index.ts'
import { documentFields, onRow } from '../document/document-fields.ts'
import { documentLimits, searchDocuments } from '../document/search-documents.ts'
import { listedShipments } from './list-shipments.ts'
import { type Shipment, shipmentStatuses } from './shipment.ts'

/** Fields by which shipments are searched. */
const fields = {
  ...documentFields<Shipment>(),
  status: onRow<Shipment>('option', ({ status }) => status, shipmentStatuses),
  shippedOn: onRow<Shipment>('date', ({ shippedOn }) => shippedOn),
  signedOn: onRow<Shipment>('date', ({ signedOn }) => signedOn),
  cancelledOn: onRow<Shipment>('date', ({ cancelledOn }) => cancelledOn),
  salesRepId: onRow<Shipment>('id', ({ salesRepId }) => salesRepId),
  warehouse: onRow<Shipment>('text', ({ warehouse }) => warehouse),
  carrier: onRow<Shipment>('text', ({ carrier }) => carrier),
  trackingNumber: onRow<Shipment>('text', ({ trackingNumber }) => trackingNumber),
  signedBy: onRow<Shipment>('text', ({ signedBy }) => signedBy),
  printCount: onRow<Shipment>('number', ({ printCount = 0 }) => printCount),
}

/** Searches shipments by any field; `text` finds parts of number, tracking number, carrier and externalId. */
export const searchShipments = (ctx: Context, search: Omit<Search, 'viewId'>, limits = documentLimits): Promise<SearchPage<Shipment>> =>
  searchDocuments(
    ctx,
    {
      list: listedShipments,
      singular: 'shipment',
      fields: () => fields,
      texts: ({ number, trackingNumber, carrier, externalId }) => [number, trackingNumber, carrier, externalId],
    },
    search,
    limits,
  )
