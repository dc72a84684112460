import { allowed, visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { commit } from '../../store/commit.ts'
import { find } from '../../store/read.ts'
import type { Write } from '../../store/write.ts'
import { seenCustomer } from '../customer/access.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { requirePool } from '../pool/known-pools.ts'
import { pools } from '../pool/pool.table.ts'
import type { Pool } from '../pool/pool.ts'
import { ownerChanged } from './owner-changed.ts'
import { inPool, requireUnlocked } from './ownership.ts'

/** The pool a customer goes to: the one named, else its own; the pool of everybody when that was deleted meanwhile. */
export async function poolFor(ctx: Context, customer: Customer, named: string | null | undefined): Promise<Pool | undefined> {
  if (named) return requirePool(ctx, named)
  if (named === null || !customer.poolId) return undefined
  return find(ctx, pools, customer.poolId, { consistent: true })
}

/** A pool must still be there when a customer is put into it. */
export const heldPool = (pool: Pool | undefined): Write[] => (pool ? [pools.keep(pool)] : [])

/** The owner, or who assigns customers and reaches as far as the owner. */
async function requireMayRelease(ctx: Context, customer: Customer): Promise<void> {
  if (customer.ownerId === ctx.actor.userId) return
  const owners = await visibleOwners(ctx)
  if (allowed(ctx.actor, 'customers.assign') && (owners === 'all' || owners.has(customer.ownerId!))) return
  throw new Problem('forbidden', 'customer.not-yours', 'Only its owner, or a manager above the owner, may release a customer.')
}

/**
 * Gives a customer back to the public pool, with the reason that stays on its timeline. Its contact data is hidden there
 * until somebody claims it. Who released an own customer may take it back within 24 hours by claiming it.
 *
 * 404 for a customer or pool that is not there; 403 `customer.not-yours`; 409 `customer.in-pool`, `customer.locked`, and what
 * `requireFree` says of business with it that somebody has to see to its end.
 */
export async function releaseCustomer(
  ctx: Context,
  { id, reason, poolId }: { id: string; reason: string; poolId?: string | null | undefined },
  requireFree: (ctx: Context, customer: Customer) => Promise<void> = async () => {},
): Promise<Customer> {
  const { customer } = await seenCustomer(ctx, id, { consistent: true })
  if (!customer.ownerId) throw new Problem('conflict', 'customer.in-pool', 'This customer lies in the public pool already.')
  await requireMayRelease(ctx, customer)
  requireUnlocked(customer)
  await requireFree(ctx, customer)
  const pool = await poolFor(ctx, customer, poolId)
  const after = inPool(customer, { at: ctx.now(), how: 'released', by: callerOf(ctx), reason, poolId: pool?.id ?? null })
  return commit(ctx, [customers.replace(ctx, customer, after), ...heldPool(pool)], [ownerChanged(customer, after, 'released', reason)])
}
