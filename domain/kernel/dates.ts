import * as LocalInstant from 'temporal-polyfill/fns/Instant'
import * as PlainDate from 'temporal-polyfill/fns/PlainDate'
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime'
import * as z from 'zod'
import { remember } from './remember.ts'

/**
 * Time as the product knows it: instants are UTC, business dates are days in the tenant's zone, both plain strings.
 * Zones are computed with the function form of temporal-polyfill (5 ms to load in a bundle, the class form takes 10);
 * arithmetic on days needs no zone and uses day numbers.
 */

const DAY_MS = 86_400_000
const dateTime = z.regexes.datetime({ offset: true })
const yearMessage = 'must be in a year from 1900 to 2199'

// A calendar is made to find out, which takes longer than all else that is done with a zone.
const isTimeZone = remember(500, (name) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
})

/** A calendar day in the tenant's zone, `YYYY-MM-DD`. Years 1900 to 2199: anything else is a slip of the keyboard. */
export const BusinessDate = z
  .string()
  .refine((text) => z.regexes.date.test(text), { abort: true, error: 'must be a real calendar date in the form YYYY-MM-DD' })
  .refine(inRange, yearMessage)
  .meta({ format: 'date', description: "A calendar day in the tenant's time zone.", examples: ['2026-11-21'] })

/** Of a moment as it is kept; with fewer or more decimals it has another length. */
const keptLength = '2026-11-21T01:30:00.000Z'.length

/** A moment, kept as `YYYY-MM-DDTHH:mm:ss.sssZ`. Input may carry any offset; it must carry one. */
export const Instant = z
  .string()
  .refine((text) => dateTime.test(text), { abort: true, error: 'must be ISO 8601 with an offset, such as 2026-11-21T09:30:00+08:00' })
  // Every answer is checked by it: one that is kept so already, as all of ours are, is not made anew.
  .overwrite((text) => (text.length === keptLength && text.endsWith('Z') ? text : new Date(text).toISOString()))
  .refine(inRange, yearMessage)
  .meta({
    format: 'date-time',
    description: 'A moment in UTC. Input with another offset is converted.',
    examples: ['2026-11-21T01:30:00.000Z'],
  })

/** The name of an IANA time zone. Bare offsets (`+08:00`) are refused: they know no daylight saving. */
export const TimeZone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z]/, 'must be an IANA time zone name, such as Asia/Shanghai')
  .refine(isTimeZone, 'must be an IANA time zone name, such as Asia/Shanghai')
  .meta({ description: 'IANA time zone name.', examples: ['Asia/Shanghai'] })

/** Today's business date for whoever `ctx` acts for. */
export function today(ctx: { now(): string; tenant: { timeZone: string } }): string {
  return localDate(ctx.now(), ctx.tenant.timeZone)
}

/** The calendar day and the time of day that a clock on the wall of `zone` shows at `instant`. */
export function localTime(instant: string, zone: string): { date: string; hour: number; minute: number } {
  const local = ZonedDateTime.toPlainDateTime(LocalInstant.toZonedDateTimeISO(LocalInstant.fromString(instant), zone))
  return { date: dateOf(local.year, local.month, local.day), hour: local.hour, minute: local.minute }
}

/** A moment as a clock on the wall of `zone` shows it, `YYYY-MM-DD HH:mm:ss`. */
export function localDateTime(instant: string, zone: string): string {
  const { date, hour, minute } = localTime(instant, zone)
  return `${date} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}${instant.slice(16, 19)}`
}

/** The day that each zone was last asked for, with the quarter of an hour: in none of them does a day begin within one. */
const lastDates = new Map<string, { quarter: number; date: string }>()
const quarterMs = 15 * 60 * 1000

/** The calendar day of an instant in `zone`, `YYYY-MM-DD`. */
export function localDate(instant: string, zone: string): string {
  const quarter = Math.floor(Date.parse(instant) / quarterMs)
  const last = lastDates.get(zone)
  if (last?.quarter === quarter) return last.date
  const { date } = localTime(instant, zone)
  lastDates.set(zone, { quarter, date })
  return date
}

/** The first moment of a day in `zone`; not midnight where a daylight-saving change skips midnight. */
export function startOfLocalDay(date: string, zone: string): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const start = PlainDate.toZonedDateTime(PlainDate.create(year, month, day), zone)
  return new Date(start.epochMilliseconds).toISOString()
}

/** The day `days` after `date`, or before it when negative. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Days from `from` to `to`: positive when `to` is the later one. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(date: string): number {
  return new Date(date).getUTCDay() || 7
}

function dateOf(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function inRange(text: string): boolean {
  return /^(19|20|21)\d\d-/.test(text)
}
