import { requireCustomerOwner } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { commit } from '../../store/commit.ts'
import { writableCustomer } from '../customer/access.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { ownerChanged } from './owner-changed.ts'
import { ownedBy } from './ownership.ts'
import { capLimit, poolRules } from './rules.ts'

/**
 * Gives a customer, owned or of the pool, to a user: quota, cooling and lock do not hold for a manager, the cap does.
 * Given to the one who has it, nothing changes.
 *
 * 404 for a customer out of sight or an unknown user, 422 for an inactive one and one who only looks on, 403 for one out of scope; 409 `pool.cap-reached`.
 */
export async function assignCustomer(
  ctx: Context,
  { id, ownerId, reason }: { id: string; ownerId: string; reason?: string | null | undefined },
): Promise<Customer> {
  const [customer, rules] = await Promise.all([writableCustomer(ctx, id), poolRules(ctx)])
  const owner = await requireCustomerOwner(ctx, ownerId)
  if (customer.ownerId === owner.id) return customer
  const after = ownedBy(customer, owner.id, ctx.now())
  const moved = ownerChanged(customer, after, 'assigned', reason ?? undefined)
  return commit(ctx, [customers.replace(ctx, customer, after, capLimit(rules))], [moved])
}
