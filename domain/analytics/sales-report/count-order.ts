import type { Context } from '../../kernel/context.ts'
import { customers } from '../../parties/index.ts'
import { orderedSales, orders } from '../../sales/index.ts'
import { findWithin } from '../../store/read.ts'
import { factOf } from './fact-of.ts'
import { putFact } from './sales-fact.table.ts'
import { regionOf } from './sales-fact.ts'

/**
 * Counts an order as it is now into sales ordered: whichever event of it came, late, twice or out of order, the same stands there
 * in the end. Rep and customer are those of the order; the region is the customer's at that time.
 */
export async function countOrder(ctx: Context, orderId: string): Promise<void> {
  const { record: order, parent: customer } = await findWithin(ctx, orders, customers, orderId, { consistent: true })
  if (!order) return
  const { id, orderedOn: on, version, currency, exchangeRate, salesRepId } = order
  const sold = { id, on, repId: salesRepId ?? null, region: regionOf(customer?.addresses), currency, exchangeRate }
  await putFact(ctx, 'ordered', { id, on, version }, factOf(sold, orderedSales(order, ctx.tenant.currency), ctx.tenant.currency))
}
