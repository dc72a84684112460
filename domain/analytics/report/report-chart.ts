import type { Context } from '../../kernel/context.ts'
import { digitsOf } from '../../kernel/money.ts'
import { chartOf } from '../chart/chart.ts'
import { isPeriodUnit, periodsBetween } from './period.ts'
import { reportTexts } from './report-texts.ts'
import { numberOf, type SummedReport, type SummedRow } from './summed.ts'

/**
 * The report as a picture: columns along time, bars for everything else, a second grouping stacked. Echarts is loaded when
 * the first picture is asked for: it is the greater part of this function.
 */
export async function reportChart(ctx: Context, report: SummedReport, rows: SummedRow[], words: string[][]): Promise<string> {
  const { renderChart } = await import('../chart/render-chart.ts')
  const texts = reportTexts[ctx.tenant.locale]
  const figure = report.figures.find(({ name }) => name === report.main)!
  const time = report.groupBy.findIndex((group) => isPeriodUnit(group))
  const axis = Math.max(time, 0)
  const other = report.groupBy.length > 1 ? 1 - axis : undefined
  const drawn = rows.map((row, i) => ({
    category: words[i]![axis] ?? texts.total,
    ...(other === undefined ? {} : { series: words[i]![other]! }),
    value: numberOf(report, figure, row.sums[figure.name]) ?? 0,
  }))
  const unit = report.groupBy[axis]
  const periods =
    'from' in report.about && unit !== undefined && isPeriodUnit(unit)
      ? { categories: periodsBetween(report.about.from, report.about.to, unit) }
      : {}
  const days = 'asOf' in report.about ? texts.asOf(report.about.asOf) : texts.span(report.about.from, report.about.to)
  const chart = chartOf(drawn, {
    title: `${texts.titles[report.name] ?? report.name} ${texts.by(report.groupBy.map((group) => texts.groups[group] ?? group))}`,
    subtitle: [days, figure.kind === 'money' ? report.currency : texts.figures[figure.name]].filter(Boolean).join(' · '),
    locale: ctx.tenant.locale,
    kind: time >= 0 ? 'columns' : 'bars',
    digits: figure.kind === 'money' ? digitsOf(report.currency!) : 0,
    name: texts.figures[figure.name] ?? figure.name,
    ...periods,
  })
  return renderChart(chart)
}
