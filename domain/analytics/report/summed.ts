import { digitsOf, money } from '../../kernel/money.ts'
import { keyText, type RowKey } from './report.ts'

/** A figure of a report: a number of things, or money in minor units of the report's currency. */
export interface Figure {
  name: string
  kind: 'count' | 'money'
}

/** The figures of a row or of the whole, by their names; null where the reader may not see one. */
type Sums = Record<string, number | null>

export interface SummedRow {
  key: RowKey
  sums: Sums
}

/** A report as numbers, before it becomes JSON, a sheet or a picture. */
export interface SummedReport {
  /** Its name in the address. */
  name: string
  /** What it was asked for, which a cursor is bound to. */
  asked: object
  /** The words below its title: the span or the day. */
  about: { from: string; to: string } | { asOf: string }
  groupBy: string[]
  currency: string | null
  figures: Figure[]
  /** The figure that rows are ordered by and charts show. */
  main: string
  total: Sums
  rows: SummedRow[]
}

/** Adds things to rows by their key, and to the whole. Figures in `maybeUnknown` are null until one is known. */
export function summing(names: readonly string[], maybeUnknown: readonly string[] = []) {
  const nothing = (): Sums => Object.fromEntries(names.map((name) => [name, maybeUnknown.includes(name) ? null : 0]))
  const [total, rows] = [nothing(), new Map<string, SummedRow>()]
  const addTo = (sums: Sums, values: Sums) => {
    for (const name of names) {
      const value = values[name] ?? null
      if (value !== null) sums[name] = (sums[name] ?? 0) + value
    }
  }
  return {
    total,
    rows,
    /** To a row alone: where one thing belongs to several rows, the whole counts it once. */
    addRow(key: RowKey, values: Sums): void {
      const text = keyText(key)
      const row = rows.get(text) ?? { key, sums: nothing() }
      rows.set(text, row)
      addTo(row.sums, values)
    },
    addTotal(values: Sums): void {
      addTo(total, values)
    },
    add(key: RowKey, values: Sums): void {
      this.addRow(key, values)
      addTo(total, values)
    },
  }
}

/** Figures as the API answers them: money with its currency, counts as they are. */
export const shownSums = ({ figures, currency }: Pick<SummedReport, 'figures' | 'currency'>, sums: Sums): object =>
  Object.fromEntries(
    figures.map(({ name, kind }) => {
      const value = sums[name] ?? null
      return [name, kind === 'money' && value !== null ? money(value, currency!) : value]
    }),
  )

/** A figure as a number for sheets and pictures. */
export function numberOf({ currency }: Pick<SummedReport, 'currency'>, figure: Figure, value: number | null | undefined): number | null {
  if (value === null || value === undefined) return null
  return figure.kind === 'money' ? value / 10 ** digitsOf(currency!) : value
}
