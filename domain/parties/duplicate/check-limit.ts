import { scopeOf } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { countUse } from '../../store/use.ts'

/** More than a person types at a trade fair; far less than it takes to list the customers of a firm. */
const perTenMinutes = 120
const perDay = 600

/**
 * Counts a look at others' customers, in one item per user and day: the log of who checks how often. 429
 * `duplicate-check.rate-exceeded` at a rate at which customers could be mined. Who sees all customers anyway is not held up.
 */
export async function countCheck(ctx: Context): Promise<void> {
  if (scopeOf(ctx.actor) === 'all') return
  const now = Date.parse(ctx.now())
  const { window, day } = await countUse(ctx, { name: 'duplicate-check', of: ctx.actor.userId ?? ctx.actor.id, at: now })
  if (window <= perTenMinutes && day <= perDay) return
  const wait = day > perDay ? secondsLeft(now, 24 * 3600) : secondsLeft(now, 600)
  throw new Problem(
    'rate-limited',
    'duplicate-check.rate-exceeded',
    `More than ${day > perDay ? `${perDay} duplicate checks in a day` : `${perTenMinutes} duplicate checks in ten minutes`}. Wait ${wait} seconds, or ask an admin to import a list.`,
    { retryable: true, headers: { 'retry-after': String(wait) } },
  )
}

/** A create that is refused for a duplicate shows as much as a check. */
export const countRefusal = countCheck

const secondsLeft = (now: number, length: number) => length - (Math.floor(now / 1000) % length)
