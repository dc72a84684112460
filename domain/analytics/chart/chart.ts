import type { Locale } from '../../kernel/text.ts'

/** What a chart shows, as plain data: sums under categories, one series or several that are stacked. */
export interface Chart {
  title: string
  /** Below the title: the span and the unit. */
  subtitle: string
  locale: Locale
  /** `columns` stand side by side, as periods do; `bars` lie under one another and leave room for names. */
  kind: 'columns' | 'bars'
  categories: string[]
  series: { name: string; values: number[]; colour?: string }[]
  /** Decimals that values are written with. */
  digits: number
}

/** More would not be read. */
export const mostCategories = { columns: 60, bars: 20 } as const
export const mostSeries = 8

interface ChartRow {
  /** Its place on the axis, and the series it belongs to where there are two groupings. */
  category: string
  series?: string
  value: number
}

const othersOf = { 'zh-CN': '其他', en: 'Others' } as const

/** The greatest by their sum, in that order, and whether any were left out. */
function greatest(rows: ChartRow[], nameOf: (row: ChartRow) => string, most: number): { names: string[]; isMore: boolean } {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(nameOf(row), (sums.get(nameOf(row)) ?? 0) + row.value)
  const sorted = [...sums].sort((a, b) => b[1] - a[1]).map(([name]) => name)
  return { names: sorted.slice(0, most), isMore: sorted.length > most }
}

/** The greatest, and behind them all others as one; something may be called so itself. */
const withOthers = ({ names, isMore }: ReturnType<typeof greatest>, others: string): string[] =>
  isMore ? [...names.filter((name) => name !== others), others] : names

/**
 * A chart of the rows of a report. What is too much to be read is summed under "others", so that the picture holds all of it;
 * `categories` names the places of the axis where they have an order of their own.
 */
export function chartOf(
  rows: ChartRow[],
  {
    categories,
    name,
    ...words
  }: Pick<Chart, 'title' | 'subtitle' | 'locale' | 'kind' | 'digits'> & { categories?: string[]; name: string },
): Chart {
  const others = othersOf[words.locale]
  const found = greatest(rows, (row) => row.category, mostCategories[words.kind])
  const shown = categories ? categories.slice(-mostCategories[words.kind]) : withOthers(found, others)
  const placeOf = new Map(shown.map((category, i) => [category, i]))
  const many = greatest(rows, (row) => row.series ?? name, mostSeries - 1)
  const series = new Map(withOthers(many, others).map((name) => [name, Array.from({ length: shown.length }, () => 0)]))
  for (const row of rows) {
    const place = placeOf.get(row.category) ?? (categories ? undefined : placeOf.get(others))
    const values = series.get(row.series ?? name) ?? series.get(others)
    if (place !== undefined && values) values[place]! += row.value
  }
  return { ...words, categories: shown, series: [...series].map(([name, values]) => ({ name, values })) }
}
