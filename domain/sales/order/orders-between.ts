import type { Context } from '../../kernel/context.ts'
import { endOfDay, whoseLists } from '../../parties/index.ts'
import { queryAll } from '../../store/query.ts'
import { rangesOfDay, rowsOf } from '../document/list-documents.ts'
import { listedOrders } from './list-orders.ts'
import { type Order, orderStatuses } from './order.ts'

/** The rows of all orders of some days that the caller sees, without lines: 0.09 RRU each. Access pattern: the lists by orderedOn. */
export async function ordersBetween(ctx: Context, { from, to }: { from: string; to: string }): Promise<Order[]> {
  const whose = await whoseLists(ctx, {}, 'ownerId')
  const ranges = rangesOfDay(listedOrders, whose, orderStatuses, { from, to: endOfDay(to) })
  return (await Promise.all(ranges.map((range) => queryAll(ctx, range)))).flatMap((items) => rowsOf(listedOrders, items))
}
