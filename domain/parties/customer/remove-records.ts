import type { DeliveredEvent } from '../../../events/define.ts'
import { chunksOf } from '../../kernel/chunks.ts'
import type { Context } from '../../kernel/context.ts'
import { commit } from '../../store/commit.ts'
import { type Entity, recordOf } from '../../store/entity.ts'
import type { Stored } from '../../store/entity-definition.ts'
import { queryAll } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { tryWrite } from '../../store/try-write.ts'
import { activities } from '../activity/activity.table.ts'
import { contacts } from '../contact/contact.table.ts'
import { followUps } from '../follow-up/follow-up.table.ts'
import { absorbedBy, redirects } from '../merge/redirect.table.ts'
import { customerPartition, customers } from './customer.table.ts'

/** A transaction takes 100 items: a contact comes with its guard, its card and up to five telephones that it is found by. */
const recordsAtOnce = 12

async function removeAll<T extends Stored>(ctx: Context, entity: Entity<T>, customerId: string): Promise<void> {
  const [kind] = entity.key(customerId).sk
  const items = await queryAll(ctx, { partition: customerPartition(customerId), prefix: [kind!] }, { consistent: true })
  const records = items.filter((item) => item.entity === entity.type).map((item) => entity.remove(recordOf(entity, item)))
  for (const [first, ...others] of chunksOf(records, recordsAtOnce)) await commit(ctx, [first!, ...others], [])
}

/** What other contexts keep in the partition of a customer: records, and items that are no records, by the beginning of their keys. */
interface OtherThings {
  entities: readonly Entity<Stored>[]
  prefixes: readonly string[]
}

async function removeItems(ctx: Context, customerId: string, prefix: string): Promise<void> {
  const items = await queryAll(ctx, { partition: customerPartition(customerId), prefix: [prefix] }, { consistent: true })
  for (const { pk, sk } of items as { pk: string; sk: string }[]) await tryWrite(ctx, { pk, sk, delete: true })
}

/**
 * Removes what belonged to a deleted customer and to those merged into it, with guards, due entries and pointers; the audit
 * entries stay. Can be repeated. False, and nothing removed, when there is such a customer.
 */
export async function removeRecords(ctx: Context, event: DeliveredEvent<object>, others: OtherThings): Promise<boolean> {
  const { id } = event.subject
  if (await find(ctx, customers, id, { consistent: true })) return false
  const absorbed = await absorbedBy(ctx, id)
  for (const partition of [id, ...absorbed]) {
    await removeAll(ctx, followUps, partition)
    await removeAll(ctx, activities, partition)
    await removeAll(ctx, contacts, partition)
    for (const entity of others.entities) await removeAll(ctx, entity, partition)
    for (const prefix of others.prefixes) await removeItems(ctx, partition, prefix)
  }
  for (const old of absorbed) {
    const redirect = await find(ctx, redirects, old, { consistent: true })
    if (redirect?.to === id) await commit(ctx, [redirects.remove(redirect)], [])
  }
  return true
}
