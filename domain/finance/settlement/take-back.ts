import type { Context } from '../../kernel/context.ts'
import { invalid, notFound, Problem } from '../../kernel/errors.ts'
import { type Money, minor } from '../../kernel/money.ts'
import type { Receivable } from '../receivable/receivable.ts'
import { requireLeftSince } from './fitting-days.ts'
import { postSource, type SourceStep } from './post-source.ts'
import { receivablesById } from './read-receivables.ts'
import { type About, requireLive, type Settled } from './settle.ts'
import { type Source, type StoredAllocation, unallocatedOf } from './source.ts'

/** What is taken back of the allocations to a receivable, the latest first; all of it when no amount is named. 404 when there is none. */
function takenBack(allocations: StoredAllocation[], receivableId: string, amount: Money | null | undefined, pointer: string) {
  const mine = allocations.filter((one) => one.receivableId === receivableId).sort((a, b) => (a.allocatedOn < b.allocatedOn ? 1 : -1))
  const whole = mine.reduce((sum, { units }) => sum + units, 0)
  if (whole === 0) throw notFound('allocation', `${pointer}/receivableId`)
  const units = amount ? minor(amount) : whole
  if (units > whole) throw invalid('allocation.above-allocated', `${pointer}/amount`, 'Less than that is allocated to this receivable.')
  let left = units
  const kept = mine.flatMap((one) => {
    const by = Math.min(left, one.units)
    left -= by
    return by < one.units ? [{ ...one, units: one.units - by }] : []
  })
  return { units, kept }
}

export interface Unallocation {
  receivableId: string
  amount?: Money | null | undefined
}

/** Takes allocations back from a day on: the receivables are owed again by exactly that much. 422 `allocation.too-early` for a day before one of them counted. */
export async function giveBack<S extends Source>(ctx: Context, about: About<S>, wanted: Unallocation[], on: string): Promise<Settled<S>> {
  const { source } = about
  const found = await receivablesById(ctx, [...new Set(wanted.map(({ receivableId }) => receivableId))])
  let { allocations } = source
  const steps = wanted.map(({ receivableId, amount }, i): SourceStep => {
    const pointer = `/allocations/${i}`
    if (amount && amount.currency !== source.amount.currency)
      throw invalid('allocation.currency-mismatch', `${pointer}/amount/currency`, `The money is in ${source.amount.currency}.`)
    const { units, kept } = takenBack(allocations, receivableId, amount, pointer)
    requireLater(allocations, receivableId, on)
    allocations = [...allocations.filter((one) => one.receivableId !== receivableId), ...kept]
    return { on, kind: 'unallocation', used: -units, receivable: found.get(receivableId) as Receivable }
  })
  const after = { ...source, allocations, givenBack: true as const }
  return { after, writes: postSource(ctx, { ...about, before: source, after, steps }) }
}

function requireLater(allocations: StoredAllocation[], receivableId: string | undefined, on: string): void {
  const days = allocations.filter((one) => !receivableId || one.receivableId === receivableId).map(({ allocatedOn }) => allocatedOn)
  const latest = days.sort().at(-1) ?? ''
  if (on < latest)
    throw invalid('allocation.too-early', '/on', `One of the allocations counts from ${latest}: take it back on that day or later.`)
}

/**
 * Takes a whole source out of the books: what it settled is owed again, with the old due dates. 409 `<noun>.ended`, `<noun>.refunded`,
 * 422 `<noun>.used-then` for a day before something else of it was given back.
 */
export async function end<S extends Source>(
  ctx: Context,
  noun: string,
  about: About<S>,
  ended: NonNullable<Source['ended']>,
): Promise<Settled<S>> {
  const { source, issuedOn } = about
  requireLive(source, noun)
  if (source.refunds?.length)
    throw new Problem('conflict', `${noun}.refunded`, 'Some of it was paid back already: it cannot be taken back as a whole.')
  if (ended.on < issuedOn) throw invalid(`${noun}.too-early`, '/on', 'It cannot be taken back before its own day.')
  requireLater(source.allocations, undefined, ended.on)
  await requireLeftSince(ctx, noun, source, unallocatedOf(source), ended.on)
  const found = await receivablesById(ctx, [...new Set(source.allocations.map(({ receivableId }) => receivableId))])
  const kind = ended.how === 'dishonoured' ? ('dishonour' as const) : ('reversal' as const)
  const back = source.allocations.map(({ receivableId, units }) => ({
    on: ended.on,
    kind,
    used: -units,
    receivable: found.get(receivableId)!,
  }))
  const steps: SourceStep[] = [...back, { on: ended.on, kind, whole: -1 }]
  const after = { ...source, allocations: [], ended }
  return { after, writes: postSource(ctx, { ...about, before: source, after, steps }) }
}

/** Pays some of what is unallocated back. 409 `<noun>.ended`, 422 `refund.above-unallocated`, `<noun>.used-then`. */
export async function payBack<S extends Source>(
  ctx: Context,
  noun: string,
  about: About<S>,
  units: number,
  on: string,
): Promise<Settled<S>> {
  const { source, issuedOn } = about
  requireLive(source, noun)
  if (units > unallocatedOf(source))
    throw invalid('refund.above-unallocated', '/amount', 'Only what settles nothing can be paid back. Un-allocate first.')
  if (on < issuedOn) throw invalid(`${noun}.too-early`, '/on', 'It cannot be paid back before it came.')
  await requireLeftSince(ctx, noun, source, units, on)
  const after = { ...source, refunds: [...(source.refunds ?? []), { on, units }] }
  return { after, writes: postSource(ctx, { ...about, before: source, after, steps: [{ on, kind: 'refund', used: units }] }) }
}
