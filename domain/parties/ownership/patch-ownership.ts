import type { PublishedEvent } from '../../../events/define.ts'
import { allowed, requireCustomerOwner } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import type { CountLimit } from '../../store/count.ts'
import type { Write } from '../../store/write.ts'
import type { Customer } from '../customer/customer.ts'
import { requirePool } from '../pool/known-pools.ts'
import { ownerChanged } from './owner-changed.ts'
import { inPool, ownedBy, requireUnlocked } from './ownership.ts'
import { heldPool, poolFor } from './release-customer.ts'
import { capLimit, poolRules } from './rules.ts'

/** What a change of fields does to the ownership of a customer. */
interface PatchedOwnership {
  customer: Customer
  writes: Write[]
  events: PublishedEvent[]
  limit?: CountLimit | undefined
}

/** Giving a customer away, or taking one, is for those who assign; everybody else works on what they have. */
function requireMayAssign(ctx: Context): void {
  if (!allowed(ctx.actor, 'customers.assign'))
    throw new Problem(
      'forbidden',
      'customer.owner-fixed',
      'Only a manager may change the owner or the pool of a customer. To give one back, release it.',
    )
}

async function assigned(ctx: Context, before: Customer, merged: Customer, ownerId: string): Promise<PatchedOwnership> {
  const [owner, rules] = await Promise.all([requireCustomerOwner(ctx, ownerId), poolRules(ctx)])
  const { ownerId: _new, ...rest } = merged
  const at = before.ownerId ? { ...rest, ownerId: before.ownerId } : rest
  const customer = ownedBy(at, owner.id, ctx.now())
  return { customer, writes: [], events: [ownerChanged(before, customer, 'assigned')], limit: capLimit(rules) }
}

async function released(ctx: Context, before: Customer, merged: Customer): Promise<PatchedOwnership> {
  requireUnlocked(before)
  const pool = await poolFor(ctx, merged, merged.poolId === before.poolId ? undefined : merged.poolId)
  const by = callerOf(ctx)
  const kept = { ...merged, ownerId: before.ownerId! }
  const customer = inPool(kept, { at: ctx.now(), how: 'released', by, poolId: pool?.id ?? null })
  return { customer, writes: heldPool(pool), events: [ownerChanged(before, customer, 'released')] }
}

/**
 * A PATCH that sets ownerId assigns or releases as the actions of that name do, under the same rules; poolId moves the
 * customer, or the home it is released to. A new level restarts the days of a warning. `merged` is `before` with the changes.
 */
export async function patchOwnership(ctx: Context, before: Customer, merged: Customer): Promise<PatchedOwnership> {
  const ownerMoves = merged.ownerId !== before.ownerId
  const poolMoves = merged.poolId !== before.poolId
  if (ownerMoves || poolMoves) requireMayAssign(ctx)
  if (ownerMoves) return merged.ownerId ? assigned(ctx, before, merged, merged.ownerId) : released(ctx, before, merged)
  const pool = poolMoves && merged.poolId ? await requirePool(ctx, merged.poolId) : undefined
  const customer = merged.level === before.level ? merged : { ...merged, ruleSince: ctx.now() }
  return { customer, writes: heldPool(pool), events: [] }
}
