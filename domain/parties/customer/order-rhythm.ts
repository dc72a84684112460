import { addDays, daysBetween } from '../../kernel/dates.ts'

/** The days on which a customer ordered, as it keeps them: three characters each, in order, the newest sixty. */
type OrderDays = string

const epoch = '1970-01-01'
const width = 3
const most = 60
/** An order interval is known of from three orders on, and missed by half of it (domain: Reminders). */
const leastDays = 3
const patience = 1.5

const packDay = (day: string) => daysBetween(epoch, day).toString(36).padStart(width, '0')
const unpackDays = (days: OrderDays): number[] =>
  Array.from({ length: days.length / width }, (_, i) => Number.parseInt(days.slice(i * width, (i + 1) * width), 36))

/** A day on which something was ordered. */
export const orderDay = (day: string): OrderDays => packDay(day)

/** All days of both, each once, in order. */
export function unitedOrderDays(...all: (OrderDays | undefined)[]): OrderDays | undefined {
  const days = new Set(all.flatMap((one) => one?.match(/.{3}/g) ?? []))
  return days.size > 0 ? [...days].sort().slice(-most).join('') : undefined
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** How often a customer orders, and when its next order is overdue. */
export interface Rhythm {
  /** The median of the days between its orders. */
  everyDays: number
  lastOrderedOn: string
  /** The day on which one and a half of them have passed since the last. */
  overdueOn: string
}

/** Undefined while it ordered on fewer than three days: two orders of a day are one purchase. */
export function rhythmOf(days: OrderDays | undefined): Rhythm | undefined {
  const ordered = unpackDays(days ?? '')
  if (ordered.length < leastDays) return undefined
  const everyDays = medianOf(ordered.slice(1).map((day, i) => day - ordered[i]!))
  const lastOrderedOn = addDays(epoch, ordered.at(-1)!)
  return { everyDays, lastOrderedOn, overdueOn: addDays(lastOrderedOn, Math.ceil(patience * everyDays)) }
}
