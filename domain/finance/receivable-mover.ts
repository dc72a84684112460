import { type Mover, thingsMover } from '../parties/index.ts'
import { handedTo, type OwnedRecord, ownedKinds } from './owned-books.ts'
import { receivablesOfOwner } from './receivable/receivable.table.ts'

/** A transaction takes 100 items: a receivable is two with what is open of it. */
const recordsAtOnce = 40

const kind = ownedKinds[0]!

/** The receivables that a leaver cared for. What is settled follows its customers. */
export const receivableMover: Mover = thingsMover<OwnedRecord>({
  kind: kind.kind,
  entity: kind.entity,
  most: recordsAtOnce,
  ranges: (ownerId) => [{ index: 'gsi2', partition: receivablesOfOwner(ownerId, 'open') }],
  given: (ctx, receivable, ownerId) => handedTo(ctx, kind, receivable, { ownerId }),
})
