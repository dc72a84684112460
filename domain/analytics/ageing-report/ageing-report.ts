import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { Currency, Money } from '../../kernel/money.ts'
import { pageOfRows, pageQuery } from '../report/report.ts'

const ageingGroups = ['customer', 'rep', 'total'] as const

export const AgeingReportQuery = z.object({
  asOf: BusinessDate.optional().meta({ description: 'Any day; left out: today. Postings dated later are left out of account.' }),
  groupBy: z.enum(ageingGroups).default('customer').meta({ description: '`rep` is the owner of the customer; `total` answers no rows.' }),
  ageBy: z
    .enum(['dueOn', 'issuedOn'])
    .default('dueOn')
    .meta({ description: 'What days are counted from. By issuedOn nothing is not due, and the first bucket is 0 to 30 days.' }),
  ...pageQuery,
})
export type AgeingReportQuery = z.output<typeof AgeingReportQuery>

/** The figures, each shown with what it is. */
const ageingFigures = {
  notDue: Money.meta({ description: 'Due on the day itself or later.' }),
  d1to30: Money.meta({ description: '1 to 30 days overdue.' }),
  d31to60: Money,
  d61to90: Money,
  d91to180: Money,
  over180: Money,
  unallocated: Money.meta({ description: 'Receipts and credit notes that were not allocated.' }),
  outstanding: Money.meta({ description: 'notDue and the buckets, less unallocated.' }),
  count: z.int().meta({ description: 'Open receivables.' }),
  overdueCount: z.int().meta({ description: 'Of them overdue.' }),
}

const AgeingShown = z.object(ageingFigures).meta({ id: 'Ageing' })

export const AgeingReport = z
  .object({
    asOf: BusinessDate,
    groupBy: z.enum(ageingGroups),
    ageBy: z.enum(['dueOn', 'issuedOn']),
    currency: Currency,
    total: AgeingShown,
    byCurrency: z
      .array(AgeingShown.extend({ currency: Currency }))
      .max(200)
      .meta({ description: 'The same by the currency of the documents, in that currency; empty while all are in that of the firm.' }),
    rows: z
      .array(AgeingShown.extend({ key: z.string().nullable(), label: z.string() }))
      .max(1000)
      .meta({ description: 'Who owes most first.' }),
    page: pageOfRows,
  })
  .meta({ id: 'AgeingReport' })
export type AgeingReport = z.input<typeof AgeingReport>
