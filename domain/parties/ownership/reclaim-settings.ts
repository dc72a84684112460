import { factsAsked, findTenant, type ReclaimFact, readTenant, type Tenant } from '../../identity/index.ts'
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

/** The facts that the tenant's rules ask for; new customers are watched for want of them from their first day. */
export const factsToWatch = async (ctx: Context): Promise<ReclaimFact[]> => factsAsked((await readTenant(ctx)).poolRules ?? {})
