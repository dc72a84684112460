import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { Currency, Money } from '../../kernel/money.ts'

/** The shape of reports (api.md): rows under one key, or under two that nest in it as a list. */

const reportFormats = ['json', 'xlsx', 'svg'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** Content types of the files that a report may be asked for as. */
export const reportFiles = ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'image/svg+xml'] as const

const most = 1000

/** What every report takes besides its own: which page of the rows, and as what. */
export const pageQuery = {
  format: z.enum(reportFormats).default('json').meta({ description: 'JSON, all rows as a sheet, or a chart of the greatest.' }),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, 'limit is a whole number from 1 to 1000')
    .transform(Number)
    .pipe(z.int().min(1).max(most))
    .prefault('100')
    .meta({ description: 'How many rows to answer; the total is always of all. At most 1000, 100 when left out.' }),
  cursor: z.string().max(4000).optional().meta({ description: 'page.next of the former page. It belongs to the same report.' }),
}

/** What every report of a span of time takes. */
export const spanQuery = {
  from: BusinessDate.optional().meta({ description: 'First day; left out: the first of the month of `to`.' }),
  to: BusinessDate.optional().meta({ description: 'Last day; left out: today.' }),
}

/** One grouping or two, separated by a comma. */
export const groupingOf = <const G extends readonly [string, ...string[]]>(groups: G) =>
  z
    .string()
    .max(60)
    .regex(new RegExp(`^(${groups.join('|')})(,(${groups.join('|')}))?$`), `is one or two of ${groups.join(', ')}, separated by a comma`)
    .refine((text) => new Set(text.split(',')).size === text.split(',').length, 'names the same twice')
    .transform((text) => text.split(',') as G[number][])
    .meta({ description: `One or two of ${groups.join(', ')}, separated by a comma. Two nest in \`key\` as a list.` })

const Key = z.string().nullable()
const pageOfRows = z.object({
  next: z.string().max(4000).nullable().meta({ description: 'The cursor of the next rows; null at the end.' }),
})

const Figures = z.object({ count: z.int(), amount: Money.nullable() })

/** A report of amounts or of counts alone, in which amount and currency are null. */
export const reportShape = <F extends z.ZodRawShape>(name: string, figures: F) => {
  const sums = Figures.extend(figures)
  return z
    .object({
      from: BusinessDate,
      to: BusinessDate,
      groupBy: z.array(z.string()).max(2),
      currency: Currency.nullable(),
      total: sums,
      rows: z
        .array(
          sums.extend({
            key: z
              .union([Key, z.array(Key).max(2)])
              .meta({ description: 'What the row is of; a list where two groupings were asked for.' }),
            label: z.string().meta({ description: 'The key in words.' }),
          }),
        )
        .max(most),
      page: pageOfRows,
    })
    .meta({ id: name })
}

export { pageOfRows }

/** The sums of documents by their own currency. */
export const byCurrency = z
  .array(z.object({ currency: Currency, count: z.int(), amount: Money }))
  .max(200)
  .meta({ description: 'The same by the currency of the documents, in that currency; empty while all are in that of the firm.' })

/** What a row is of: one key of each grouping; null where there is none, such as the rep of what nobody owns. */
export type RowKey = readonly (string | null)[]

/** Texts of a key that tell rows apart and order them; what has no key comes last. */
export const keyText = (key: RowKey): string => key.map((part) => part ?? '\uffff').join('\u001f')
