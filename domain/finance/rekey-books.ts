import type { Context } from '../kernel/context.ts'
import { type Customer, customerPartition, customers, partitionsOf } from '../parties/index.ts'
import { commit } from '../store/commit.ts'
import { type Entity, recordOf, type Stored } from '../store/entity.ts'
import { queryAll } from '../store/query.ts'
import { find, findMany } from '../store/read.ts'
import { tallyWrite } from '../store/tally.ts'
import type { Write } from '../store/write.ts'
import { creditNotes } from './credit-note/credit-note.table.ts'
import { openKey } from './ledger/open-item.ts'
import { receipts } from './receipt/receipt.table.ts'
import { receivables } from './receivable/receivable.table.ts'
import { isOpen, type Receivable } from './receivable/receivable.ts'
import { homeOf, type Source, unallocatedOf } from './settlement/source.ts'
import { writeOffs } from './write-off/write-off.table.ts'

/** A transaction takes 100 items: a record is two with what is open of it. */
const recordsAtOnce = 40

type Owned = Stored & { ownerId?: string | undefined }

interface Kind<T extends Owned> {
  entity: Entity<T>
  /** Where what is open of it stands; undefined when nothing is. */
  openAt(record: T): string | undefined
}

const sourceKind = <T extends Owned & Source>(entity: Entity<T>): Kind<T> => ({
  entity,
  openAt: (source) => (unallocatedOf(source) > 0 ? homeOf(source) : undefined),
})

const receivableKind: Kind<Receivable> = { entity: receivables, openAt: (one) => (isOpen(one) ? one.id : undefined) }
const kinds = [receivableKind, sourceKind(receipts), sourceKind(creditNotes), sourceKind(writeOffs)] as unknown as Kind<Owned>[]

/** The records of a kind in a partition, with those it points to. */
async function recordsIn<T extends Owned>(ctx: Context, { entity }: Kind<T>, home: string): Promise<T[]> {
  const range = { partition: customerPartition(home), prefix: entity.key(home).sk.slice(0, 1) }
  const items = await queryAll(ctx, range, { consistent: true })
  const pointed = items.flatMap((item) => (item.entity === 'pointer' ? [{ entity, id: item.ref as string }] : []))
  const found = pointed.length > 0 ? await findMany(ctx, pointed, { consistent: true }) : new Map()
  return [...items.filter((item) => item.entity === entity.type).map((item) => recordOf(entity, item)), ...([...found.values()] as T[])]
}

function rekeyed<T extends Owned>(ctx: Context, kind: Kind<T>, record: T, { ownerId }: Customer): Write[] {
  const { ownerId: _former, ...rest } = record
  const home = kind.openAt(record)
  const after = { ...rest, ...(ownerId ? { ownerId } : {}) } as unknown as T
  // Held by the version of its record, so that nothing is made of an item that was settled meanwhile.
  const open = home ? [tallyWrite({ key: openKey(home, record.id), add: {}, set: { o: ownerId ?? '' } })] : []
  return [kind.entity.replace(ctx, record, after), ...open]
}

/**
 * After a customer changed hands its receivables, receipts and credits are listed under the present owner, who cares for them
 * from now on. Works from the customer as it is now: late, repeated and interrupted runs end in the same state.
 */
export async function rekeyBooks(ctx: Context, customerId: string): Promise<void> {
  const customer = await find(ctx, customers, customerId, { consistent: true })
  if (!customer) return
  for (const kind of kinds)
    for (const home of partitionsOf(customer)) {
      const stale = (await recordsIn(ctx, kind, home)).filter((record) => record.ownerId !== customer.ownerId)
      for (let i = 0; i < stale.length; i += recordsAtOnce) {
        const writes = stale.slice(i, i + recordsAtOnce).flatMap((record) => rekeyed(ctx, kind, record, customer))
        await commit(ctx, [customers.keep(customer), ...writes], [])
      }
    }
}
