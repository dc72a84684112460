import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { Currency, Money } from '../../kernel/money.ts'
import { pageOfRows, pageQuery } from '../report/report.ts'

export const RiskReportQuery = z.object(pageQuery)
export type RiskReportQuery = z.output<typeof RiskReportQuery>

const share = z.number().meta({ description: 'Part of the whole, from 0 to 1.' })

const Flag = z
  .discriminatedUnion('flag', [
    z.object({ flag: z.literal('concentration'), share, limit: share }),
    z.object({ flag: z.literal('over-overdue-limit'), overdue: Money, limit: Money }),
    z.object({ flag: z.literal('oldest-over-90'), days: z.int(), limit: z.int() }),
    z.object({ flag: z.literal('over-credit-limit'), exposure: Money, limit: Money }),
  ])
  .meta({ id: 'RiskFlag', description: 'What is wrong, with the figure and what it should stay within.' })

const sums = {
  outstanding: Money,
  overdue: Money.meta({ description: 'Of the receivables, what is over its due day.' }),
  count: z.int(),
  overdueCount: z.int(),
}

export const RiskReport = z
  .object({
    asOf: BusinessDate,
    currency: Currency,
    total: z.object(sums),
    concentration: z
      .object({ top1: share, top5: share, top10: share })
      .meta({ description: 'The share of those who owe most in all that is owed.' }),
    dso: z
      .object({
        days: z.number().nullable().meta({ description: 'null when nothing was sold in these 90 days.' }),
        open: Money.meta({ description: 'Open receivables.' }),
        sales: Money.meta({ description: 'What became owed in the last 90 days, with tax, less credits.' }),
      })
      .meta({ description: 'Days sales outstanding: open by sales, times 90.' }),
    rows: z
      .array(
        z.object({
          key: z.string().nullable(),
          label: z.string(),
          ...sums,
          share,
          oldestDays: z.int().meta({ description: 'Days that the oldest is overdue.' }),
          exposure: Money.nullable().meta({ description: 'null where there is no limit to it.' }),
          creditLimit: Money.nullable(),
          overdueLimit: Money.nullable(),
          flags: z.array(Flag).max(4),
        }),
      )
      .max(1000)
      .meta({ description: 'Customers with a flag; who owes most first.' }),
    page: pageOfRows,
  })
  .meta({ id: 'RiskReport' })
export type RiskReport = z.input<typeof RiskReport>
