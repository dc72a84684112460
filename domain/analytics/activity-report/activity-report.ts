import * as z from 'zod'
import { groupingOf, pageQuery, reportShape, spanQuery } from '../report/report.ts'

const groups = ['rep', 'kind', 'day', 'week', 'month'] as const
export type ActivityGroup = (typeof groups)[number]

export const ActivityReportQuery = z.object({ ...spanQuery, groupBy: groupingOf(groups).prefault('rep'), ...pageQuery })
export type ActivityReportQuery = z.output<typeof ActivityReportQuery>

export const ActivityReport = reportShape('ActivityReport', {})
export type ActivityReport = z.input<typeof ActivityReport>
