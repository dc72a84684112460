import * as z from 'zod'
import { groupingOf, pageQuery, reportShape, spanQuery } from '../report/report.ts'

const groups = ['rep', 'team', 'day', 'week', 'month', 'year', 'customer'] as const
export type DeliveryGroup = (typeof groups)[number]

export const DeliveryReportQuery = z.object({ ...spanQuery, groupBy: groupingOf(groups).prefault('rep'), ...pageQuery })
export type DeliveryReportQuery = z.output<typeof DeliveryReportQuery>

const figure = (description: string) => z.int().meta({ description })

export const DeliveryReport = reportShape('DeliveryReport', {
  shipped: figure('Orders of which all has left, or that were closed after something did.'),
  shippedLate: figure('Of these, those of which the last left behind the latest day that was promised.'),
  unshipped: figure('Orders of which something is still to be shipped.'),
  unshippedLate: figure('Of these, those of which something should have left before today.'),
})
export type DeliveryReport = z.input<typeof DeliveryReport>
