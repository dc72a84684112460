import { type Mover, thingsMover } from '../../parties/index.ts'
import { listedOrders } from '../order/list-orders.ts'
import { listedQuotes } from '../quote/list-quotes.ts'
import { listedShipments } from '../shipment/list-shipments.ts'
import { ownedBy } from './document-referrers.ts'
import { type DocumentList, type ListedDocument, rangesOfDay } from './list-documents.ts'

/** A transaction takes 100 items: a document is up to six with its pointer and its due entries, here and there. */
const documentsAtOnce = 14

const moverOf = <T extends ListedDocument, S extends string>(list: DocumentList<T, S>, running: readonly S[]): Mover =>
  thingsMover<T>({
    kind: list.noun,
    entity: list.entity,
    most: documentsAtOnce,
    ranges: (ownerId) => rangesOfDay(list, [ownerId], running, {}),
    given: (ctx, document, ownerId) => [list.entity.replace(ctx, document, ownedBy(document, ownerId))],
  })

/** What of sales a leaver hands over: quotes, orders and shipments that are not at their end. The others follow their customers. */
export const documentMovers: readonly Mover[] = [
  moverOf(listedQuotes, ['draft', 'sent', 'accepted']),
  moverOf(listedOrders, ['draft', 'credit-hold', 'confirmed', 'partly-shipped']),
  moverOf(listedShipments, ['draft', 'dispatched']),
]
