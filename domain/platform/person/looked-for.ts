import type { Context } from '../../kernel/context.ts'
import { tenantKey } from '../../store/keys.ts'
import { everyPartition } from '../../store/partitions.ts'
import { type PlacedItem, pagesOf } from '../../store/whole-items.ts'
import type { TenantParts } from '../tenant-copy/tenant-parts.ts'
import { type Eraser, eraserOf, type Person } from './person.ts'

/** An item of a tenant, and how texts are searched for the person where it stands. */
interface Looked {
  item: PlacedItem
  erase: Eraser
}

/** Every item of a tenant, found by Query alone, in the order of partitions, as it is looked at for a person. */
export async function* lookedFor(ctx: Context, parts: TenantParts, person: Person): AsyncGenerator<Looked> {
  const everywhere = eraserOf(person, false)
  const atHome = eraserOf(person, true)
  const home = person.home && tenantKey(ctx, ['CUS', person.home])
  for (const partition of await everyPartition(ctx, parts.partitions))
    for await (const page of pagesOf(ctx, partition))
      for (const item of page) yield { item, erase: partition === home ? atHome : everywhere }
}
