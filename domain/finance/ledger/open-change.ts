import { partitionOf } from '../../kernel/ids.ts'
import type { Posting } from './posting.ts'

/** A receivable, or money of a customer that belongs to none, with what is open of it. */
export interface OpenBalance {
  id: string
  kind: 'receivable' | 'credit'
  /** The ten characters that name the partition it stands in. */
  partition: string
  currency: string
  /** Minor units of `currency`, and the same in the currency of the books. */
  amount: number
  balance: number
  issuedOn: string
  dueOn: string
}

/** What a posting adds to what is open of one of them, from a day on. */
export interface OpenChange extends OpenBalance {
  on: string
}

export type OpenBalances = Map<string, OpenBalance>

/** What a posting does to each thing that it is about, and since when. */
export function changesOf({ id, on, currency, sourceId, parts, days, unallocated, unallocatedBase }: Posting): OpenChange[] {
  const owed = parts.map((part): OpenChange => {
    const { receivableId, amount, base, issuedOn, dueOn } = part
    const what = { id: receivableId, kind: 'receivable' as const, partition: partitionOf(receivableId), currency }
    return { ...what, on: part.on ?? on, amount, balance: base, issuedOn, dueOn }
  })
  if (!sourceId) return owed
  // A receipt that waited for its customer lies elsewhere than in the partition it is posted in.
  const what = { id: sourceId, kind: 'credit' as const, partition: partitionOf(id), currency, issuedOn: on, dueOn: on }
  const left = (days ?? [{ on, unallocated, unallocatedBase }]).filter((day) => day.unallocated !== 0 || day.unallocatedBase !== 0)
  return [...owed, ...left.map((day): OpenChange => ({ ...what, on: day.on, amount: day.unallocated, balance: day.unallocatedBase }))]
}

/** Adds a change to what is open, in place; with −1 it is taken back, as if it had not been made. */
export function addChange(open: OpenBalances, { on: _since, ...change }: OpenChange, sign: 1 | -1 = 1): void {
  const found = open.get(change.id)
  if (found) {
    found.amount += sign * change.amount
    found.balance += sign * change.balance
  } else open.set(change.id, { ...change, amount: sign * change.amount, balance: sign * change.balance })
}

/** The first day from which something of a posting counts: its own, but for allocations of several days. */
export const firstDayOf = ({ on, parts, days = [] }: Pick<Posting, 'on' | 'parts' | 'days'>): string =>
  [...parts, ...days].reduce((first, part) => (part.on && part.on < first ? part.on : first), on)
