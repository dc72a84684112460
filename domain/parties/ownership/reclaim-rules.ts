import { customerLevels, defaultWarnDays, type PoolRules } from '../../identity/index.ts'
import { addDays, isWorkingDay, localDate, type WorkCalendar } from '../../kernel/dates.ts'
import type { Customer } from '../customer/customer.ts'

/** What deciding about a reclaim needs of a tenant. */
export interface ReclaimSettings {
  rules: PoolRules
  /** When the rules were last changed. */
  rulesSince?: string | undefined
  calendar: WorkCalendar
  timeZone: string
}

/** A level as the rules name it; customers without one have a rule of their own. */
export const ruleLevels = [...customerLevels, 'unset'] as const
export type RuleLevel = (typeof ruleLevels)[number]
export const ruleLevelOf = ({ level }: Pick<Customer, 'level'>): RuleLevel => level ?? 'unset'

/** The moment from which days are counted: the later of the owner's term and the last contact that counts. */
export function termOf({ ownedSince = '', lastQualifyingContactAt = '' }: Customer): string {
  return ownedSince > lastQualifyingContactAt ? ownedSince : lastQualifyingContactAt
}

/** Days that count: all of them, or the working days of the tenant's calendar. */
function counter({ rules, calendar }: ReclaimSettings): (date: string) => boolean {
  if (!rules.workingDays) return () => true
  const { workdays, holidays, extraWorkdays = [] } = calendar
  const [free, extra] = [new Set(holidays), new Set(extraWorkdays)]
  // The calendar's own lists are searched for every day; years of days want sets.
  return (date) => extra.has(date) || (!free.has(date) && isWorkingDay(date, { workdays, holidays: [] }))
}

/** A calendar whose holidays leave no worked day within ten years is a mistake of the tenant's; nothing is reclaimed by it. */
const farthest = 3660 + 3650

/** The day on which `days` counted days have passed since `from`, going on or back; undefined when the calendar has too few. */
function walked(from: string, days: number, step: 1 | -1, counts: (date: string) => boolean): string | undefined {
  let date = from
  for (let left = days, away = 0; left > 0; away++) {
    if (away > farthest) return undefined
    date = addDays(date, step)
    if (counts(date)) left -= 1
  }
  return date
}

const later = (a: string, b: string) => (a > b ? a : b)

export const warnDaysOf = ({ warnDays }: PoolRules): number => warnDays ?? defaultWarnDays

/**
 * The day on which a customer goes back to the pool by the rule of its level, if nothing happens until then: the first on
 * which strictly more than `noContactDays` counted days have passed. A rule, a level or an unlocking takes hold no sooner
 * than the days of the warning later. Undefined for what is exempt: no rule, no owner, locked.
 */
export function reclaimDay(customer: Customer, settings: ReclaimSettings): string | undefined {
  const { rules, rulesSince, timeZone } = settings
  const rule = rules.levels?.[ruleLevelOf(customer)]
  if (!rule || !customer.ownerId || customer.lock) return undefined
  const counts = counter(settings)
  const day = walked(localDate(termOf(customer), timeZone), rule.noContactDays + 1, 1, counts)
  const ruledSince = later(rulesSince ?? '', customer.ruleSince ?? '')
  if (!day || !ruledSince) return day
  const held = walked(localDate(ruledSince, timeZone), Math.min(warnDaysOf(rules), rule.noContactDays), 1, counts)
  return held && later(day, held)
}

/** The first day on which the owner is warned of a reclaim on `day`. */
export const warnedFrom = (day: string, settings: ReclaimSettings): string =>
  walked(day, warnDaysOf(settings.rules), -1, counter(settings)) ?? day

/** The day of a reclaim of which the owner is to be told on `day`, by the rules as they are now; undefined when there is none. */
export function reclaimToTell(customer: Customer, day: string, settings: ReclaimSettings): string | undefined {
  const on = reclaimDay(customer, settings)
  if (!on || warnedFrom(on, settings) > day) return undefined
  return later(on, day)
}

/** How many counted days have passed since a date. */
export function daysWithout(from: string, to: string, settings: ReclaimSettings): number {
  const counts = counter(settings)
  let days = 0
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) if (counts(date)) days += 1
  return days
}

/**
 * The latest day of a term that may be warned of on `day`, by the rule of a level: what began later cannot concern a run.
 * Undefined when the level has no rule.
 */
export function latestConcerned(level: RuleLevel, day: string, settings: ReclaimSettings): string | undefined {
  const rule = settings.rules.levels?.[level]
  if (!rule) return undefined
  const counts = counter(settings)
  const warned = walked(day, warnDaysOf(settings.rules), 1, counts) ?? day
  const counted = counts(warned) ? 1 : 0
  const start = walked(warned, rule.noContactDays + 1 - counted, -1, counts)
  return start && addDays(start, -1)
}

const week = 7 * 86_400_000

/**
 * Where a customer's entry for the reclaim stands: the week of its term, begun a day early so that no zone comes before it.
 * By weeks, so that a contact moves the entry only now and then; whoever reads it looks at the customer itself.
 */
export const termWeek = (customer: Customer): string => {
  const start = Date.parse(termOf(customer).slice(0, 10)) - 86_400_000
  return new Date(Math.floor(start / week) * week).toISOString().slice(0, 10)
}

/** The partition of a level's entries: what may be reclaimed is a range of it. */
export const reclaimPartition = (level: RuleLevel): string => `pool.${level}`
