import type { Context } from '../kernel/context.ts'
import { customerPartition, customers, partitionsOf, thingsAmong } from '../parties/index.ts'
import { commit } from '../store/commit.ts'
import { queryAll } from '../store/query.ts'
import { find } from '../store/read.ts'
import { followCustomer } from './credit/hands.ts'
import { handedTo, type OwnedKind, type OwnedRecord, ownedKinds } from './owned-books.ts'

/** A transaction takes 100 items: a record is two with what is open of it. */
const recordsAtOnce = 40

/** The records of a kind in a partition, with those it points to. */
async function recordsIn(ctx: Context, { entity }: OwnedKind, home: string): Promise<OwnedRecord[]> {
  const range = { partition: customerPartition(home), prefix: entity.key(home).sk.slice(0, 1) }
  return thingsAmong(ctx, entity, await queryAll(ctx, range, { consistent: true }))
}

/**
 * After a customer changed hands its receivables, receipts and credits are listed under the present owner, who cares for them
 * from now on. Works from the customer as it is now: late, repeated and interrupted runs end in the same state.
 */
export async function rekeyBooks(ctx: Context, customerId: string): Promise<void> {
  const customer = await find(ctx, customers, customerId, { consistent: true })
  if (!customer) return
  const [first, ...others] = await followCustomer(ctx, partitionsOf(customer))
  if (first) await commit(ctx, [first, ...others], [])
  for (const kind of ownedKinds)
    for (const home of partitionsOf(customer)) {
      const stale = (await recordsIn(ctx, kind, home)).filter((record) => record.ownerId !== customer.ownerId)
      for (let i = 0; i < stale.length; i += recordsAtOnce) {
        const writes = stale.slice(i, i + recordsAtOnce).flatMap((record) => handedTo(ctx, kind, record, customer))
        await commit(ctx, [customers.keep(customer), ...writes], [])
      }
    }
}
