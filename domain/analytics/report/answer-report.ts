import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { type FileAnswer, fileAnswer } from '../../kernel/file-answer.ts'
import { type Labels, nameRows, shownName } from './labels.ts'
import { inOrder, pageRows, type RowOrder } from './page-rows.ts'
import { isPeriodUnit } from './period.ts'
import { type ReportFormat, reportFiles } from './report.ts'
import { reportChart } from './report-chart.ts'
import { reportSheet } from './report-sheet.ts'
import { type SummedReport, type SummedRow, shownSums } from './summed.ts'

/** How the caller wants it: a page of JSON, or all of it as a file. */
interface Asked {
  format: ReportFormat
  limit: number
  cursor?: string | undefined
}

/** A sheet with more would not be read by people; two groupings of much make that many. */
const mostSheetRows = 20_000

const orderOf = ({ groupBy }: SummedReport): RowOrder => (groupBy.some((group) => isPeriodUnit(group)) ? 'key' : 'greatest')

const weighed = (report: SummedReport): (SummedRow & { weight: number })[] =>
  report.rows.map((row) => ({ ...row, weight: row.sums[report.main] ?? 0 }))

/**
 * The report as it was asked for. Rows by periods follow time, others are the greatest first; the total is of all rows,
 * whichever page is shown. `beside` stands beside the rows, `figures` beside the figures of each row and of the whole.
 */
export async function answerReport<T extends object>(
  ctx: Context,
  report: SummedReport,
  asked: Asked,
  labels: Record<string, Labels>,
  more: { beside?: object; figures?: object } = {},
): Promise<T | FileAnswer> {
  const order = orderOf(report)
  if (asked.format !== 'json') return reportFile(ctx, report, inOrder(weighed(report), order), asked.format, labels)
  const { name, groupBy, currency, about } = report
  const operation = `report ${name}`
  const { rows, page } = pageRows(ctx, weighed(report), { operation, asked: report.asked, order, limit: asked.limit, cursor: asked.cursor })
  const names = await nameRows(ctx, groupBy, rows, labels)
  const figuresOf = (sums: SummedReport['total']) => ({ ...shownSums(report, sums), ...more.figures })
  const shown = rows.map((row, i) => ({ ...shownName(names[i]!), ...figuresOf(row.sums) }))
  return { ...about, groupBy, currency, total: figuresOf(report.total), ...more.beside, rows: shown, page } as T
}

async function reportFile(
  ctx: Context,
  report: SummedReport,
  rows: SummedRow[],
  format: 'xlsx' | 'svg',
  labels: Record<string, Labels>,
): Promise<FileAnswer> {
  if (rows.length > mostSheetRows)
    throw new Problem(
      'malformed',
      'report.too-large',
      `This report has ${rows.length} rows; a file takes ${mostSheetRows}. Ask for a shorter span or one grouping.`,
    )
  const words = (await nameRows(ctx, report.groupBy, rows, labels)).map((names) => names.map(({ label }) => label))
  const days = 'asOf' in report.about ? report.about.asOf : `${report.about.from}-${report.about.to}`
  const name = `${report.name}-${days}`
  if (format === 'xlsx')
    return fileAnswer({ name: `${name}.xlsx`, contentType: reportFiles[0], content: await reportSheet(ctx, report, rows, words) })
  return fileAnswer({ name: `${name}.svg`, contentType: reportFiles[1], content: await reportChart(ctx, report, rows, words) })
}
