import { addDays, BusinessDate } from '../kernel/dates.ts'
import { Problem } from '../kernel/errors.ts'
import { firstIdAt } from '../kernel/ids.ts'
import type { Filter, Operator } from '../kernel/paging.ts'

/** Behind all keys of a day, which go on with `#` and an id. */
export const endOfDay = (date: string) => `${date}#\uffff`

/** The sort keys between which all those of a day lie. */
interface DayKeys {
  start(date: string): string
  end(date: string): string
}

const byDate: DayKeys = { start: (date) => date, end: endOfDay }

/** Sort keys that are ids, or begin with one, made as if at the start of their day. */
export const idsOfDays = (prefix: string, before = ''): DayKeys => {
  const start = (date: string) => `${before}${firstIdAt(prefix, date)}`
  return { start, end: (date) => start(addDays(date, 1)) }
}

/** What each operator makes of a day as the lower and upper bound of sort keys. `between` includes both days. */
const boundsOf: Partial<Record<Operator, (keys: DayKeys, date: string, to: string) => { from?: string; to?: string }>> = {
  eq: ({ start, end }, date) => ({ from: start(date), to: end(date) }),
  gte: ({ start }, date) => ({ from: start(date) }),
  gt: ({ end }, date) => ({ from: end(date) }),
  lt: ({ start }, date) => ({ to: start(date) }),
  lte: ({ end }, date) => ({ to: end(date) }),
  between: ({ start, end }, from, to) => ({ from: start(from), to: end(to) }),
}

function dates(text: string, wanted: number, field: string): string[] {
  const parts = text.split(',')
  if (parts.length === wanted && parts.every((part) => BusinessDate.safeParse(part).success)) return parts
  const what = wanted === 2 ? 'two dates with a comma, such as 2026-11-01,2026-11-30' : 'a date such as 2026-11-21'
  throw new Problem('malformed', 'filter.invalid', `filter[${field}] wants ${what}.`)
}

/** The range of sort keys `<date>#<id>`, or others that follow the days, of a filter on a business date; several operators narrow each other. */
export function dueRange(filter: Filter, field = 'dueOn', keys = byDate): { from?: string; to?: string } {
  let range: { from?: string; to?: string } = {}
  for (const [operator, text] of Object.entries(filter[field] ?? {})) {
    const [first, second = ''] = dates(text, operator === 'between' ? 2 : 1, field)
    const { from, to } = boundsOf[operator as Operator]?.(keys, first!, second) ?? {}
    range = {
      ...range,
      ...(from !== undefined && (range.from === undefined || from > range.from) ? { from } : {}),
      ...(to !== undefined && (range.to === undefined || to < range.to) ? { to } : {}),
    }
  }
  return range
}

/** True when the key lies in the range. */
export const inRange = (key: string, { from, to }: { from?: string; to?: string }): boolean =>
  (from === undefined || key >= from) && (to === undefined || key <= to)
