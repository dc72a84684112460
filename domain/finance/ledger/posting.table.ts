import type { Context } from '../../kernel/context.ts'
import { datedId, firstIdAt } from '../../kernel/ids.ts'
import { customerPartition } from '../../parties/index.ts'
import { defineEntity } from '../../store/entity.ts'
import type { Range } from '../../store/query.ts'
import { newRecord } from '../../store/record.ts'
import type { Write } from '../../store/write.ts'
import { firstDayOf } from './open-change.ts'
import type { Posting, PostingPart } from './posting.ts'

const postingsOfMonth = (month: string) => ['PST-ALL', month]

/** The month, in UTC, in which a posting was entered. */
const monthEntered = ({ createdAt }: Pick<Posting, 'createdAt'>) => createdAt.slice(0, 7)

/**
 * Counts from a day of an earlier month than it was entered in or stands under: whoever summed that month up must be told. Both
 * months are of UTC, so that a firm that moves to another zone changes nothing of it.
 */
function isLate(posting: Posting): boolean {
  const first = firstDayOf(posting).slice(0, 7)
  return first < monthEntered(posting) || first < posting.on.slice(0, 7)
}

/** In the partition of the customer whose balance it changes. Ids begin with the business date, so that both orders follow it. */
export const postings = defineEntity<Posting>({
  type: 'posting',
  prefix: 'pst',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['PST', id] }),
  gsi1: ({ id, on }) => ({ pk: postingsOfMonth(on.slice(0, 7)), sk: [id] }),
  gsi2: (posting) => (isLate(posting) ? { pk: ['PST-LATE', monthEntered(posting)], sk: [posting.createdAt, posting.id] } : undefined),
})

/** The smallest id of a posting on a day or later. */
const firstPostingOn = (day: string): string => firstIdAt('pst', day)

/** Access pattern: postings of a customer's partition from a day on, by business date; one Query. */
export const postingsIn = (home: string, from?: string): Range => ({
  partition: customerPartition(home),
  prefix: ['PST'],
  ...(from ? { from: `PST#${firstPostingOn(from)}` } : {}),
})

/** Access pattern: postings of all customers in a month, by business date; one Query per month. */
export const postingsOfAll = (month: string, from?: string): Range => ({
  index: 'gsi1',
  partition: postingsOfMonth(month),
  ...(from ? { from: firstPostingOn(from) } : {}),
})

/** Access pattern: what was entered in a month behind a moment for days of earlier months, in the order of entry; one Query per month. */
export const latePostings = (month: string, behind: string): Range => ({
  index: 'gsi2',
  partition: ['PST-LATE', month],
  from: `${behind}#\uffff`,
})

type NewPosting = Pick<Posting, 'on' | 'kind' | 'customerId' | 'currency'> & {
  ownerId?: string | undefined
  sourceId?: string | undefined
  parts?: PostingPart[]
  unallocated?: number
  unallocatedBase?: number
  days?: Posting['days']
}

const sum = (parts: PostingPart[], of: 'amount' | 'base') => parts.reduce((total, part) => total + part[of], 0)

/** A new line of the ledger in the partition `home` of a customer; part of the commit of what it says. */
export function post(
  ctx: Context,
  home: string,
  { parts = [], unallocated = 0, unallocatedBase = 0, ...what }: NewPosting,
): Write<Posting> {
  const { ownerId, sourceId, days, ...rest } = what
  const record = newRecord(ctx, 'pst', home)
  return postings.create({
    ...record,
    ...rest,
    ...(ownerId ? { ownerId } : {}),
    ...(sourceId ? { sourceId } : {}),
    id: datedId(record.id, what.on),
    receivable: sum(parts, 'amount'),
    receivableBase: sum(parts, 'base'),
    unallocated,
    unallocatedBase,
    parts,
    ...(days ? { days } : {}),
  })
}
