import type { Context } from '../../kernel/context.ts'
import { customers } from '../../parties/index.ts'
import { type ReturnedSales, returnedSales, type Shipment, sellersOf, shipments, shippedSales } from '../../sales/index.ts'
import { findWithin } from '../../store/read.ts'
import { countOrder } from './count-order.ts'
import { factOf } from './fact-of.ts'
import { putFact } from './sales-fact.table.ts'
import { regionOf } from './sales-fact.ts'

/** What was sold on a day, a fact for each who sold some of it; the first stands under the document itself. */
async function putFacts(ctx: Context, shipment: Shipment, { id, on, lines }: ReturnedSales, region: string | null): Promise<void> {
  const { version, currency, exchangeRate } = shipment
  for (const [i, repId] of sellersOf(shipment).entries()) {
    const own = lines.filter((line) => line.repId === repId)
    const document = { id: i === 0 ? id : `${id} ${repId}`, on, version }
    const fact = factOf({ id: shipment.id, on, repId, region, currency, exchangeRate }, own, ctx.tenant.currency)
    await putFact(ctx, 'shipped', document, fact)
  }
}

/**
 * Counts a shipment as it is now into sales shipped, on the day it left, and each return on its own day: whichever event of it
 * came, late, twice or out of order, the same stands there in the end.
 */
export async function countShipment(ctx: Context, shipmentId: string): Promise<void> {
  const { record: shipment, parent: customer } = await findWithin(ctx, shipments, customers, shipmentId, { consistent: true })
  if (!shipment) return
  const [base, region] = [ctx.tenant.currency, regionOf(customer?.addresses)]
  const left = { id: shipment.id, on: shipment.shippedOn, lines: shippedSales(shipment, base) }
  for (const sales of [left, ...returnedSales(shipment, base)]) await putFacts(ctx, shipment, sales, region)
  // What an order that has ended comes to is what left of it.
  if (shipment.status !== 'cancelled') return
  for (const orderId of new Set(shipment.lines.flatMap(({ orderId }) => orderId ?? []))) await countOrder(ctx, orderId)
}
