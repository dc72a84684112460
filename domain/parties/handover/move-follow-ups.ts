import { FollowUpChanged } from '../../../events/parties.ts'
import { knownUsers } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { recordOf } from '../../store/entity.ts'
import { queryPage } from '../../store/query.ts'
import { findInOrder, findMany } from '../../store/read.ts'
import { reachOfUser, sightOf } from '../customer/access.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { followUps, followUpsOf } from '../follow-up/follow-up.table.ts'
import { type FollowUp, withFollowUp } from '../follow-up/follow-up.ts'
import { counted, type Mover, type Task } from './mover.ts'

/** Whoever got the customer from the leaver gets the plan; of other people's customers, who takes the rest if they see it, else the owner. */
async function receiver(ctx: Context, customer: Customer, { fromUserId, toUserId }: Task): Promise<string | undefined> {
  const { ownerId, formerOwners = [] } = customer
  if (!ownerId || ownerId === fromUserId) return undefined
  if (formerOwners.some(({ userId }) => userId === fromUserId)) return ownerId
  const user = (await knownUsers(ctx)).find(({ id }) => id === toUserId)
  return user && sightOf(ctx, customer, await reachOfUser(ctx, user)) === 'whole' ? toUserId : ownerId
}

/** The plans of a page with their customers, both as they are now. */
async function read(ctx: Context, ids: string[]): Promise<{ followUp: FollowUp; customer: Customer }[]> {
  const plans = await findInOrder(ctx, followUps, ids, { consistent: true })
  const owners = await findMany(
    ctx,
    plans.map(({ customerId }) => ({ entity: customers, id: customerId })),
    { consistent: true },
  )
  return plans.flatMap((followUp) => {
    const customer = owners.get(followUp.customerId) as Customer | undefined
    return customer ? [{ followUp, customer }] : []
  })
}

/**
 * Open follow-ups. Those of a customer that lies in the pool sleep there, and those of one that is not moved yet wait for the
 * next round.
 */
export const moveFollowUps: Mover = {
  kind: 'follow-ups',
  most: 10,
  async page(ctx, task, after, most) {
    const { items, more } = await queryPage(ctx, { index: 'gsi2', partition: followUpsOf(task.fromUserId, 'open') }, { limit: most, after })
    const all = await read(
      ctx,
      items.map((item) => recordOf(followUps, item).id),
    )
    const before = new Map<string, Customer>()
    const now = new Map<string, Customer>()
    const moved: { from: FollowUp; to: FollowUp }[] = []
    for (const { followUp, customer } of all) {
      const ownerId = await receiver(ctx, customer, task)
      if (!ownerId || followUp.ownerId !== task.fromUserId || followUp.status !== 'open') continue
      const to = { ...followUp, ownerId }
      before.set(customer.id, customer)
      now.set(customer.id, withFollowUp(now.get(customer.id) ?? customer, to))
      moved.push({ from: followUp, to })
    }
    return {
      counts: counted(moved.map(({ to }) => to.ownerId)),
      writes: [
        ...moved.map(({ from, to }) => followUps.replace(ctx, from, to)),
        ...[...now].map(([id, customer]) => customers.replace(ctx, before.get(id)!, customer)),
      ],
      events: moved.map(({ to: { id, customerId, dueOn } }) =>
        FollowUpChanged({ type: 'follow-up', id, customerId }, { changed: ['ownerId'], dueOn }),
      ),
      id: all[0]?.followUp.id,
      after: more ? (items.at(-1)?.gsi2sk as string | undefined) : undefined,
    }
  },
}
