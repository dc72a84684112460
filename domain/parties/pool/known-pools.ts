import { visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { find } from '../../store/read.ts'
import { allPools, pools } from './pool.table.ts'
import { isMember, type Pool } from './pool.ts'

/** Pools are read with every customer and change seldom: kept for 30 seconds, forgotten at once where they are changed. */
const keptMilliseconds = 30_000
const kept = new Map<string, { until: number; pools: Promise<Pool[]> }>()

/** Has the next request of this process read the pools again. */
export const forgetPools = (tenantId: string): void => {
  kept.delete(tenantId)
}

/** All pools of the tenant, at most 30 seconds old. */
export function knownPools(ctx: Context): Promise<Pool[]> {
  const known = kept.get(ctx.tenant.id)
  if (known && known.until > Date.now()) return known.pools
  const found = allPools(ctx)
  kept.set(ctx.tenant.id, { until: Date.now() + keptMilliseconds, pools: found })
  found.catch(() => forgetPools(ctx.tenant.id))
  return found
}

/** The pools that the actor, or somebody below, is a member of. The pool without a name is everybody's and not among them. */
export async function poolsInReach(ctx: Context): Promise<'all' | ReadonlySet<string>> {
  const owners = await visibleOwners(ctx)
  if (owners === 'all') return 'all'
  const reached = (await knownPools(ctx)).filter((pool) => [...owners].some((userId) => isMember(pool, userId)))
  return new Set(reached.map((pool) => pool.id))
}

/** A pool that a customer shall go into, read consistently; 404 `pool.not-found` at `/poolId`. */
export async function requirePool(ctx: Context, id: string): Promise<Pool> {
  const pool = await find(ctx, pools, id, { consistent: true })
  if (!pool) throw notFound('pool', '/poolId')
  return pool
}
