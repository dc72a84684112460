import type { Context, SystemContext } from '../../kernel/context.ts'
import { everyPartition } from '../../store/partitions.ts'
import { systemItemKey } from '../../store/system.ts'
import { type PlacedItem, pagesOf, wholeItem } from '../../store/whole-items.ts'
import { lineOf, type Tally, tallyOfLines } from './copy-line.ts'
import { systemPlaces, type TenantParts } from './tenant-parts.ts'

/** All items of some partitions. */
export async function* itemsIn(ctx: Context, partitions: readonly string[]): AsyncGenerator<PlacedItem> {
  for (const partition of partitions) for await (const page of pagesOf(ctx, partition)) yield* page
}

/** What stands of a tenant under `SYS#`. */
export async function* systemItemsOf(ctx: Context, system: SystemContext, parts: TenantParts): AsyncGenerator<PlacedItem> {
  for (const { key } of await systemPlaces(ctx, system, parts)) {
    const { pk, sk } = systemItemKey(key)
    const item = await wholeItem(system, { pk: { S: pk }, sk: { S: sk } })
    if (item) yield item
  }
}

/** What a tenant comes to in the table, as a copy of it would. */
export async function tallyOfTenant(ctx: Context, system: SystemContext, parts: TenantParts): Promise<Tally> {
  const tally = tallyOfLines()
  for await (const item of itemsIn(ctx, await everyPartition(ctx, parts.partitions))) tally.add(lineOf(item))
  for await (const item of systemItemsOf(ctx, system, parts)) tally.add(lineOf(item))
  return tally.sum()
}
