import type { Context } from '../../kernel/context.ts'
import { localTime } from '../../kernel/dates.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import { commit } from '../../store/commit.ts'
import { find } from '../../store/read.ts'
import { reachOf, sightOf } from '../customer/access.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { ownerChanged } from './owner-changed.ts'
import { cooledAt, ownedBy, requireUnlocked, returned, takesBack } from './ownership.ts'
import { capLimit, claimOfDay, poolRules } from './rules.ts'

const owned = (detail: string) => new Problem('conflict', 'customer.already-owned', detail)

/**
 * A customer of a pool in the caller's reach. One that its owner took from such a pool was the caller's to see until
 * then, so who comes too late is told; any other customer out of sight is 404.
 */
async function claimable(ctx: Context, id: string): Promise<Customer> {
  const [customer, reach] = await Promise.all([find(ctx, customers, id, { consistent: true }), reachOf(ctx)])
  if (!customer) throw notFound('customer')
  const { ownerId: _owner, ...asPooled } = customer
  const cameFromHere = customer.fromPool && sightOf(ctx, asPooled, reach) !== 'none'
  if (sightOf(ctx, customer, reach) === 'none' && !cameFromHere) throw notFound('customer')
  if (!customer.ownerId) return customer
  if (customer.ownerId === ctx.actor.userId) throw owned('You own this customer already.')
  throw owned('Somebody owns this customer already. Only a customer of the public pool can be claimed; ask a manager to assign it.')
}

function requireCooled(ctx: Context, customer: Customer, userId: string, cooled: string | undefined): void {
  if (!cooled) return
  const { date, hour, minute } = localTime(cooled, ctx.tenant.timeZone)
  const clock = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':')
  throw new Problem(
    'conflict',
    'customer.cooling',
    `You had this customer before and may claim it again from ${date} ${clock} (${ctx.tenant.timeZone}) on. Until then others may, or a manager assigns it to you.`,
    { extra: { customerId: customer.id, userId, from: cooled } },
  )
}

/**
 * Takes a customer out of the pool for the caller: one transaction, in which the customer must still be as it was read,
 * the quota of the day and the cap must leave room. Within 24 hours the one who released it takes it back so, without
 * quota and cooling and as if it had never been away.
 *
 * 404 out of reach; 409 `customer.already-owned`, `customer.locked`, `customer.cooling`, `pool.quota-reached`, `pool.cap-reached`.
 */
export async function claimCustomer(ctx: Context, { id }: { id: string }): Promise<Customer> {
  const userId = ctx.actor.userId
  if (!userId) throw new Problem('forbidden', 'customer.claim-needs-person', 'Only a user can own a customer.')
  const [customer, rules] = await Promise.all([claimable(ctx, id), poolRules(ctx)])
  requireUnlocked(customer)
  const undo = takesBack(customer, userId, ctx.now())
  if (!undo) requireCooled(ctx, customer, userId, cooledAt(customer, userId, rules, ctx.now()))
  const after = undo ? returned(customer) : ownedBy(customer, userId, ctx.now())
  const writes = [customers.replace(ctx, customer, after, capLimit(rules)), ...(undo ? [] : claimOfDay(ctx, userId, rules))]
  return commit(ctx, writes as [ReturnType<typeof customers.replace>], [ownerChanged(customer, after, undo ? 'release-undone' : 'claimed')])
}
