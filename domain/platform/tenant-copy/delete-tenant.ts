import type { Context, SystemContext } from '../../kernel/context.ts'
import { itemKey } from '../../store/entity-definition.ts'
import { tenantKey } from '../../store/keys.ts'
import { everyPartition } from '../../store/partitions.ts'
import { systemDelete } from '../../store/system.ts'
import { deleting, type PlacedItem, pagesOf, putting, wholeItem, writeItems } from '../../store/whole-items.ts'
import { filePrefixes, systemPlaces, type TenantParts } from './tenant-parts.ts'

/** What is to be deleted, as long as it is: partitions, some hundred to an item. */
const planPartition = ['DELETION']
const partitionsInItem = 400

const planKey = (ctx: Context, name: string): PlacedItem => {
  const { pk, sk } = itemKey(ctx, { pk: planPartition, sk: [name] })
  return { pk: { S: pk }, sk: { S: sk } }
}
/** Stands while the plan is whole; behind its parts in the partition. */
const whole = 'whole'

/** Writes down which partitions there are: a run that is killed among them finds those that no list names any more. */
async function writePlan(ctx: Context, { partitions }: TenantParts): Promise<void> {
  const all = await everyPartition(ctx, partitions)
  for (let i = 0; i < all.length; i += partitionsInItem) {
    const part = all.slice(i, i + partitionsInItem).map((S) => ({ S }))
    await writeItems(ctx, [putting({ ...planKey(ctx, String(i).padStart(9, '0')), partitions: { L: part } })])
  }
  await writeItems(ctx, [putting(planKey(ctx, whole))])
}

async function deletePartition(ctx: Context, partition: string): Promise<number> {
  let items = 0
  for await (const page of pagesOf(ctx, partition)) {
    await writeItems(ctx, page.map(deleting))
    items += page.length
  }
  return items
}

async function carryOut(ctx: Context): Promise<number> {
  let items = 0
  for await (const page of pagesOf(ctx, tenantKey(ctx, planPartition)))
    for (const part of page) {
      for (const { S } of part.partitions?.L ?? []) items += await deletePartition(ctx, S!)
      await writeItems(ctx, [deleting(part)])
    }
  return items
}

/** Nobody gets in any more and no job finds the tenant, before the first of its items goes. */
async function close(ctx: Context, system: SystemContext, parts: TenantParts): Promise<void> {
  for (const { key, isShared } of await systemPlaces(ctx, system, parts)) if (!isShared) await systemDelete(system, key)
  for (const partition of [['USERS'], ['TENANT']]) await deletePartition(ctx, tenantKey(ctx, partition))
}

/**
 * Deletes all that a tenant has: items, what stands of it under `SYS#`, files. Answers how many items went. Run again, it goes on where
 * it stopped, and takes what a worker that was under way has written meanwhile; it is done when a run answers 0.
 */
export async function deleteTenant(ctx: Context, system: SystemContext, parts: TenantParts): Promise<number> {
  if (!(await wholeItem(ctx, planKey(ctx, whole)))) await writePlan(ctx, parts)
  await close(ctx, system, parts)
  const items = await carryOut(ctx)
  for (const prefix of filePrefixes(ctx)) for await (const key of ctx.files.list(prefix)) await ctx.files.remove(key)
  return items
}
