import { findTenant, readTenant, reclaims, type Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { ReclaimSettings } from './reclaim-rules.ts'

const settingsOf = ({ poolRules, poolRulesSince, calendar, timeZone }: Tenant): ReclaimSettings => ({
  rules: poolRules ?? {},
  rulesSince: poolRulesSince,
  calendar,
  timeZone,
})

/** The tenant's rules as they are now: a job must not take customers by rules that were changed a moment ago. */
export async function freshReclaimSettings(ctx: Context): Promise<ReclaimSettings | undefined> {
  const tenant = await findTenant(ctx)
  return tenant && settingsOf(tenant)
}

/** The same for showing, at most 30 seconds old. */
export const reclaimSettings = async (ctx: Context): Promise<ReclaimSettings> => settingsOf(await readTenant(ctx))

/** True when the tenant has rules by which customers go back to the pool; new ones are watched then from their first day. */
export const isReclaiming = async (ctx: Context): Promise<boolean> => reclaims(await readTenant(ctx))
