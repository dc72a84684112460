import type { Context } from '../../kernel/context.ts'
import { recordOf } from '../../store/entity.ts'
import type { Item } from '../../store/item.ts'
import { queryPage } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import type { ReadOptions } from '../../store/read-items.ts'
import type { Customer } from '../customer/customer.ts'
import { partitionsOf } from '../customer/partitions.ts'
import { activities, activitiesOf } from './activity.table.ts'
import { type Activity, sortId } from './activity.ts'

/** The activity of an item in its place; undefined where one stood before its time was corrected: a pointer has its place. */
function inPlace(item: Item): Activity | undefined {
  const activity = recordOf(activities, item)
  return sortId(activity) === activity.id ? activity : undefined
}

/** Items of a customer's activities as activities, in their order. One BatchGet when the time of one was corrected. */
export async function activitiesIn(ctx: Context, items: Item[], options: ReadOptions = {}): Promise<Activity[]> {
  const pointed = (item: Item) => (item.entity === 'pointer' ? (item.ref as string) : undefined)
  const moved = items.flatMap((item) => pointed(item) ?? []).map((id) => ({ entity: activities, id }))
  const found = await findMany(ctx, moved, options)
  return items.flatMap((item) => {
    const id = pointed(item)
    return (id ? (found?.get(id) as Activity | undefined) : inPlace(item)) ?? []
  })
}

const step = 5

type Counts = (activity: Activity) => boolean

/** The time of the latest activity that counts in one partition. */
async function latestIn(ctx: Context, partition: string, counts: Counts): Promise<string | undefined> {
  const range = activitiesOf(partition, true)
  let after: string | undefined
  for (;;) {
    const { items, more } = await queryPage(ctx, range, { limit: step, after, consistent: true })
    const latest = (await activitiesIn(ctx, items, { consistent: true })).find(counts)
    if (latest || !more || items.length === 0) return latest?.at
    after = items.at(-1)!.sk as string
  }
}

/** When the latest activity that `counts` took place, apart from one that is about to change. One Query as a rule. */
export async function latestContact(
  ctx: Context,
  customer: Customer,
  except?: Activity,
  counts: Counts = () => true,
): Promise<string | undefined> {
  const others: Counts = (activity) => activity.id !== except?.id && counts(activity)
  const latest = await Promise.all(partitionsOf(customer).map((id) => latestIn(ctx, id, others)))
  return latest
    .filter((at) => at !== undefined)
    .sort()
    .at(-1)
}
