import { addDays, weekday } from '../../kernel/dates.ts'

/** Periods that reports sum by; all of them are made of business dates of the tenant. */
const periodUnits = ['day', 'week', 'month', 'year'] as const
export type PeriodUnit = (typeof periodUnits)[number]

export const isPeriodUnit = (text: string): text is PeriodUnit => (periodUnits as readonly string[]).includes(text)

/** The period of a day: `2026-11-21`, `2026-W47` (ISO 8601: from Monday, the week of the year's first Thursday is week 1), `2026-11`, `2026`. */
export function periodOf(day: string, unit: PeriodUnit): string {
  if (unit === 'day') return day
  if (unit === 'month') return day.slice(0, 7)
  if (unit === 'year') return day.slice(0, 4)
  // The Thursday of a week says which year the week belongs to.
  const thursday = addDays(day, 4 - weekday(day))
  const year = thursday.slice(0, 4)
  const week = Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86_400_000 / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

/** First and last day of the period of a day. */
export function periodDays(day: string, unit: PeriodUnit): { from: string; to: string } {
  if (unit === 'day') return { from: day, to: day }
  if (unit === 'week') {
    const monday = addDays(day, 1 - weekday(day))
    return { from: monday, to: addDays(monday, 6) }
  }
  if (unit === 'year') return { from: `${day.slice(0, 4)}-01-01`, to: `${day.slice(0, 4)}-12-31` }
  return { from: firstOfMonth(day), to: lastOfMonth(day) }
}

export const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`

function lastOfMonth(day: string): string {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

/** Every period from one day to another, so that a chart shows those in which nothing was. */
export function periodsBetween(from: string, to: string, unit: PeriodUnit): string[] {
  const periods: string[] = []
  for (let day = from; day <= to; day = addDays(periodDays(day, unit).to, 1)) periods.push(periodOf(day, unit))
  return periods
}
