import { type PoolRules, readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays, localDate, startOfLocalDay } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { type CountLimit, countAction } from '../../store/count.ts'
import type { Write } from '../../store/write.ts'

/** The tenant's rules of the public pool; what is left out does not limit. */
export const poolRules = async (ctx: Context): Promise<PoolRules> => (await readTenant(ctx)).poolRules ?? {}

/** The cap on what one user owns, as a limit of the commit that gives them one more. */
export function capLimit({ capPerUser }: PoolRules): CountLimit | undefined {
  if (capPerUser == null) return undefined
  const over = () =>
    new Problem(
      'conflict',
      'pool.cap-reached',
      `A user may own ${capPerUser} customers, and has as many. Release one before another is claimed or assigned.`,
    )
  return { most: capPerUser, over }
}

/** Counts a claim against the user's quota of the day in the zone of the tenant; nothing when there is no quota. */
export function claimOfDay(ctx: Context, userId: string, { quotaPerDay }: PoolRules): Write[] {
  if (quotaPerDay == null) return []
  const day = localDate(ctx.now(), ctx.tenant.timeZone)
  const tomorrow = startOfLocalDay(addDays(day, 1), ctx.tenant.timeZone)
  const over = () =>
    new Problem(
      'conflict',
      'pool.quota-reached',
      `You may claim ${quotaPerDay} customers a day, and have done so today. Claim again from ${addDays(day, 1)} on, or ask a manager to assign it to you.`,
    )
  // Kept a day longer than it counts: nobody asks for yesterday's.
  const count = { name: 'claims', of: `${userId} ${day}`, expiresAt: Math.floor(Date.parse(tomorrow) / 1000) + 86_400 }
  return [{ result: undefined, actions: () => [countAction(ctx, count, 1, { most: quotaPerDay, over })] }]
}
