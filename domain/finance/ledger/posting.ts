import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { CustomerId } from '../../parties/index.ts'

/** What happened. `cancellation` takes back a receivable that should not have been opened. */
const postingKinds = [
  'opening',
  'cancellation',
  'receipt',
  'credit-note',
  'write-off',
  'allocation',
  'unallocation',
  'refund',
  'reversal',
  'dishonour',
] as const

/** What a posting does to one receivable, with what ageing must know of it once it is settled. */
export const PostingPart = z.object({
  receivableId: z.string(),
  /** Minor units that more (or, below zero, less) is owed, and the same in the currency of the books at the receivable's rate. */
  amount: z.int(),
  base: z.int(),
  issuedOn: BusinessDate,
  dueOn: BusinessDate,
  /** The day from which it counts, in a posting of several days. */
  on: BusinessDate.optional(),
})
export type PostingPart = z.output<typeof PostingPart>

/**
 * One line of the append-only ledger: never changed, never deleted. What a customer owes and has to its credit on a day is the
 * sum of the postings dated up to that day (of one with `days`, of what counts from then or before). All figures are minor units of `currency`, `…Base` of the books' currency.
 */
export const Posting = z.object({
  id: z.string(),
  version: z.int(),
  createdAt: z.string(),
  createdBy: z.string(),
  updatedAt: z.string(),
  on: BusinessDate,
  kind: z.enum(postingKinds),
  customerId: CustomerId,
  ownerId: z.string().optional(),
  /** The receipt, credit note or write-off; missing where a receivable stands for itself. */
  sourceId: z.string().optional(),
  currency: z.string(),
  /** Sum of the parts. */
  receivable: z.int(),
  receivableBase: z.int(),
  /** What the customer has to its credit, more or less. */
  unallocated: z.int(),
  unallocatedBase: z.int(),
  parts: z.array(PostingPart),
  /** Of allocations that count from several days, what is unallocated more or less from each; `on` is the last of them. */
  days: z.array(z.object({ on: BusinessDate, unallocated: z.int(), unallocatedBase: z.int() })).optional(),
})
export type Posting = z.output<typeof Posting>

/** What a posting did behind a day: the parts that count from a later one, and what is unallocated more or less since. */
export function behind({ on, parts, days, unallocated, unallocatedBase }: Posting, day: string) {
  const later = (days ?? [{ on, unallocated, unallocatedBase }]).filter((one) => one.on > day)
  const sum = (of: 'unallocated' | 'unallocatedBase') => later.reduce((all, one) => all + one[of], 0)
  return {
    parts: parts.filter((part) => (part.on ?? on) > day),
    unallocated: sum('unallocated'),
    unallocatedBase: sum('unallocatedBase'),
  }
}
