import type { Context } from '../../kernel/context.ts'
import { localDate } from '../../kernel/dates.ts'
import type { FileAnswer } from '../../kernel/file-answer.ts'
import { type Activity, activitiesBetween } from '../../parties/index.ts'
import { answerReport } from '../report/answer-report.ts'
import { kindLabels, repLabels } from '../report/labels.ts'
import { periodOf } from '../report/period.ts'
import { spanOf } from '../report/span.ts'
import { summing } from '../report/summed.ts'
import type { ActivityGroup, ActivityReport, ActivityReportQuery } from './activity-report.ts'

/** A report of more days reads too much. */
const mostDays = 366

const keyOf = (group: ActivityGroup, { authorId, kind }: Activity, day: string): string => {
  if (group === 'rep') return authorId
  return group === 'kind' ? kind : periodOf(day, group)
}

/** Calls, visits and the like by who logged them, by kind and by day in the tenant's zone. */
export async function reportActivities(
  ctx: Context,
  { groupBy, from, to, ...asked }: ActivityReportQuery,
): Promise<ActivityReport | FileAnswer> {
  const span = spanOf(ctx, { from, to }, mostDays)
  const sums = summing(['count'])
  for await (const page of activitiesBetween(ctx, span))
    for (const activity of page) {
      const day = localDate(activity.at, ctx.tenant.timeZone)
      sums.add(
        groupBy.map((group) => keyOf(group, activity, day)),
        { count: 1 },
      )
    }
  const report = {
    name: 'activities',
    asked: { ...span, groupBy },
    about: span,
    groupBy,
    currency: null,
    figures: [{ name: 'count', kind: 'count' as const }],
    main: 'count',
    total: sums.total,
    rows: [...sums.rows.values()],
  }
  return answerReport(ctx, report, asked, { rep: repLabels, kind: kindLabels }, { figures: { amount: null } })
}
