import type { DeliveredEvent } from '../../../events/define.ts'
import type { Context } from '../../kernel/context.ts'
import { type Customer, customerPartition, customers, partitionsOf } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { type Entity, recordOf, type Stored } from '../../store/entity.ts'
import { queryAll } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { orders } from '../order/order.table.ts'
import { quotes } from '../quote/quote.table.ts'

/** A document that stands in the lists and reminders of the owner of its customer. */
interface Owned extends Stored {
  ownerId?: string | undefined
}

/** A transaction takes 100 items: a document is up to six with its pointer and its due entries, here and there. */
const documentsAtOnce = 15

async function rekey<T extends Owned>(ctx: Context, entity: Entity<T>, customer: Customer): Promise<void> {
  const rangeOf = (id: string) => ({ partition: customerPartition(id), prefix: entity.key(id).sk.slice(0, 1) })
  const items = await Promise.all(partitionsOf(customer).map((id) => queryAll(ctx, rangeOf(id), { consistent: true })))
  const stale = items
    .flat()
    .map((item) => recordOf(entity, item))
    .filter(({ ownerId }) => ownerId !== customer.ownerId)
  const rekeyed = ({ ownerId: _former, ...document }: T): T =>
    ({ ...document, ...(customer.ownerId ? { ownerId: customer.ownerId } : {}) }) as T
  for (let i = 0; i < stale.length; i += documentsAtOnce) {
    const writes = stale.slice(i, i + documentsAtOnce).map((document) => entity.replace(ctx, document, rekeyed(document)))
    await commit(ctx, [customers.keep(customer), ...writes], [])
  }
}

/**
 * After a customer changed hands: its quotes and orders are listed under the present owner, who is reminded of them; who sold an
 * order stays. Works from the customer as it is now: late, repeated and interrupted runs end in the same state.
 */
export async function rekeyDocuments(ctx: Context, { subject }: DeliveredEvent<unknown>): Promise<void> {
  const customer = await find(ctx, customers, subject.id, { consistent: true })
  if (!customer) return
  await rekey(ctx, quotes, customer)
  await rekey(ctx, orders, customer)
}
