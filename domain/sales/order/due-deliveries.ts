import type { Context } from '../../kernel/context.ts'
import { endOfDay } from '../../parties/index.ts'
import { type DueEntry, dueKey } from '../../store/entity.ts'
import { queryAll } from '../../store/query.ts'
import { type DeliveryDue, deliveriesOf, deliveryShards } from './order.table.ts'

/** An order of which something is to be delivered on a day. */
export interface DueDelivery extends DeliveryDue {
  orderId: string
  dueOn: string
}

/** Access pattern: deliveries up to a day, of an owner's customers or (for assistants) of all, from a few partitions; a Query each. */
export async function deliveriesDue(ctx: Context, of: { ownerId: string } | 'all', through: string): Promise<DueDelivery[]> {
  const owners = of === 'all' ? Array.from({ length: deliveryShards }, (_, shard) => deliveriesOf(shard)) : [of.ownerId]
  const pages = await Promise.all(
    owners.map((owner) => queryAll(ctx, { partition: dueKey({ owner, on: '', kind: '', id: '' }).pk, to: endOfDay(through) })),
  )
  const entries = pages.flat() as unknown as (DueEntry & DeliveryDue)[]
  return entries
    .filter(({ kind }) => kind === 'delivery')
    .map(({ id, on, customerId, number }) => ({ orderId: id, dueOn: on, customerId, number }))
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.number < b.number ? -1 : 1))
}
