import * as z from 'zod'
import { ShipmentCancelled } from '../../../events/shipments.ts'
import { requireOpenDate, withdrawReceivables } from '../../finance/index.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { BusinessDate, today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { inBase } from '../../kernel/money.ts'
import { step } from '../../kernel/states.ts'
import { line } from '../../kernel/text.ts'
import { type Customer, writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import type { Write } from '../../store/write.ts'
import { toMicro } from '../document/decimal.ts'
import { orders } from '../order/order.table.ts'
import type { Order } from '../order/order.ts'
import { isRunning } from '../order/order-states.ts'
import { openedOf } from '../order/tally.ts'
import { subjectOf } from './dispatch-shipment.ts'
import { givenBack } from './give-back.ts'
import { ordersOfLines } from './orders-of-lines.ts'
import { shipments } from './shipment.table.ts'
import type { Shipment } from './shipment.ts'
import { shipmentStates } from './shipment-states.ts'

export const Cancelling = z
  .strictObject({
    reason: line(500).nullish(),
    on: BusinessDate.nullish().meta({ description: 'The business date; today when left out.' }),
  })
  .meta({ id: 'CancelShipment' })
export type Cancelling = z.output<typeof Cancelling>

type Opened = { of: string; instalment: number | null; amount: number }

interface Undone {
  writes: Write[]
  openings: Opened[]
  lowered: Record<string, number>
}

const grossOf = (shipment: Shipment, orderId: string | undefined) =>
  shipment.lines.reduce((sum, one) => (one.orderId === orderId ? sum + one.gross : sum), 0)

/** An order without the shipment: its lines are open again, unless it has ended. */
function undoneOrder(ctx: Context, shipment: Shipment, order: Order): Undone {
  const back = shipment.lines
    .filter(({ orderId }) => orderId === order.id)
    .map((one) => ({ line: one, quantity: toMicro(one.quantity), gross: one.gross, net: one.net }))
  const own = [...(shipment.openings ?? []), ...(shipment.waiting ?? [])].filter(({ of }) => of === order.id)
  const replaced = shipment.replaced?.find(({ of }) => of === order.id) ?? { amount: 0, base: 0 }
  const { after, base } = givenBack(ctx, order, back, { openings: own, replaced })
  const [was, is] = [openedOf(order), openedOf(after)]
  const { nextDelivery: _none, ...ended } = after
  const amount = order.history ? 0 : order.instalments?.length ? was.over - is.over + replaced.amount : grossOf(shipment, order.id)
  return {
    writes: [orders.replace(ctx, order, isRunning(order) ? after : { ...ended, status: order.status })],
    openings: amount > 0 ? [{ of: order.id, instalment: null, amount }] : [],
    // Goods above the order are not promised any more, and of an order that has ended nothing is.
    lowered: order.history ? {} : { [order.id]: was.overBase - is.overBase + (isRunning(order) ? 0 : base - (was.overBase - is.overBase)) },
  }
}

/** Whether something of a shipment is owed by now: what waits for the signature is not. */
const isOwed = ({ waiting = [] }: Shipment, opening: Opened): boolean =>
  !waiting.some(({ of, instalment }) => of === opening.of && instalment === opening.instalment)

/** What a cancelled shipment gives back: to its orders, to the books, to the credit of its customer. */
async function undone(ctx: Context, customer: Customer, shipment: Shipment, on: string): Promise<Write[]> {
  const found = await ordersOfLines(ctx, customer, shipment.lines)
  const ids = new Set(shipment.lines.flatMap(({ orderId }) => orderId ?? []))
  const parts = [...found.values()].filter(({ id }) => ids.has(id)).map((order) => undoneOrder(ctx, shipment, order))
  const direct = grossOf(shipment, undefined)
  const all: Opened[] = [
    ...(shipment.openings ?? []),
    ...parts.flatMap((part) => part.openings),
    ...(direct > 0 ? [{ of: shipment.id, instalment: null, amount: direct }] : []),
  ]
  const openings = all.filter((opening) => isOwed(shipment, opening))
  const lowered = Object.assign(
    { [shipment.id]: inBase(direct, shipment, ctx.tenant.currency) },
    ...parts.map((part) => part.lowered),
  ) as Record<string, number>
  const some = Object.fromEntries(Object.entries(lowered).filter(([, by]) => by !== 0))
  const books = await withdrawReceivables(ctx, { customer, shipmentId: shipment.id, openings, on, lowered: some })
  return [...parts.flatMap(({ writes }) => writes), ...books]
}

/**
 * Takes a shipment back as if it had not left: what it shipped of its orders is open again, what it made owed is withdrawn. 409
 * `receivable.allocated` once anything is paid of it, `shipment.returned` once something came back: then return the rest.
 */
export async function cancelShipment(ctx: Context, { id, reason, on }: Cancelling & { id: string }): Promise<Shipment> {
  const { record: before, customer } = await writableOfCustomer(ctx, shipments, id)
  const status = step('shipment', shipmentStates, before.status, 'cancel')
  const day = on ?? today(ctx)
  requireOpenDate(ctx, await readTenant(ctx), day, '/on')
  if (before.returns?.length)
    throw new Problem('conflict', 'shipment.returned', 'Some of this shipment came back already. Return the rest instead.')
  const writes = before.status === 'draft' ? [] : await undone(ctx, customer, before, day)
  const after: Shipment = { ...before, status, cancelledOn: day }
  const event = ShipmentCancelled(subjectOf(before), { number: before.number, on: day, reason: reason ?? null })
  return commit(ctx, [shipments.replace(ctx, before, after), ...writes], [event])
}
