import type { Context } from '../../kernel/context.ts'
import { queryAll } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import { contractEnds, orders } from './order.table.ts'
import type { Order } from './order.ts'
import { hasContractEnd } from './order-states.ts'

/** Access pattern: orders whose contract ends on a day; 1 Query of pointers, 1 batch get. Of a cancelled order nothing ends. */
export async function contractsEndingOn(ctx: Context, day: string): Promise<Order[]> {
  const pointers = await queryAll(ctx, { partition: contractEnds, prefix: [day] })
  const ids = pointers.map(({ ref }) => String(ref))
  const found = await findMany(
    ctx,
    ids.map((id) => ({ entity: orders, id })),
  )
  return ids
    .flatMap((id) => (found.get(id) as Order | undefined) ?? [])
    .filter((order) => hasContractEnd(order) && order.contract?.endsOn === day)
}
