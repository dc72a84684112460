import type { Context } from '../../kernel/context.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { queryAll } from '../../store/query.ts'
import { allRedirects } from './redirect.table.ts'

/** By whose things stand in a partition: the customer, if it was merged away the one that has its things now. */
type CustomerOfPartition = (partition: string) => string | undefined

/**
 * Who took over the partitions of customers that were merged away, so that reports sum what belongs together without reading
 * every customer. Answers undefined for a partition whose customer is itself. One Query over as many items as there were merges.
 */
export async function survivors(ctx: Context): Promise<CustomerOfPartition> {
  const items = await queryAll(ctx, allRedirects)
  const survivorOf = new Map(items.map((item) => [partitionOf(item.id as string), item.to as string]))
  return (partition) => survivorOf.get(partition)
}
