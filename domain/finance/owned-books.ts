import type { Context } from '../kernel/context.ts'
import { type Customer, type Referrer, thingsOf } from '../parties/index.ts'
import type { Entity } from '../store/entity.ts'
import type { Stored } from '../store/entity-definition.ts'
import { tallyWrite } from '../store/tally.ts'
import type { Write } from '../store/write.ts'
import { followCustomer } from './credit/hands.ts'
import { creditNotes } from './credit-note/credit-note.table.ts'
import { dunningNotices } from './dunning/dunning.table.ts'
import { openKey } from './ledger/open-item.ts'
import { receipts } from './receipt/receipt.table.ts'
import { receivables } from './receivable/receivable.table.ts'
import { isOpen, type Receivable } from './receivable/receivable.ts'
import { homeOf, type Source, unallocatedOf } from './settlement/source.ts'
import { writeOffs } from './write-off/write-off.table.ts'

/** A record of the books that is listed under the owner of its customer. */
export interface OwnedRecord extends Stored {
  customerId: string
  ownerId?: string | undefined
}

export interface OwnedKind {
  kind: string
  entity: Entity<OwnedRecord>
  /** Where what is open of a record stands; undefined when nothing is. */
  openAt(record: OwnedRecord): string | undefined
}

const openSource = (source: Source): string | undefined => (unallocatedOf(source) > 0 ? homeOf(source) : undefined)
const openReceivable = (receivable: Receivable): string | undefined => (isOpen(receivable) ? receivable.id : undefined)

export const ownedKinds = [
  { kind: 'receivables', entity: receivables, openAt: openReceivable },
  { kind: 'receipts', entity: receipts, openAt: openSource },
  { kind: 'credit-notes', entity: creditNotes, openAt: openSource },
  { kind: 'write-offs', entity: writeOffs, openAt: openSource },
] as readonly OwnedKind[]

/** A record in the hands of its customer's owner, or of nobody, and what is open of it beside: two items. */
function ownedBy({ openAt }: OwnedKind, { ownerId: _former, ...record }: OwnedRecord, { ownerId }: Pick<Customer, 'ownerId'>) {
  const after = { ...record, ...(ownerId ? { ownerId } : {}) } as OwnedRecord
  const home = openAt(after)
  // Held by the version of its record, so that nothing is made of an item that was settled meanwhile.
  const open: Write[] = home ? [tallyWrite({ key: openKey(home, record.id), add: {}, set: { o: ownerId ?? '' } })] : []
  return { record: after, writes: open }
}

/** Writes that hand a record to the present owner of its customer. */
export function handedTo(ctx: Context, kind: OwnedKind, before: OwnedRecord, customer: Pick<Customer, 'ownerId'>): Write[] {
  const { record, writes } = ownedBy(kind, before, customer)
  return [kind.entity.replace(ctx, before, record), ...writes]
}

/** Before anything of the books is turned it is told that they follow, so that nothing comes in behind those that were turned. */
const followed = (referrer: Referrer, place: number): Referrer =>
  place > 0
    ? referrer
    : {
        ...referrer,
        turn: async (ctx, move, after) =>
          after === undefined
            ? { count: 0, writes: await followCustomer(ctx, move.partitions), after: '0' }
            : referrer.turn(ctx, move, after),
      }

/**
 * The books go with their customer when it is merged, into the lists of its owner. Amounts stay in the partition where they
 * were posted, and so does the ledger, which nothing ever changes: whoever sums a customer sums its partitions.
 */
export const bookReferrers: Referrer[] = [
  ...ownedKinds
    .map((kind) => thingsOf<OwnedRecord>(kind.kind, kind.entity, { turned: (record, { to }) => ownedBy(kind, record, to) }))
    .map(followed),
  thingsOf('dunning-notices', dunningNotices, { turned: (record) => ({ record }) }),
]
