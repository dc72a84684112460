import type { Context } from '../../kernel/context.ts'
import { queryAll } from '../../store/query.ts'
import { findInOrder } from '../../store/read.ts'
import { contractEnds, orders } from './order.table.ts'
import type { Order } from './order.ts'
import { hasContractEnd } from './order-states.ts'

/** Access pattern: orders whose contract ends on a day; 1 Query of pointers, 1 batch get. Of a cancelled order nothing ends. */
export async function contractsEndingOn(ctx: Context, day: string): Promise<Order[]> {
  const pointers = await queryAll(ctx, { partition: contractEnds, prefix: [day] })
  const ids = pointers.map(({ ref }) => String(ref))
  return (await findInOrder(ctx, orders, ids)).filter((order) => hasContractEnd(order) && order.contract?.endsOn === day)
}
