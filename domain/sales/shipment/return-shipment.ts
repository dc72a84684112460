import * as z from 'zod'
import { ShipmentReturned } from '../../../events/shipments.ts'
import { raiseExposure, requireOpenDate } from '../../finance/index.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { BusinessDate, today } from '../../kernel/dates.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { rule } from '../../kernel/parse-input.ts'
import { step } from '../../kernel/states.ts'
import { line } from '../../kernel/text.ts'
import { type Customer, writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { findMany } from '../../store/read.ts'
import type { Write } from '../../store/write.ts'
import { Quantity } from '../document/decimal.ts'
import { LineId, mostLines } from '../document/line.ts'
import { orders } from '../order/order.table.ts'
import type { Order } from '../order/order.ts'
import { isRunning } from '../order/order-states.ts'
import { allLeft, type Back, backOf, counted, partsOf } from './come-back.ts'
import { subjectOf } from './dispatch-shipment.ts'
import { givenBack } from './give-back.ts'
import { shipments } from './shipment.table.ts'
import type { Shipment } from './shipment.ts'
import { shipmentStates } from './shipment-states.ts'

const Returned = z.strictObject({ line: LineId.meta({ description: 'The line of the shipment.' }), quantity: Quantity })
const areDistinct = (lines: { line: string }[]) => new Set(lines.map(({ line }) => line)).size === lines.length

export const ShipmentReturn = z
  .strictObject({
    lines: z
      .array(Returned)
      .min(1)
      .max(mostLines)
      .refine(areDistinct, rule('shipment.line-twice', 'must name each line once'))
      .nullish()
      .meta({ description: 'What comes back; all that has not come back yet when left out.' }),
    mode: z
      .enum(['refund', 'replace'])
      .meta({ description: 'Credited for good, or to be shipped again: the line of the order is open again.' }),
    on: BusinessDate.nullish().meta({ description: 'The business date; today when left out.' }),
    reason: line(500).nullish(),
  })
  .meta({ id: 'ReturnShipment' })
export type ShipmentReturn = z.output<typeof ShipmentReturn>

/** The lines of orders are open again, and count against the credit until they are shipped. 409 for an order that has ended. */
async function reopened(ctx: Context, customer: Customer, back: readonly Back[]): Promise<Write[]> {
  const ids = [...new Set(back.flatMap(({ line }) => line.orderId ?? []))]
  const found = await findMany(
    ctx,
    ids.map((id) => ({ entity: orders, id })),
    { consistent: true },
  )
  const writes: Write[] = []
  for (const id of ids) {
    const order = found.get(id) as Order
    if (!isRunning(order))
      throw new Problem(
        'conflict',
        'shipment.not-replaceable',
        'The order of these goods has ended: take them back as a refund, and order the replacement anew.',
      )
    const { after, base } = givenBack(
      ctx,
      order,
      back.filter(({ line }) => line.orderId === id),
    )
    const { writes: credit } = await raiseExposure(ctx, { customer, of: id, by: base, policy: 'skip' })
    writes.push(orders.replace(ctx, order, after), ...credit)
  }
  return writes
}

/**
 * Takes goods of a shipment back: the customer is credited at the shipped price, and with `replace` the lines of their orders
 * are open again. 409 `shipment.state`, `shipment.more-than-shipped`, `shipment.not-replaceable`, `period.closed`.
 */
export async function returnShipment(
  ctx: Context,
  { id, lines: asked, mode, reason, on }: ShipmentReturn & { id: string },
): Promise<Shipment> {
  const { record: before, customer } = await writableOfCustomer(ctx, shipments, id)
  step('shipment', shipmentStates, before.status, 'return')
  const day = on ?? today(ctx)
  requireOpenDate(ctx, await readTenant(ctx), day, '/on')
  if (day < before.shippedOn) throw invalid('shipment.returned-before-shipped', '/on', `The goods left on ${before.shippedOn}.`)
  const lines = asked ?? allLeft(before)
  const back = backOf(before, lines)
  const writes = mode === 'replace' ? await reopened(ctx, customer, back) : []
  const parts = partsOf(ctx, before, back)
  const total = (of: 'amount' | 'base') => parts.reduce((sum, part) => sum + part[of], 0)
  const returnId = ctx.newId('ret', customer.id)
  const amount = total('amount')
  const entry = { id: returnId, on: day, mode, amount, lines, ...(reason ? { reason } : {}) }
  const after: Shipment = { ...before, ...counted(before, back), returns: [...(before.returns ?? []), entry] }
  const event = ShipmentReturned(subjectOf(before), {
    returnId,
    number: before.number,
    on: day,
    mode,
    currency: before.currency,
    exchangeRate: before.exchangeRate,
    amount,
    net: back.reduce((sum, { net }) => sum + net, 0),
    base: total('base'),
    parts,
    ownerId: before.ownerId ?? null,
    salesRepId: before.salesRepId ?? null,
  })
  return commit(ctx, [shipments.replace(ctx, before, after), ...writes], [event])
}
