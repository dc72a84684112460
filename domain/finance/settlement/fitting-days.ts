import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { minor } from '../../kernel/money.ts'
import { queryAll } from '../../store/query.ts'
import { postingsIn } from '../ledger/posting.table.ts'
import type { Posting } from '../ledger/posting.ts'
import type { Receivable } from '../receivable/receivable.ts'
import { homeOf, type Source, usedOf } from './source.ts'

/** One share that is going to settle a receivable. */
export interface Share {
  receivable: Receivable
  units: number
  on: string
}

/** The same before it is known whether the day fits; `at` is where the caller named it. */
export type Wanted = Share & { at?: string | undefined }

/** Minor units of a whole that are used by now, and on which days they were: below zero, given back. */
interface Usage {
  whole: number
  used: number
  uses: { on: string; units: number }[]
}

/** The first day, `from` or later, since which so much more was there on every day. That it is there now is known. */
export function firstDayFor(units: number, { whole, used, uses }: Usage, from: string): string {
  const days = new Map<string, number>()
  for (const use of uses) if (use.on > from) days.set(use.on, (days.get(use.on) ?? 0) + use.units)
  let before = used
  for (const [on, by] of [...days].sort(([a], [b]) => (a < b ? 1 : -1))) {
    before -= by
    if (before + units > whole) return on
  }
  return from
}

function usageOfReceivable({ id, amount, settled }: Receivable, postings: Posting[]): Usage {
  const uses = postings.flatMap(({ on, parts }) =>
    parts.filter(({ receivableId }) => receivableId === id).map((part) => ({ on: part.on ?? on, units: -part.amount })),
  )
  return { whole: minor(amount), used: settled, uses }
}

function usageOfSource(source: Source, postings: Posting[]): Usage {
  const uses = postings
    .filter(({ sourceId }) => sourceId === source.id)
    .flatMap(({ on, unallocated, days }) => (days ?? [{ on, unallocated }]).map((day) => ({ on: day.on, units: -day.unallocated })))
  return { whole: source.total, used: usedOf(source), uses }
}

/** What the ledger says of these partitions from a day on. */
async function postingsOf(ctx: Context, ids: string[], from: string): Promise<Posting[]> {
  const homes = new Map(ids.map((id) => [partitionOf(id), id]))
  const found = await Promise.all([...homes.values()].map((home) => queryAll<Posting>(ctx, postingsIn(home, from), { consistent: true })))
  return found.flat()
}

/**
 * Lets each share count from the first day since which the receivable has room for it and the source enough left on every day: what
 * was taken back today was settled, or used, until yesterday. 422 `allocation.no-room-then` for a day of the caller's before that.
 * Only where something was taken back the ledger is read.
 */
export async function onFittingDays(ctx: Context, source: Source | undefined, shares: Wanted[]): Promise<Share[]> {
  const reopened = shares.filter(({ receivable }) => receivable.reopened).map(({ receivable }) => receivable.id)
  const ids = [...reopened, ...(source?.givenBack ? [homeOf(source)] : [])]
  const from = shares.map(({ on }) => on).sort()[0]
  if (ids.length === 0 || !from) return shares
  const postings = await postingsOf(ctx, ids, from)
  const left = source?.givenBack ? usageOfSource(source, postings) : undefined
  return shares.map(({ receivable, units, on: wanted, at }) => {
    const free = receivable.reopened ? firstDayFor(units, usageOfReceivable(receivable, postings), wanted) : wanted
    const on = left ? firstDayFor(units, left, free) : free
    if (at && on !== wanted)
      throw invalid('allocation.no-room-then', at, `Until ${on} this was settled or used otherwise: it counts from then at the earliest.`)
    left?.uses.push({ on, units })
    if (left) left.used += units
    return { receivable, units, on }
  })
}

/**
 * 422 `<noun>.used-then` for a day from which so much cannot be taken out of a source, since it settled something until a later
 * one: else more of it would have been used on the days between than there was. That it is there now is known.
 */
export async function requireLeftSince(ctx: Context, noun: string, source: Source, units: number, on: string): Promise<void> {
  if (!source.givenBack) return
  const first = firstDayFor(units, usageOfSource(source, await postingsOf(ctx, [homeOf(source)], on)), on)
  if (first !== on) throw invalid(`${noun}.used-then`, '/on', `Until ${first} some of it settled something: take it out from then on.`)
}

/** The first day, the given one or later, since which nothing of a receivable was settled on any day. That nothing is now is known. */
export async function unsettledSince(ctx: Context, receivable: Receivable, day: string): Promise<string> {
  if (!receivable.reopened) return day
  return firstDayFor(minor(receivable.amount), usageOfReceivable(receivable, await postingsOf(ctx, [receivable.id], day)), day)
}
