import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import type { Customer } from '../../parties/index.ts'
import type { Write } from '../../store/write.ts'
import type { Posting } from '../ledger/posting.ts'
import type { Share } from './plan-allocations.ts'
import { postSource, type SourceStep } from './post-source.ts'
import { mostAllocations, type Source, type StoredAllocation } from './source.ts'

type Kind = Posting['kind']

/** What a change comes to: the source as it will be, and what belongs into the commit besides its record. */
export interface Settled<S> {
  after: S
  writes: Write[]
}

export interface About<S> {
  customer: Customer
  source: S
  issuedOn: string
  bill?: { dueOn: string; by: number } | undefined
}

const stored = ({ receivable, units, on }: Share): StoredAllocation => ({ receivableId: receivable.id, units, allocatedOn: on })

/** Allocations of one receivable on one day are one. */
function withShares(allocations: StoredAllocation[], shares: Share[]): StoredAllocation[] {
  const all = new Map(allocations.map((one) => [`${one.receivableId} ${one.allocatedOn}`, one]))
  for (const share of shares) {
    const one = stored(share)
    const key = `${one.receivableId} ${one.allocatedOn}`
    all.set(key, { ...one, units: one.units + (all.get(key)?.units ?? 0) })
  }
  if (all.size > mostAllocations)
    throw invalid(
      'allocation.too-many',
      '/allocations',
      `One receipt or credit note settles at most ${mostAllocations} receivables. Split it.`,
    )
  return [...all.values()]
}

const inDayOrder = (steps: SourceStep[]) => [...steps].sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1))

/** Brings a new source into the books, with what it settles at once. On its own day all of that is one line of the ledger. */
export function enter<S extends Source>(ctx: Context, kind: Kind, about: About<S>, shares: Share[]): Settled<S> {
  const { source, issuedOn } = about
  const after = { ...source, allocations: withShares(source.allocations, shares) }
  const used = shares.map(
    ({ receivable, units, on }): SourceStep => ({ on, kind: on === issuedOn ? kind : 'allocation', used: units, receivable }),
  )
  const steps = [{ on: issuedOn, kind, whole: 1 as const }, ...inDayOrder(used)]
  return { after, writes: postSource(ctx, { ...about, before: undefined, after, steps }) }
}

/** Uses more of a source. */
export function use<S extends Source>(ctx: Context, about: About<S>, shares: Share[]): Settled<S> {
  const { source } = about
  const after = { ...source, allocations: withShares(source.allocations, shares) }
  const steps = inDayOrder(shares.map(({ receivable, units, on }) => ({ on, kind: 'allocation' as const, used: units, receivable })))
  return { after, writes: postSource(ctx, { ...about, before: source, after, steps }) }
}

/** 409 `<noun>.ended` for one that was reversed. */
export function requireLive({ ended }: Pick<Source, 'ended'>, noun: string): void {
  if (ended) throw new Problem('conflict', `${noun}.ended`, `It was ${ended.how} on ${ended.on}: nothing more is done with it.`)
}
