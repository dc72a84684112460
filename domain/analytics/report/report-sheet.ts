import type { Context } from '../../kernel/context.ts'
import type { Cell } from '../../kernel/transfer-kind.ts'
import { writeXlsx } from '../../platform/index.ts'
import { reportTexts } from './report-texts.ts'
import { numberOf, type SummedReport, type SummedRow } from './summed.ts'

/** All rows of a report as a sheet: keys where people know them, words, figures as numbers, the total at the end. */
export async function reportSheet(ctx: Context, report: SummedReport, rows: SummedRow[], words: string[][]): Promise<Uint8Array> {
  const texts = reportTexts[ctx.tenant.locale]
  const unit = report.currency ? ` (${report.currency})` : ''
  const headings = [
    ...report.groupBy.map((group) => texts.groups[group] ?? group),
    ...report.figures.map(({ name, kind }) => `${texts.figures[name] ?? name}${kind === 'money' ? unit : ''}`),
  ]
  const figures = (sums: SummedRow['sums']): Cell[] => report.figures.map((figure) => numberOf(report, figure, sums[figure.name]))
  async function* cells(): AsyncGenerator<Cell[]> {
    for (const [i, row] of rows.entries()) yield [...words[i]!, ...figures(row.sums)]
    yield [texts.total, ...report.groupBy.slice(1).map(() => null), ...figures(report.total)]
  }
  const pieces: Uint8Array[] = []
  for await (const piece of writeXlsx(texts.titles[report.name] ?? report.name, headings, cells())) pieces.push(piece)
  return Buffer.concat(pieces)
}
