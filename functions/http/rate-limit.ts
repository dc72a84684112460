import type { Context } from '../../domain/kernel/context.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import { leaseRequests } from '../../domain/store/rate.ts'
import { optionalEnv } from '../runtime.ts'

const defaultPerMinute = 6000
/** The first and the largest part of a minute that a process leases. */
const smallestShare = 1 / 1500
const largestShare = 1 / 50

interface Budget {
  window: number
  left: number
  leased: number
  /** What it asks for next. */
  wanted: number
}

/** What this process may still answer of each tenant's minute. */
const budgets = new Map<string, Budget>()

const partOf = (limit: number, share: number): number => Math.max(1, Math.floor(limit * share))
const perMinute = () => Number(optionalEnv('RATE_LIMIT_PER_MINUTE') ?? defaultPerMinute)

/**
 * Counts the request against the tenant's minute; 429 with `Retry-After` when it is used up. Processes lease parts of the
 * minute from one counter, so that the limit holds over all of them. Lambda has a process for each request at the same time:
 * leases begin small and double to a fiftieth of the limit, so that a burst does not use up the minute by what few of them need.
 */
export async function takeRequest(ctx: Context): Promise<Record<string, string>> {
  const limit = perMinute()
  const now = Date.parse(ctx.now())
  const window = Math.floor(now / 60_000)
  const reset = String(Math.ceil(((window + 1) * 60_000 - now) / 1000))
  let budget = budgets.get(ctx.tenant.id)
  if (budget?.window !== window) budget = { window, left: 0, leased: 0, wanted: partOf(limit, smallestShare) }
  budgets.set(ctx.tenant.id, budget)
  // A minute that is used up is not asked for again: who is refused costs nothing.
  if (budget.left === 0 && budget.leased < limit) {
    const { granted, used } = await leaseRequests(ctx, window, budget.wanted, limit)
    budget.wanted = Math.min(budget.wanted * 2, partOf(limit, largestShare))
    budget.left += granted
    budget.leased = used
  }
  const headers = { 'ratelimit-limit': String(limit), 'ratelimit-remaining': '0', 'ratelimit-reset': reset }
  if (budget.left === 0)
    throw new Problem('rate-limited', 'rate.exceeded', `More than ${limit} requests in this minute. Wait ${reset} seconds.`, {
      retryable: true,
      headers: { ...headers, 'retry-after': reset },
    })
  budget.left -= 1
  return { ...headers, 'ratelimit-remaining': String(Math.max(0, limit - budget.leased + budget.left)) }
}
