import { type Bucket, bucketOf, type DueReceivable } from '../../finance/index.ts'
import { addDays, daysBetween } from '../../kernel/dates.ts'
import type { Owed, SectionKind } from './digest.ts'

/** What one customer owes, as one line: its total, its oldest day, how many, and how old they are. */
export interface OwedLine extends Owed {
  /** The partition of the customer; the customer is read for the lines that are shown. */
  partition: string
  ownerId: string | undefined
  /** The oldest due day. */
  dueOn: string
  daysLate: number
  ids: string[]
}

export interface OwedSection {
  kind: SectionKind
  from?: string
  to: string
  lines: OwedLine[]
}

/** How far ahead receivables are announced, and from how late on a manager is told of the team's. */
export const daysAhead = 7
const teamDaysLate = 7

/** One line per customer, the oldest and then the largest first. */
function linesOf(due: DueReceivable[], day: string): OwedLine[] {
  const byCustomer = new Map<string, OwedLine>()
  for (const { id, partition, ownerId, dueOn, outstanding } of due) {
    const line = byCustomer.get(partition) ?? { partition, ownerId, dueOn, daysLate: 0, total: 0, count: 0, byBucket: {}, ids: [] }
    byCustomer.set(partition, line)
    const bucket: Bucket | 'notDue' = bucketOf(daysBetween(dueOn, day))
    line.total += outstanding
    line.count += 1
    line.byBucket[bucket] = (line.byBucket[bucket] ?? 0) + outstanding
    line.ids.push(id)
    if (dueOn <= line.dueOn) Object.assign(line, { dueOn, ownerId })
    line.daysLate = daysBetween(line.dueOn, day)
  }
  return [...byCustomer.values()].sort((a, b) => b.daysLate - a.daysLate || b.total - a.total)
}

/** What is overdue, due today and due within a week of a person's own (or of all), and of the team what is over a week late. */
export function receivableSections(own: DueReceivable[], team: DueReceivable[], day: string): OwedSection[] {
  const section = (kind: SectionKind, due: DueReceivable[], to: string, from?: string): OwedSection => ({
    kind,
    ...(from ? { from } : {}),
    to,
    lines: linesOf(
      due.filter(({ dueOn }) => dueOn <= to && (from === undefined || dueOn >= from)),
      day,
    ),
  })
  return [
    section('receivable-overdue', own, addDays(day, -1)),
    section('receivable-today', own, day, day),
    section('receivable-soon', own, addDays(day, daysAhead), addDays(day, 1)),
    section('team-receivable', team, addDays(day, -teamDaysLate - 1)),
  ].filter(({ lines }) => lines.length > 0)
}

/** What a section comes to, by age. */
export function sumOf(lines: readonly Owed[]): Owed {
  const sum: Owed = { total: 0, count: 0, byBucket: {} }
  for (const { total, count, byBucket } of lines) {
    sum.total += total
    sum.count += count
    for (const [bucket, amount] of Object.entries(byBucket) as [Bucket, number][])
      sum.byBucket[bucket] = (sum.byBucket[bucket] ?? 0) + amount
  }
  return sum
}
