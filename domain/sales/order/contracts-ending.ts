import type { Context } from '../../kernel/context.ts'
import { type Pointed, type PointedFrom, pointedIn } from '../../store/pointed.ts'
import { findInOrder } from '../../store/read.ts'
import { contractEnds, orders } from './order.table.ts'
import type { Order } from './order.ts'
import { hasContractEnd } from './order-states.ts'

/** Access pattern: a portion of the orders whose contract ends on a day; 1 Query of pointers, 1 batch get. Of a cancelled order nothing ends. */
export async function contractsEndingOn(ctx: Context, day: string, from: PointedFrom): Promise<Pointed<Order>> {
  const { found, next } = await pointedIn(ctx, { partition: contractEnds, prefix: [day] }, from)
  const all = await findInOrder(ctx, orders, found)
  return { found: all.filter((order) => hasContractEnd(order) && order.contract?.endsOn === day), next }
}
