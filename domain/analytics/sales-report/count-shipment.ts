import type { Context } from '../../kernel/context.ts'
import { customers } from '../../parties/index.ts'
import { returnedSales, shipments, shippedSales } from '../../sales/index.ts'
import { findWithin } from '../../store/read.ts'
import { factOf } from './fact-of.ts'
import { putFact } from './sales-fact.table.ts'
import { regionOf } from './sales-fact.ts'

/**
 * Counts a shipment as it is now into sales shipped, on the day it left, and each return on its own day: whichever event of it
 * came, late, twice or out of order, the same stands there in the end.
 */
export async function countShipment(ctx: Context, shipmentId: string): Promise<void> {
  const { record: shipment, parent: customer } = await findWithin(ctx, shipments, customers, shipmentId, { consistent: true })
  if (!shipment) return
  const { id, shippedOn, version, currency, exchangeRate, salesRepId } = shipment
  const base = ctx.tenant.currency
  const sold = { id, repId: salesRepId ?? null, region: regionOf(customer?.addresses), currency, exchangeRate }
  await putFact(ctx, 'shipped', { id, on: shippedOn, version }, factOf({ ...sold, on: shippedOn }, shippedSales(shipment, base), base))
  for (const { id: returnId, on, lines } of returnedSales(shipment, base))
    await putFact(ctx, 'shipped', { id: returnId, on, version }, factOf({ ...sold, on }, lines, base))
}
