import { OrderCancelled } from '../../../events/orders.ts'
import { ShipmentCancelled } from '../../../events/shipments.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { requireVersion } from '../../store/record.ts'
import { deleteOrder, subjectOf } from '../order/change-order.ts'
import { cancelOrder } from '../order/end-order.ts'
import { orders } from '../order/order.table.ts'
import type { Order } from '../order/order.ts'
import { isDraft } from '../order/order-states.ts'
import { subjectOf as subjectOfShipment } from '../shipment/dispatch-shipment.ts'
import { shipments } from '../shipment/shipment.table.ts'

const moved = () =>
  new Problem('conflict', 'revert.in-use', 'Its shipment was changed or some of it came back since it was imported, so it stays.')

/** History goes with its shipment, as if neither had been: sales lose both on their own days. */
async function takeBackHistory(ctx: Context, order: Order, shipmentId: string): Promise<Order> {
  const { record: note } = await writableOfCustomer(ctx, shipments, shipmentId)
  if (note.status !== 'dispatched' || note.returns?.length) throw moved()
  const on = today(ctx)
  const { number, currency } = order
  const events = [
    ShipmentCancelled(subjectOfShipment(note), { number: note.number, on, reason: null }),
    OrderCancelled(subjectOf(order), { number, on, reason: null, givenBack: 0, base: 0, currency }),
  ]
  const cancelled: Order = { ...order, status: 'cancelled', takenBack: true, edition: order.edition + 1 }
  const writes = [shipments.replace(ctx, note, { ...note, status: 'cancelled', cancelledOn: on, takenBack: true })]
  return commit(ctx, [orders.replace(ctx, order, cancelled), ...writes], events)
}

/**
 * Takes an imported order back: a draft is deleted, what was confirmed is cancelled, history with its shipment. What is cancelled stays, its
 * number and externalId are free again. 412 once anything was done with it, 409 `order.state` once something of it left.
 */
export async function takeBackOrder(ctx: Context, { id, ifMatch }: { id: string; ifMatch: string }): Promise<void> {
  const { record: order } = await writableOfCustomer(ctx, orders, id)
  requireVersion(order, ifMatch)
  if (isDraft(order)) return deleteOrder(ctx, { id, ifMatch })
  if (order.history) await takeBackHistory(ctx, order, order.history.shipmentId)
  else {
    const ended = order.status === 'cancelled' ? order : await cancelOrder(ctx, { id })
    await commit(ctx, [orders.replace(ctx, ended, { ...ended, takenBack: true })], [])
  }
}
