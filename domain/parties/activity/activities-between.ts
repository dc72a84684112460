import { visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays, startOfLocalDay } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { recordOf } from '../../store/entity.ts'
import { queryPages, type Range } from '../../store/query.ts'
import { activities, activitiesBy, allActivities } from './activity.table.ts'
import type { Activity } from './activity.ts'

/** A report of more would take long and cost much. */
const mostActivities = 50_000

/**
 * The activities of some days of the tenant, page by page, of the authors whom the actor sees. 400 `report.too-large` when
 * there are more than a report takes.
 */
export async function* activitiesBetween(ctx: Context, { from, to }: { from: string; to: string }): AsyncGenerator<Activity[]> {
  const owners = await visibleOwners(ctx)
  const zone = ctx.tenant.timeZone
  const end = startOfLocalDay(addDays(to, 1), zone)
  const span = { from: startOfLocalDay(from, zone), to: end }
  const ranges: Range[] =
    owners === 'all'
      ? [{ ...span, index: 'gsi1', partition: allActivities }]
      : [...owners].map((authorId) => ({ ...span, index: 'gsi2', partition: activitiesBy(authorId) }))
  let count = 0
  for (const range of ranges)
    for await (const items of queryPages(ctx, range)) {
      count += items.length
      if (count > mostActivities)
        throw new Problem(
          'malformed',
          'report.too-large',
          `There are more than ${mostActivities} activities in these days. Ask for fewer days.`,
        )
      yield items.map((item) => recordOf(activities, item)).filter(({ at }) => at < end)
    }
}
