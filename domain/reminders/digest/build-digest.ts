import { addDays, daysBetween } from '../../kernel/dates.ts'
import { isWorkingDay, nextWorkingDay, type WorkCalendar } from '../../kernel/work-calendar.ts'
import type { Digest, DigestSection, Due, SectionKind } from './digest.ts'

/** The day of a digest, and how its reader works. */
export interface DigestDay {
  day: string
  calendar: WorkCalendar
  /** The reader's choice: no mail on free days; what falls on them is announced on the working day before. */
  workingDaysOnly: boolean
}

/** Behind every day: who was warned is told until it happens, however far ahead that is. */
const endOfTime = '9999-12-31'
const MAX_LINES = 20
const TEAM_DAYS_LATE = 7

/** Nobody who asked for working days only is mailed on a free day. */
export function isDigestDay({ day, calendar, workingDaysOnly }: DigestDay): boolean {
  return !workingDaysOnly || isWorkingDay(day, calendar)
}

/** The last due date a digest announces: tomorrow, or the next working day when free days are skipped. */
export function lastDayAnnounced({ day, calendar, workingDaysOnly }: DigestDay): string {
  return workingDaysOnly ? nextWorkingDay(day, calendar) : addDays(day, 1)
}

/** The latest due date of a team member's item that its manager is told of: what is over 7 days late. */
export function lastTeamDay(day: string): string {
  return addDays(day, -TEAM_DAYS_LATE - 1)
}

/**
 * The digest of one person for one local day, or null when nothing is due or the day is free: then there is no mail.
 * `own` are the person's open items, `team` those of the people below, `reclaims` the customers about to go to the pool, `quotes` what
 * was sent and waits for an answer, `reorders` and `dormant` the customers that one does not hear of;
 * items outside the days of a section are left out.
 */
export function buildDigest<T extends Due>(
  own: T[],
  team: T[],
  on: DigestDay,
  { reclaims = [], quotes = [], reorders = [], dormant = [] }: { reclaims?: T[]; quotes?: T[]; reorders?: T[]; dormant?: T[] } = {},
): Digest<T & { daysLate: number }> | null {
  if (!isDigestDay(on)) return null
  const { day } = on
  const until = lastDayAnnounced(on)
  // What begins on a free day is told before it; else what has begun by today.
  const begun = addDays(until, -1)
  const sections = [
    section('overdue', own, day, undefined, addDays(day, -1)),
    section('today', own, day, day, day),
    section('tomorrow', own, day, addDays(day, 1), until),
    section('quote', quotes, day, undefined, day),
    section('reorder', reorders, day, undefined, begun),
    section('dormant', dormant, day, undefined, begun),
    section('reclaim', reclaims, day, undefined, endOfTime),
    section('team-overdue', team, day, undefined, lastTeamDay(day)),
  ].filter(({ lines }) => lines.length > 0)
  return sections.length > 0 ? { day, sections } : null
}

function section<T extends Due>(
  kind: SectionKind,
  due: T[],
  day: string,
  from: string | undefined,
  to: string,
): DigestSection<T & { daysLate: number }> {
  const inside = due.filter(({ dueOn }) => dueOn <= to && (from === undefined || dueOn >= from)).sort(oldestFirst())
  return {
    kind,
    ...(from && { from }),
    to,
    lines: inside.slice(0, MAX_LINES).map((item) => ({ ...item, daysLate: daysBetween(item.dueOn, day) })),
    more: Math.max(0, inside.length - MAX_LINES),
    customers: new Set(inside.map(({ customerId }) => customerId)).size,
  }
}

/** The digest with all that its lines show, read for those lines alone; by name within a day. */
export function completed<T extends Due, Line extends Due>(digest: Digest<T>, complete: (item: T) => Line): Digest<Line> {
  const { day, sections } = digest
  return { day, sections: sections.map((section) => ({ ...section, lines: section.lines.map(complete).sort(oldestFirst()) })) }
}

// By name within a day: Chinese names in the order of their pinyin, as address books have them.
function oldestFirst(): (a: Due, b: Due) => number {
  const names = new Intl.Collator('zh-CN')
  return (a, b) => {
    if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1
    return names.compare(a.customerName ?? a.customerId, b.customerName ?? b.customerId)
  }
}
