import * as z from 'zod'
import { Money } from '../../kernel/money.ts'
import { byCurrency, groupingOf, pageQuery, reportShape, spanQuery } from '../report/report.ts'
import { salesBases } from './sales-fact.ts'

const groups = ['rep', 'team', 'day', 'week', 'month', 'year', 'region', 'customer', 'product'] as const
export type SalesGroup = (typeof groups)[number]

export const SalesReportQuery = z.object({
  basis: z.enum(salesBases).default('ordered').meta({
    description:
      'Orders by orderedOn, or shipments by shippedOn and returns by their day, both without tax; or money received, by receivedOn; by product as the goods that it paid for.',
  }),
  ...spanQuery,
  groupBy: groupingOf(groups).prefault('month'),
  ...pageQuery,
})
export type SalesReportQuery = z.output<typeof SalesReportQuery>

const margin = Money.nullable().meta({
  description:
    'Amount less cost, of lines whose cost is known; null where it is of none, for those who may not see costs, and of money received.',
})

export const SalesReport = reportShape('SalesReport', { margin })
  .extend({ basis: z.enum(salesBases), byCurrency })
  .meta({ id: 'SalesReport' })
export type SalesReport = z.input<typeof SalesReport>
