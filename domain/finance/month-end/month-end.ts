import type { OpenBalances, OpenChange } from '../ledger/open-change.ts'

/**
 * What was open at the end of each month, so that a day years ago is read from the end of its month instead of from today with
 * everything since taken back (docs/adr/0011).
 */

/** Where a month's end is written: under the moment up to which postings were counted for it, in so many items. */
export interface MonthEnd {
  cut: string
  chunks: number
}

/** Months by their names `YYYY-MM`. */
type MonthEndsByName = Record<string, MonthEnd>

/** What is known of all months of a tenant. */
export interface MonthEnds {
  version: number
  /** Postings that were entered up to this moment are counted in every month, later ones in none. */
  cut: string
  /** The last month that is counted. */
  through: string
  /** The months in which something moved; what is open at the end of another is what was at the end of the one before. */
  months: MonthEndsByName
  /** Changes of months behind `through` by postings that stand under an even later one. */
  ahead: OpenChange[]
  /** What was written anew since and is deleted by the next run: somebody may be reading it. */
  stale: [month: string, end: MonthEnd][]
  /** A counting that goes on: which months are still to be done, and where the others were written. */
  building?: { cut: string; through: string; todo: string[]; done: MonthEndsByName }
}

/** A month's end as it is read. */
export interface CountedMonth {
  open: OpenBalances
  /** Changes of days of the month by postings that stand under a later one: nobody finds them in the month's ledger. */
  strays: OpenChange[]
}

/** The last of the months named that is not behind another. */
export const lastUpTo = (months: MonthEndsByName, month: string): string | undefined =>
  Object.keys(months)
    .filter((name) => name <= month)
    .sort()
    .at(-1)

export const monthOf = (day: string): string => day.slice(0, 7)

/** The month before that of a day or moment. */
export function monthBefore(day: string): string {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return month === 1 ? `${String(year - 1).padStart(4, '0')}-12` : `${String(year).padStart(4, '0')}-${String(month - 1).padStart(2, '0')}`
}

/** What is open of something is nothing any more. */
export const isNothing = ({ amount, balance }: { amount: number; balance: number }): boolean => amount === 0 && balance === 0
