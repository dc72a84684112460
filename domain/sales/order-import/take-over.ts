import { OrderClosed, OrderConfirmed } from '../../../events/orders.ts'
import { ShipmentDispatched } from '../../../events/shipments.ts'
import { requireOpenDate } from '../../finance/index.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { type Customer, writableOfCustomer } from '../../parties/index.ts'
import { numberFor } from '../../platform/index.ts'
import { commit } from '../../store/commit.ts'
import { newRecord } from '../../store/record.ts'
import { subjectOf } from '../order/change-order.ts'
import { agreed } from '../order/confirm-order.ts'
import { orders } from '../order/order.table.ts'
import type { Order } from '../order/order.ts'
import { settled } from '../order/tally.ts'
import { composeShipment } from '../shipment/compose-shipment.ts'
import { subjectOf as subjectOfShipment } from '../shipment/dispatch-shipment.ts'
import { taken } from '../shipment/orders-of-lines.ts'
import { shipments } from '../shipment/shipment.table.ts'
import type { Shipment } from '../shipment/shipment.ts'
import { type ImportedOrder, leftOn, statusOf } from './imported-order.ts'

/** The delivery note by which all of the order left. */
async function noteOf(ctx: Context, customer: Customer, order: Order, told: ImportedOrder): Promise<Shipment> {
  const record = newRecord(ctx, 'shp', customer.id)
  const { ownerId, salesRepId, paymentTerms, deliverTo, pricesIncludeTax } = order
  const given = order.lines.map(({ id, quantity }) => ({ orderLine: id, quantity }))
  const found = new Map([[order.id, order]])
  const composed = await composeShipment(ctx, { customer, found, overPercent: 0 }, { id: record.id, pricesIncludeTax }, given)
  const shippedOn = leftOn(told, order)
  return {
    ...record,
    customerId: customer.id,
    ...(ownerId ? { ownerId } : {}),
    ...(salesRepId ? { salesRepId } : {}),
    ...(paymentTerms ? { paymentTerms } : {}),
    ...(deliverTo ? { deliverTo } : {}),
    number: await numberFor(ctx, 'shipment', shippedOn, told.shipmentNumber),
    shippedOn,
    status: 'dispatched',
    dispatchedAt: ctx.now(),
    currency: composed.currency,
    exchangeRate: composed.exchangeRate,
    pricesIncludeTax,
    lines: composed.lines,
    ...composed.totals,
  } as Shipment
}

/** The order with all of it shipped and nothing of it to be owed. */
function leftWith(order: Order, note: Shipment, told: ImportedOrder): Order {
  const { after } = taken(new Map([[order.id, order]]), note.lines, 0)[0]!
  const counts = { opened: order.total, openedBase: order.base }
  const shipped = settled({ ...after, ...counts, history: { shipmentId: note.id }, shippedOn: note.shippedOn })
  return statusOf(told) === 'closed' ? { ...shipped, status: 'closed' } : shipped
}

/**
 * Takes a drafted order over as history: agreed, delivered and settled where it comes from. It counts in sales ordered and shipped on its
 * own days; it opens no receivable, since what is still owed of it comes in as an opening balance, and it takes no credit.
 */
export async function takeOver(ctx: Context, id: string, told: ImportedOrder): Promise<Order> {
  const { record: draft, customer } = await writableOfCustomer(ctx, orders, id)
  const salesRepId = draft.salesRepId ?? customer.ownerId ?? ctx.actor.userId ?? undefined
  const order: Order = { ...draft, status: 'confirmed', confirmedAt: ctx.now(), ...(salesRepId ? { salesRepId } : {}) }
  requireOpenDate(ctx, await readTenant(ctx), leftOn(told, order), '/shippedOn')
  const note = await noteOf(ctx, customer, order, told)
  const after = leftWith(order, note, told)
  const { number, currency, exchangeRate, total, netTotal: net, shippedOn } = note
  const owner = { ownerId: note.ownerId ?? null, salesRepId: note.salesRepId ?? null }
  const events = [
    OrderConfirmed(subjectOf(order), { ...agreed(after), on: after.orderedOn, openings: [], reason: null, flags: [] }),
    ShipmentDispatched(subjectOfShipment(note), {
      number,
      shippedOn,
      currency,
      exchangeRate,
      total,
      net,
      base: 0,
      openings: [],
      waiting: [],
      ...owner,
      direct: false,
    }),
  ]
  const closed = OrderClosed(subjectOf(order), { number: order.number, on: shippedOn, reason: null, givenBack: 0, base: 0, currency })
  const all = after.status === 'closed' ? [...events, closed] : events
  return commit(ctx, [orders.replace(ctx, draft, after), shipments.create(note)], all)
}
