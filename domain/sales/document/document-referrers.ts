import { type Referrer, thingsOf } from '../../parties/index.ts'
import type { Entity } from '../../store/entity.ts'
import { orders } from '../order/order.table.ts'
import { quotes } from '../quote/quote.table.ts'
import { shipments } from '../shipment/shipment.table.ts'
import type { OwnedDocument } from './owned-document.ts'

/** The documents of sales that live with their customer. */
export const ownedDocuments = [
  { kind: 'quotes', entity: quotes },
  { kind: 'orders', entity: orders },
  { kind: 'shipments', entity: shipments },
] as readonly { kind: string; entity: Entity<OwnedDocument> }[]

/** The document in the hands of an owner, or of nobody. */
export function ownedBy<T extends OwnedDocument>({ ownerId: _former, ...document }: T, ownerId: string | undefined): T {
  return { ...document, ...(ownerId ? { ownerId } : {}) } as T
}

/** Documents go with their customer when it is merged, into the lists and reminders of its owner. */
export const documentReferrers: Referrer[] = ownedDocuments.map(({ kind, entity }) =>
  thingsOf<OwnedDocument>(kind, entity, { turned: (document, { to }) => ({ record: ownedBy(document, to.ownerId) }) }),
)
