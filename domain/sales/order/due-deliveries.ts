import type { Context } from '../../kernel/context.ts'
import { type DueItem, dueItems } from '../../parties/index.ts'
import { type DeliveryDue, deliveriesOf, deliveryShards } from './order.table.ts'

/** An order of which something is to be delivered on a day. */
export interface DueDelivery extends DeliveryDue {
  orderId: string
  dueOn: string
}

/** Of what is due to a person, up to a day: the deliveries to their own customers. */
export const deliveriesIn = (items: readonly DueItem[], through: string): DueDelivery[] =>
  (items as readonly (DueItem & DeliveryDue)[])
    .filter(({ kind, on }) => kind === 'delivery' && on <= through)
    .map(({ id, on, customerId, number }) => ({ orderId: id, dueOn: on, customerId, number }))
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.number < b.number ? -1 : 1))

/** Access pattern: deliveries to all customers up to a day, for assistants, from a few partitions; a Query each. */
export async function deliveriesToAll(ctx: Context, through: string): Promise<DueDelivery[]> {
  const shards = Array.from({ length: deliveryShards }, (_, shard) => dueItems(ctx, deliveriesOf(shard), through))
  return deliveriesIn((await Promise.all(shards)).flat(), through)
}
