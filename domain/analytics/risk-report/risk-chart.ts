import type { Context } from '../../kernel/context.ts'
import { digitsOf } from '../../kernel/money.ts'
import { mostCategories } from '../chart/chart.ts'
import { reportTexts } from '../report/report-texts.ts'
import type { AtRisk } from './report-risk.ts'
import { riskTexts } from './risk-sheet.ts'

/** A bar for each of the customers at risk who owe most: what is overdue, and what is not. */
export async function riskChart(ctx: Context, asOf: string, risks: AtRisk[]): Promise<string> {
  const { renderChart } = await import('../chart/render-chart.ts')
  const { locale, currency } = ctx.tenant
  const { title, headings, notDue } = riskTexts[locale]
  const digits = digitsOf(currency)
  const shown = [...risks].sort((a, b) => b.receivable - a.receivable).slice(0, mostCategories.bars)
  const values = (of: (risk: AtRisk) => number) => shown.map((risk) => of(risk) / 10 ** digits)
  return renderChart({
    title,
    subtitle: `${reportTexts[locale].asOf(asOf)} · ${currency}`,
    locale,
    digits,
    kind: 'bars',
    categories: shown.map(({ customer }) => customer.name),
    series: [
      { name: headings[2]!, colour: '#b42318', values: values(({ overdue }) => overdue) },
      { name: notDue, colour: '#12805c', values: values(({ receivable, overdue }) => receivable - overdue) },
    ],
  })
}
