import type { Context } from '../../kernel/context.ts'
import { recordOf } from '../../store/entity.ts'
import { type Item, queryPage } from '../../store/query.ts'
import { findMany, type ReadOptions } from '../../store/read.ts'
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
  const found = moved.length > 0 ? await findMany(ctx, moved, options) : undefined
  return items.flatMap((item) => {
    const id = pointed(item)
    return (id ? (found?.get(id) as Activity | undefined) : inPlace(item)) ?? []
  })
}

const step = 5

/** When the latest activity that `counts` took place, apart from one that is about to change. One Query as a rule. */
export async function latestContact(
  ctx: Context,
  customerId: string,
  except: Activity,
  counts: (activity: Activity) => boolean,
): Promise<string | undefined> {
  const range = activitiesOf(customerId, true)
  let after: string | undefined
  for (;;) {
    const { items, more } = await queryPage(ctx, range, { limit: step, after, consistent: true })
    const found = await activitiesIn(ctx, items, { consistent: true })
    const latest = found.find((activity) => activity.id !== except.id && counts(activity))
    if (latest || !more || items.length === 0) return latest?.at
    after = items.at(-1)!.sk as string
  }
}
