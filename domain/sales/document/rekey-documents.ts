import type { DeliveredEvent } from '../../../events/define.ts'
import type { Context } from '../../kernel/context.ts'
import { type Customer, customerPartition, customers, partitionsOf } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { type Entity, recordOf } from '../../store/entity.ts'
import { queryAll } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { ownedBy, ownedDocuments } from './document-referrers.ts'
import type { OwnedDocument } from './owned-document.ts'

/** A transaction takes 100 items: a document is up to six with its pointer and its due entries, here and there. */
const documentsAtOnce = 15

async function rekey(ctx: Context, entity: Entity<OwnedDocument>, customer: Customer): Promise<void> {
  const rangeOf = (id: string) => ({ partition: customerPartition(id), prefix: entity.key(id).sk.slice(0, 1) })
  const items = await Promise.all(partitionsOf(customer).map((id) => queryAll(ctx, rangeOf(id), { consistent: true })))
  const stale = items
    .flat()
    .map((item) => recordOf(entity, item))
    .filter(({ ownerId }) => ownerId !== customer.ownerId)
  for (let i = 0; i < stale.length; i += documentsAtOnce) {
    const writes = stale.slice(i, i + documentsAtOnce).map((document) => entity.replace(ctx, document, ownedBy(document, customer.ownerId)))
    await commit(ctx, [customers.keep(customer), ...writes], [])
  }
}

/**
 * After a customer changed hands: its quotes, orders and shipments are listed under the present owner, who is reminded of them; who
 * sold an order stays. Works from the customer as it is now: late, repeated and interrupted runs end in the same state.
 */
export async function rekeyDocuments(ctx: Context, { subject }: DeliveredEvent<unknown>): Promise<void> {
  const customer = await find(ctx, customers, subject.id, { consistent: true })
  if (!customer) return
  for (const { entity } of ownedDocuments) await rekey(ctx, entity, customer)
}
