import type * as z from 'zod'
import type { PublishedEvent } from '../../../events/define.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { BusinessDate } from '../../kernel/dates.ts'
import { today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { minor } from '../../kernel/money.ts'
import type { Customer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import type { Entity } from '../../store/entity.ts'
import type { Stored } from '../../store/entity-definition.ts'
import { requireOpenDate } from '../period.ts'
import { planAllocations, type Share, type Wish } from './plan-allocations.ts'
import { requireLive, type Settled, use } from './settle.ts'
import { type Source, unallocatedOf } from './source.ts'
import { end, giveBack, type Unallocation } from './take-back.ts'

export type SourceRecord = Source & Stored & { number: string }

/** What tells one kind of source from the others where all are changed alike. */
export interface SourceKind<S extends SourceRecord> {
  noun: string
  entity: Entity<S>
  /** The record with the customer in whose books it stands; 404 or 409 otherwise. */
  read(ctx: Context, id: string): Promise<{ record: S; customer: Customer }>
  issuedOn(source: S): string
  orderId?(source: S): string | undefined
  /** The acceptance bill that goes out of the exposure when the source does. */
  bill?(ctx: Context, source: S): { dueOn: string; by: number } | undefined
  events: {
    allocated?: SourceEvent
    unallocated?: SourceEvent
    reversed: SourceEvent
  }
}

type SourceEvent = (subject: { type: string; id: string; customerId: string }, data: never) => PublishedEvent

const sharesOf = (shares: Share[]) => shares.map(({ receivable, units, on }) => ({ receivableId: receivable.id, amount: units, on }))

/** The figures of a source that came into the books, as its event tells them. */
export const enteredFacts = (source: SourceRecord, on: string, shares: Share[]) => ({
  number: source.number,
  on,
  amount: source.total,
  currency: source.amount.currency,
  base: source.base,
  unallocated: unallocatedOf(source),
  allocations: sharesOf(shares),
  ownerId: source.ownerId ?? null,
})

const subjectOf = (noun: string, { id }: SourceRecord, customer: Customer) => ({ type: noun, id, customerId: customer.id })

async function save<S extends SourceRecord>(
  ctx: Context,
  kind: SourceKind<S>,
  before: S,
  { after, writes }: Settled<S>,
  event: PublishedEvent,
): Promise<S> {
  return commit(ctx, [kind.entity.replace(ctx, before, after), ...writes], [event])
}

/** Settles receivables with what is left of a source. 409 `<noun>.used-up` when nothing is, `<noun>.nothing-to-allocate` when it would settle nothing. */
export async function allocateSource<S extends SourceRecord>(
  ctx: Context,
  kind: SourceKind<S>,
  { id, ...wish }: { id: string } & Pick<Wish, 'allocations' | 'allocate'>,
): Promise<S> {
  const [tenant, { record, customer }] = await Promise.all([readTenant(ctx), kind.read(ctx, id)])
  requireLive(record, kind.noun)
  const available = unallocatedOf(record)
  if (available === 0) throw new Problem('conflict', `${kind.noun}.used-up`, 'All of it is allocated already.')
  const on = kind.issuedOn(record)
  const { currency } = record.amount
  const about = { customer, tenant, on, currency, available, source: record, orderId: kind.orderId?.(record) }
  const shares = await planAllocations(ctx, { ...wish, ...about })
  if (shares.length === 0) throw new Problem('conflict', `${kind.noun}.nothing-to-allocate`, 'There is nothing that it could settle.')
  const settled = use(ctx, { customer, source: record, issuedOn: on }, shares)
  const facts = { number: record.number, allocations: sharesOf(shares), unallocated: unallocatedOf(settled.after), currency }
  return save(ctx, kind, record, settled, kind.events.allocated!(subjectOf(kind.noun, record, customer), facts as never))
}

/** The day of what is taken back: today unless said, in open books. */
async function dayOf(ctx: Context, given: string | null | undefined): Promise<string> {
  const on = given ?? today(ctx)
  requireOpenDate(ctx, await readTenant(ctx), on, '/on')
  return on
}

interface TakeBack {
  id: string
  /** All when left out. */
  allocations?: Unallocation[] | null | undefined
  on?: z.output<typeof BusinessDate> | null | undefined
}

/** Takes allocations of a source back, whole or in part; the receivables are owed again by that much. 409 `<noun>.nothing-allocated`. */
export async function unallocateSource<S extends SourceRecord>(
  ctx: Context,
  kind: SourceKind<S>,
  { id, on: given, ...wanted }: TakeBack,
): Promise<S> {
  const [on, { record, customer }] = await Promise.all([dayOf(ctx, given), kind.read(ctx, id)])
  requireLive(record, kind.noun)
  const allocations = wanted.allocations ?? allOf(record)
  if (allocations.length === 0) throw new Problem('conflict', `${kind.noun}.nothing-allocated`, 'Nothing of it is allocated.')
  const settled = await giveBack(ctx, { customer, source: record, issuedOn: kind.issuedOn(record) }, allocations, on)
  const { currency } = record.amount
  const taken = allocations.map(({ receivableId, amount }) => ({
    receivableId,
    amount: amount ? minor(amount) : allocatedTo(record, receivableId),
    on,
  }))
  const facts = { number: record.number, allocations: taken, unallocated: unallocatedOf(settled.after), currency }
  return save(ctx, kind, record, settled, kind.events.unallocated!(subjectOf(kind.noun, record, customer), facts as never))
}

const allOf = ({ allocations }: Source): Unallocation[] =>
  [...new Set(allocations.map(({ receivableId }) => receivableId))].map((receivableId) => ({ receivableId }))

const allocatedTo = ({ allocations }: Source, receivableId: string): number =>
  allocations.reduce((sum, one) => (one.receivableId === receivableId ? sum + one.units : sum), 0)

export interface Reversal {
  id: string
  on?: string | null | undefined
  reason?: string | null | undefined
}

/** Takes a source out of the books on a day: what it settled is owed again. Nothing is deleted. */
export async function endSource<S extends SourceRecord>(
  ctx: Context,
  kind: SourceKind<S>,
  { id, on: given, reason }: Reversal,
  how: { how: 'reversed' | 'dishonoured'; event: SourceEvent; check?(source: S): void; mark?: Partial<S> },
): Promise<S> {
  const [on, { record, customer }] = await Promise.all([dayOf(ctx, given), kind.read(ctx, id)])
  how.check?.(record)
  const bill = kind.bill?.(ctx, record)
  const about = { customer, source: record, issuedOn: kind.issuedOn(record), bill: bill && { ...bill, by: -bill.by } }
  const settled = await end(ctx, kind.noun, about, { on, how: how.how, ...(reason ? { reason } : {}) })
  const receivables = allOf(record).map(({ receivableId }) => receivableId)
  const { number, total: amount } = record
  const facts = { number, on, amount, currency: record.amount.currency, reason: reason ?? null, receivables }
  const marked = how.mark ? { ...settled, after: { ...settled.after, ...how.mark } } : settled
  return save(ctx, kind, record, marked, how.event(subjectOf(kind.noun, record, customer), facts as never))
}
