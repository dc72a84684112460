import { customerLevels, daysAllowed, defaultWarnDays, type PoolRules, type ReclaimFact, reclaimFacts } from '../../identity/index.ts'
import { addDays, localDate } from '../../kernel/dates.ts'
import { isWorkingDay, type WorkCalendar } from '../../kernel/work-calendar.ts'
import type { Customer } from '../customer/customer.ts'

/** What deciding about a reclaim needs of a tenant. */
export interface ReclaimSettings {
  rules: PoolRules
  /** When the rules were last changed. */
  rulesSince?: string | undefined
  calendar: WorkCalendar
  timeZone: string
}

function later(a: string, b: string): string {
  return a > b ? a : b
}

/** A level as the rules name it; customers without one have a rule of their own. */
export const ruleLevels = [...customerLevels, 'unset'] as const
export type RuleLevel = (typeof ruleLevels)[number]
/** The level whose rule a customer falls under; one without a level has its own. */
export const ruleLevelOf = ({ level }: Pick<Customer, 'level'>): RuleLevel => level ?? 'unset'

/** When each fact that counts was there last: contacts at a moment, quotes and orders on a day of the tenant's. */
const lastOf: Record<ReclaimFact, (customer: Customer) => string | undefined> = {
  contact: ({ lastQualifyingContactAt }) => lastQualifyingContactAt,
  quote: ({ lastQuotedOn }) => lastQuotedOn,
  order: ({ lastOrderedOn }) => lastOrderedOn,
}

const isDay = (time: string) => time.length === 10
const dayOf = (time: string, timeZone: string) => (isDay(time) ? time : localDate(time, timeZone))

/** From when the days without a fact are counted, whatever the zone: the owner's term and the last of its kind. */
export const termOf = (customer: Customer, fact: ReclaimFact): string =>
  [customer.ownedSince ?? '', lastOf[fact](customer) ?? ''].join(' ').trim()

/** The day from which they are counted: the later of the owner's term and the last of its kind. */
export function countedFrom(customer: Customer, fact: ReclaimFact, timeZone: string): string {
  const times = [customer.ownedSince, lastOf[fact](customer)].filter((time) => time !== undefined)
  return times.map((time) => dayOf(time, timeZone)).reduce(later, '')
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

const warnDaysOf = ({ warnDays }: PoolRules): number => warnDays ?? defaultWarnDays

/** A day on which a customer goes back to the pool, and for want of what. */
export interface Reclaim {
  on: string
  fact: ReclaimFact
  /** The days that the rule allows without it. */
  most: number
}

/** The rules of a level, each by the fact that it wants. */
export const rulesOf = (level: RuleLevel, { rules }: ReclaimSettings): [ReclaimFact, number][] => daysAllowed(rules.levels?.[level])

function dayByRule(customer: Customer, [fact, most]: [ReclaimFact, number], settings: ReclaimSettings): Reclaim[] {
  const { rules, rulesSince, timeZone } = settings
  const counts = counter(settings)
  const day = walked(countedFrom(customer, fact, timeZone), most + 1, 1, counts)
  const ruledSince = later(rulesSince ?? '', customer.ruleSince ?? '')
  const held = ruledSince ? walked(localDate(ruledSince, timeZone), Math.min(warnDaysOf(rules), most), 1, counts) : ''
  return day === undefined || held === undefined ? [] : [{ on: later(day, held), fact, most }]
}

/**
 * The day on which a customer goes back to the pool by the rules of its level, if nothing happens until then: the first on
 * which strictly more days have passed without contact, quote or order than one of them allows. A rule, a level or an unlocking
 * takes hold no sooner than the days of the warning later. Undefined for what is exempt: no rule, no owner, locked.
 */
export function reclaimOf(customer: Customer, settings: ReclaimSettings): Reclaim | undefined {
  if (!customer.ownerId || customer.lock) return undefined
  const all = rulesOf(ruleLevelOf(customer), settings).flatMap((rule) => dayByRule(customer, rule, settings))
  return all.reduce<Reclaim | undefined>((first, one) => (first && first.on <= one.on ? first : one), undefined)
}

/** The first day on which the owner is warned of a reclaim on `day`. */
export const warnedFrom = (day: string, settings: ReclaimSettings): string =>
  walked(day, warnDaysOf(settings.rules), -1, counter(settings)) ?? day

/** The reclaim of which the owner is to be told on `day`, by the rules as they are now; undefined when there is none. */
export function reclaimToTell(customer: Customer, day: string, settings: ReclaimSettings): Reclaim | undefined {
  const reclaim = reclaimOf(customer, settings)
  if (!reclaim || warnedFrom(reclaim.on, settings) > day) return undefined
  return { ...reclaim, on: later(reclaim.on, day) }
}

/** How many counted days have passed since a date. */
export function daysWithout(from: string, to: string, settings: ReclaimSettings): number {
  const counts = counter(settings)
  let days = 0
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) if (counts(date)) days += 1
  return days
}

/**
 * The latest day of a term that may be warned of on `day`, by a rule of so many days: what began later cannot concern a run.
 * Undefined when the calendar never comes to so many.
 */
export function latestConcerned(most: number, day: string, settings: ReclaimSettings): string | undefined {
  const counts = counter(settings)
  const warned = walked(day, warnDaysOf(settings.rules), 1, counts) ?? day
  const counted = counts(warned) ? 1 : 0
  const start = walked(warned, most + 1 - counted, -1, counts)
  return start && addDays(start, -1)
}

const week = 7 * 86_400_000

/**
 * Where a customer's entry for the reclaim stands: the week from which its days are counted, begun a day early so that no zone
 * comes before it. By weeks, so that a contact moves the entry only now and then; whoever reads it looks at the customer itself.
 */
export const termWeek = (customer: Customer, fact: ReclaimFact): string => {
  const start = Date.parse(countedFrom(customer, fact, 'UTC')) - 86_400_000
  return new Date(Math.floor(start / week) * week).toISOString().slice(0, 10)
}

/** The partition of the entries of a level by a fact: what may be reclaimed is a range of it. */
export const reclaimPartition = (level: RuleLevel, fact: ReclaimFact): string => `pool.${level}${fact === 'contact' ? '' : `.${fact}`}`

/** The facts whose rules a customer may be taken by; all there are until somebody names them. */
export const watchedFacts = ({ watched }: Customer): readonly ReclaimFact[] =>
  watched ? reclaimFacts.filter((fact) => watched.includes(fact)) : []
