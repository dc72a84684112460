import { type Ageing, type Bucket, buckets } from '../../finance/index.ts'
import type { Context } from '../../kernel/context.ts'
import { digitsOf } from '../../kernel/money.ts'
import type { Chart } from '../chart/chart.ts'
import { reportTexts } from '../report/report-texts.ts'

/** From what is not due to what will hardly be paid: green over yellow to a dark red. */
const colours: Record<Bucket | 'notDue', string> = {
  notDue: '#12805c',
  d1to30: '#fac515',
  d31to60: '#f79009',
  d61to90: '#e04f16',
  d91to180: '#b42318',
  over180: '#7a0916',
}

const mostBars = 20

/** A bar for each of those who owe most, stacked by age; in total alone a column for each age. */
export async function ageingChart(ctx: Context, asOf: string, total: Ageing, rows: { label: string; ageing: Ageing }[]): Promise<string> {
  const { renderChart } = await import('../chart/render-chart.ts')
  const { locale, currency } = ctx.tenant
  const texts = reportTexts[locale]
  const digits = digitsOf(currency)
  const ages = ['notDue', ...buckets] as const
  const value = (ageing: Ageing, age: (typeof ages)[number]) => ageing[age] / 10 ** digits
  const owed = rows.filter(({ ageing }) => ages.some((age) => ageing[age] !== 0)).slice(0, mostBars)
  const words = { title: texts.titles['receivables-ageing']!, subtitle: `${texts.asOf(asOf)} · ${currency}`, locale, digits }
  const chart: Chart =
    owed.length > 0
      ? {
          ...words,
          kind: 'bars',
          categories: owed.map(({ label }) => label),
          series: ages.map((age) => ({
            name: texts.figures[age]!,
            colour: colours[age],
            values: owed.map(({ ageing }) => value(ageing, age)),
          })),
        }
      : {
          ...words,
          kind: 'columns',
          categories: ages.map((age) => texts.figures[age]!),
          series: [{ name: texts.figures.amount!, values: ages.map((age) => value(total, age)) }],
        }
  return renderChart(chart)
}
