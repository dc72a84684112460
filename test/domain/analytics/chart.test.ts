import { describe, expect, test } from 'vitest'
import { chartOf, mostCategories, mostSeries } from '../../../domain/analytics/chart/chart.ts'
import { reportChart } from '../../../domain/analytics/report/report-chart.ts'
import type { SummedReport } from '../../../domain/analytics/report/summed.ts'
import type { Context } from '../../../domain/kernel/context.ts'

const words = { title: 't', subtitle: 's', locale: 'en', kind: 'bars', digits: 0, name: 'Amount' } as const
const named = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, i) => ({ category: `c${i}`, value: 1000 - i, ...more }))
const sumOf = ({ series }: ReturnType<typeof chartOf>) => series.flatMap(({ values }) => values).reduce((sum, value) => sum + value, 0)

describe('a chart', () => {
  test('shows all, the greatest first, while there is room', () => {
    expect(
      chartOf(
        [
          { category: 'a', value: 1 },
          { category: 'b', value: 3 },
          { category: 'a', value: 1 },
        ],
        words,
      ),
    ).toMatchObject({
      categories: ['b', 'a'],
      series: [{ name: 'Amount', values: [3, 2] }],
    })
  })

  test('puts what there is no room for together at the end, so that it holds all of it', () => {
    const rows = named(mostCategories.bars + 3)
    const chart = chartOf(rows, words)

    expect(chart.categories.slice(-2)).toEqual(['c19', 'Others'])
    expect(chart.series[0]!.values.at(-1)).toBe(980 + 979 + 978)
  })

  test('has one place for the others where something is called so itself', () => {
    const chart = chartOf([{ category: 'Others', value: 5000 }, ...named(mostCategories.bars)], words)

    expect(chart.categories.filter((category) => category === 'Others')).toHaveLength(1)
    expect([chart.categories.at(-1), chart.series[0]!.values.at(-1)]).toEqual(['Others', 5000 + 981])
  })

  test('stacks the greatest series, and the others as one', () => {
    const rows = Array.from({ length: mostSeries + 2 }, (_, i) => ({ category: 'a', series: `s${i}`, value: 10 - i }))
    const chart = chartOf(rows, words)

    expect(chart.series.map(({ name }) => name)).toEqual([...rows.slice(0, mostSeries - 1).map(({ series }) => series), 'Others'])
    expect(sumOf(chart)).toBe(rows.reduce((sum, { value }) => sum + value, 0))
  })

  test('along time keeps the order of the days, the last of them, and leaves out what lies before', () => {
    const categories = Array.from({ length: mostCategories.columns + 1 }, (_, i) => `d${i}`)
    const chart = chartOf(
      [
        { category: 'd0', value: 7 },
        { category: 'd2', value: 2 },
      ],
      { ...words, kind: 'columns', categories },
    )

    expect([chart.categories[0], chart.categories.length, sumOf(chart)]).toEqual(['d1', mostCategories.columns, 2])
  })
})

describe('a report as a picture', () => {
  const ctx = { tenant: { locale: 'en', currency: 'CNY' } } as Context
  const report: SummedReport = {
    ...{ name: 'sales-ordered', asked: {}, about: { from: '2026-01-01', to: '2026-03-31' }, groupBy: ['rep', 'month'], currency: 'CNY' },
    ...{
      figures: [
        { name: 'amount', kind: 'money' },
        { name: 'count', kind: 'count' },
      ],
      main: 'amount',
      total: {},
      rows: [],
    },
  }
  const row = (amount: number | null) => ({ key: [], sums: { amount, count: 1 } })
  const picture = async (more: Partial<SummedReport>, words: string[][], amounts: (number | null)[]) =>
    (await reportChart(ctx, { ...report, ...more }, amounts.map(row) as never, words)).replace(/<[^>]*>/g, '|')

  test('of two groupings stands along time, with the other one stacked, in the currency of the books', async () => {
    const shown = await picture(
      {},
      [
        ['Li', '2026-01'],
        ['Wang', '2026-03'],
      ],
      [123456, 2_000_000],
    )

    expect(shown).toMatch(/2026-01[|\s]+2026-02[|\s]+2026-03/)
    expect(shown).toContain('CNY')
    expect([shown.includes('Li'), shown.includes('Wang'), shown.includes('20K'), shown.includes('1,235')]).toEqual([true, true, true, true])
  })

  test('as of a day, of one figure that is counted, lies in bars, and an unknown one counts nothing', async () => {
    const about = { about: { asOf: '2026-11-20' }, groupBy: ['customer'], main: 'count' }

    expect(await picture(about, [['Mingda']], [null])).toMatch(/Mingda/)
    expect(await picture({ ...about, groupBy: [], main: 'amount' }, [[]], [null])).toMatch(/Total/)
  })
})
