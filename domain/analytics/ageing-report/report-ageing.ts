import { type Ageing, buckets } from '../../finance/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { type FileAnswer, fileAnswer } from '../../kernel/file-answer.ts'
import { money } from '../../kernel/money.ts'
import { customerLabels, type Named, nameRows, repLabels } from '../report/labels.ts'
import { inOrder, pageRows } from '../report/page-rows.ts'
import { type RowKey, reportFiles } from '../report/report.ts'
import { reportSheet } from '../report/report-sheet.ts'
import type { SummedReport } from '../report/summed.ts'
import { ageingChart } from './ageing-chart.ts'
import type { AgeingReport, AgeingReportQuery } from './ageing-report.ts'
import { sumAgeing, totalsOfToday, visibleOpen } from './read-ageing.ts'

/** Money figures in the order in which people read them. */
const moneyFigures = ['notDue', ...buckets, 'unallocated', 'outstanding'] as const

const shown = (ageing: Ageing, currency: string) => ({
  ...(Object.fromEntries(moneyFigures.map((name) => [name, money(ageing[name], currency)])) as Record<
    (typeof moneyFigures)[number],
    ReturnType<typeof money>
  >),
  count: ageing.count,
  overdueCount: ageing.overdueCount,
})

/** How old what is owed is, as of any day: by customer, by rep or in total; who owes most first. */
export async function reportAgeing(
  ctx: Context,
  { asOf = today(ctx), groupBy, ageBy, ...asked }: AgeingReportQuery,
): Promise<AgeingReport | FileAnswer> {
  const { currency } = ctx.tenant
  const kept = groupBy === 'total' && ageBy === 'dueOn' ? await totalsOfToday(ctx, asOf) : undefined
  const sums = kept ?? sumAgeing(await visibleOpen(ctx, asOf, { byOwner: groupBy === 'rep' }), { asOf, ageBy, groupBy, base: currency })
  const rows = [...sums.byKey].map(([key, ageing]) => ({ key: [key], weight: ageing.outstanding, ageing }))
  if (asked.format !== 'json') return ageingFile(ctx, { asOf, groupBy, total: sums.total, rows: inOrder(rows, 'greatest') }, asked.format)
  const page = pageRows(ctx, rows, { operation: 'report receivables-ageing', asked: { asOf, groupBy, ageBy }, order: 'greatest', ...asked })
  const names = await namesOf(ctx, groupBy, page.rows)
  return {
    asOf,
    groupBy,
    ageBy,
    currency,
    total: shown(sums.total, currency),
    byCurrency: [...sums.byCurrency]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, ageing]) => ({ currency: code, ...shown(ageing, code) })),
    rows: page.rows.map(({ ageing }, i) => ({ ...names[i]!, ...shown(ageing, currency) })),
    page: page.page,
  }
}

const namesOf = async (ctx: Context, groupBy: string, rows: { key: RowKey }[]): Promise<Named[]> =>
  (await nameRows(ctx, [groupBy], rows, { customer: customerLabels, rep: repLabels })).map(([name]) => name!)

interface AgeingRows {
  asOf: string
  groupBy: string
  total: Ageing
  rows: { key: RowKey; ageing: Ageing }[]
}

async function ageingFile(ctx: Context, { asOf, groupBy, total, rows }: AgeingRows, format: 'xlsx' | 'svg'): Promise<FileAnswer> {
  const names = await namesOf(ctx, groupBy, rows)
  const name = `receivables-ageing-${asOf}`
  const labelled = rows.map(({ ageing }, i) => ({ label: names[i]!.label, ageing }))
  if (format === 'svg')
    return fileAnswer({ name: `${name}.svg`, contentType: reportFiles[1], content: await ageingChart(ctx, asOf, total, labelled) })
  const report: SummedReport = {
    name: 'receivables-ageing',
    asked: {},
    about: { asOf },
    groupBy: groupBy === 'total' ? [] : [groupBy],
    currency: ctx.tenant.currency,
    figures: [
      ...moneyFigures.map((figure) => ({ name: figure, kind: 'money' as const })),
      ...(['count', 'overdueCount'] as const).map((figure) => ({ name: figure, kind: 'count' as const })),
    ],
    main: 'outstanding',
    total: { ...total },
    rows: rows.map(({ key, ageing }) => ({ key, sums: { ...ageing } })),
  }
  const words = labelled.map(({ label }) => [label])
  return fileAnswer({ name: `${name}.xlsx`, contentType: reportFiles[0], content: await reportSheet(ctx, report, report.rows, words) })
}
