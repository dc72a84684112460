import type { Context } from '../../kernel/context.ts'
import { money } from '../../kernel/money.ts'
import { type Contact, contacts, languageOf, visibleOfCustomer } from '../../parties/index.ts'
import type { DocumentViewLine, SalesDocumentView } from '../../platform/index.ts'
import { find, findMany } from '../../store/read.ts'
import { viewDestination } from '../document/view-destination.ts'
import { viewCustomer, viewLines, viewPerson } from '../document/view-parts.ts'
import { orders } from '../order/order.table.ts'
import type { Order } from '../order/order.ts'
import { shipments } from './shipment.table.ts'
import type { Shipment } from './shipment.ts'

/** What a line of a delivery note says: of an order its number and the customer's; what it comes to is its share of the order. */
function noteLine(
  line: DocumentViewLine,
  orderId: string | undefined,
  found: ReadonlyMap<string, Order>,
  includesTax: boolean,
): DocumentViewLine {
  const order = orderId ? found.get(orderId) : undefined
  const amount = order ? (order.pricesIncludeTax ? line.gross : line.net) : includesTax ? line.gross : line.net
  return {
    ...line,
    ...(amount === undefined ? {} : { amount }),
    ...(order ? { orderNumber: order.number } : {}),
    ...(order?.customerPo ? { customerPo: order.customerPo } : {}),
  }
}

/** How the goods go, and what comes to them. */
function facts({ warehouse, carrier, trackingNumber, notes, paymentTerms, status, currency, netTotal, taxTotal, total }: Shipment) {
  const amountOf = (units: number) => money(units, currency).amount
  return {
    ...(status === 'draft' || status === 'cancelled' ? { state: status } : {}),
    ...(warehouse ? { warehouse } : {}),
    ...(carrier ? { carrier } : {}),
    ...(trackingNumber ? { trackingNumber } : {}),
    ...(notes ? { notes } : {}),
    ...(paymentTerms ? { paymentTerms } : {}),
    totals: { net: amountOf(netTotal), tax: amountOf(taxTotal), discount: amountOf(0), total: amountOf(total) },
  }
}

/** Of which orders the goods are, and the customer's own number where that is the same for all. */
function ordersOf(found: readonly Order[]) {
  if (found.length === 0) return {}
  const [customerPo, ...others] = new Set(found.map((order) => order.customerPo))
  return { orderNumbers: found.map((order) => order.number), ...(customerPo && others.length === 0 ? { customerPo } : {}) }
}

/** A shipment with what stands on its delivery note, prices too: its template says whether they are shown. 404 for one out of sight. */
export async function shipmentViewOf(ctx: Context, id: string): Promise<{ shipment: Shipment; view: SalesDocumentView }> {
  const { record: shipment, customer } = await visibleOfCustomer(ctx, shipments, id)
  const orderIds = [...new Set(shipment.lines.flatMap(({ orderId }) => orderId ?? []))]
  const plain = shipment.lines.map(({ orderId: _order, orderLine: _line, ...line }) => line)
  const [contact, found, lines, person] = await Promise.all([
    customer.primaryContactId ? find<Contact>(ctx, contacts, customer.primaryContactId) : undefined,
    findMany(
      ctx,
      orderIds.map((orderId) => ({ entity: orders, id: orderId })),
    ),
    viewLines(ctx, { ...shipment, discountTotal: 0, lines: plain }),
    viewPerson(ctx, shipment.salesRepId ?? shipment.ownerId ?? shipment.createdBy),
  ])
  const ofOrders = [...(found as Map<string, Order>).values()]
  const { number, currency, shippedOn, pricesIncludeTax } = shipment
  const view: SalesDocumentView = {
    kind: 'delivery-note',
    ...{ number, currency },
    pricesIncludeTax: ofOrders[0]?.pricesIncludeTax ?? pricesIncludeTax,
    date: shippedOn,
    lines: lines.map((line, i) => noteLine(line, shipment.lines[i]!.orderId, found as Map<string, Order>, pricesIncludeTax)),
    locale: languageOf(customer, contact, ctx.tenant.locale),
    customer: viewCustomer(customer, contact),
    ...person,
    ...ordersOf(ofOrders),
    ...viewDestination(shipment.deliverTo ?? ofOrders[0]?.deliverTo, customer.name),
    ...facts(shipment),
  }
  return { shipment, view }
}
