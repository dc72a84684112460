import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { byCurrency, groupingOf, pageQuery, reportShape } from '../report/report.ts'

const groups = ['day', 'week', 'month', 'customer', 'rep'] as const

export const DueReportQuery = z.object({
  from: BusinessDate.optional().meta({ description: 'First due day; left out: today.' }),
  to: BusinessDate.optional().meta({ description: 'Last due day; left out: 30 days after `from`.' }),
  groupBy: groupingOf(groups).prefault('day'),
  ...pageQuery,
})
export type DueReportQuery = z.output<typeof DueReportQuery>

export const DueReport = reportShape('DueReport', {}).extend({ byCurrency }).meta({ id: 'DueReport' })
export type DueReport = z.input<typeof DueReport>
