import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { Money } from '../../kernel/money.ts'
import { byCurrency, groupingOf, pageOfRows, pageQuery, reportShape, spanQuery } from '../report/report.ts'

const groups = ['method', 'rep', 'team', 'customer', 'day', 'week', 'month', 'year'] as const
export type ReceiptGroup = (typeof groups)[number]

export const ReceiptReportQuery = z.object({
  ...spanQuery,
  groupBy: groupingOf(groups).prefault('method'),
  ...pageQuery,
  detailCursor: z.string().max(4000).optional().meta({ description: 'detailPage.next of the former page.' }),
  sheet: z.enum(['rows', 'details']).default('rows').meta({ description: 'What a sheet has: the sums, or every receipt by itself.' }),
})
export type ReceiptReportQuery = z.output<typeof ReceiptReportQuery>

const Detail = z
  .object({
    receiptId: z.string(),
    number: z.string(),
    on: BusinessDate,
    kind: z.enum(['receipt', 'refund', 'reversal', 'dishonour']),
    method: z.string(),
    customerId: z.string().nullable().meta({ description: 'null while nobody knows who paid.' }),
    customer: z.string().nullable(),
    repId: z.string().nullable(),
    rep: z.string().nullable(),
    amount: Money.meta({ description: 'In the currency of the receipt; below zero for money that went out again.' }),
    baseAmount: Money.meta({ description: 'The same in the currency of the firm, at the rate of the receipt.' }),
  })
  .meta({ id: 'ReceiptReportDetail' })

export const ReceiptReport = reportShape('ReceiptReport', {})
  .extend({
    byCurrency,
    details: z.array(Detail).max(1000).meta({ description: 'Every receipt of these days, and what went out again, by day.' }),
    detailPage: pageOfRows,
  })
  .meta({ id: 'ReceiptReport' })
export type ReceiptReport = z.input<typeof ReceiptReport>
export type ReceiptDetail = z.input<typeof Detail>
