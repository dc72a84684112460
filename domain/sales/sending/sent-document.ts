import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { isId } from '../../kernel/ids.ts'
import type { SalesDocumentView } from '../../platform/index.ts'
import { orderViewOf } from '../order/order-view.ts'
import { quoteLink } from '../quote/quote-link.ts'
import { quoteViewOf } from '../quote/quote-view.ts'
import { shipmentViewOf } from '../shipment/shipment-view.ts'
import type { StoredDelivery } from './delivery.ts'
import { documentLink } from './document-link.ts'

/** A document that was sent: what stands on it, how it went, and where the customer sees it. */
export interface SentDocument {
  id: string
  customerId: string
  view: SalesDocumentView
  templateId?: string | undefined
  /** How it went each time, the latest first. */
  deliveries: StoredDelivery[]
  link: string | null
  /** The person whom the customer's answer goes to. */
  replyTo: string
  /** Whether it still holds: not when it was cancelled, or another revision took its place. */
  holds: boolean
}

interface Sent {
  id: string
  customerId: string
  delivery?: StoredDelivery | undefined
  formerDeliveries?: StoredDelivery[] | undefined
  templateId?: string
  ownerId?: string | undefined
  salesRepId?: string | undefined
  createdBy: string
  status: string
}

const sentOf = (record: Sent, view: SalesDocumentView, link: string | null): SentDocument => {
  const { id, customerId, templateId, delivery, formerDeliveries = [], salesRepId, ownerId, createdBy, status } = record
  const replyTo = salesRepId ?? ownerId ?? createdBy
  const deliveries = delivery ? [delivery, ...formerDeliveries] : []
  return { id, customerId, view, templateId, deliveries, link, replyTo, holds: status !== 'superseded' && status !== 'cancelled' }
}

/** A quote, an order or a delivery note by its id. 404 for one out of sight. */
export async function sentDocumentOf(ctx: Context, id: string): Promise<SentDocument> {
  if (isId('quo', id)) {
    const { quote, view } = await quoteViewOf(ctx, id)
    return sentOf(quote, view, quote.sentAt ? quoteLink(ctx, quote) : null)
  }
  if (isId('ord', id)) {
    const { order, view } = await orderViewOf(ctx, id)
    return sentOf(order, view, documentLink(ctx, order))
  }
  if (!isId('shp', id)) throw notFound('document')
  const { shipment, view } = await shipmentViewOf(ctx, id)
  return sentOf(shipment, view, documentLink(ctx, shipment))
}
