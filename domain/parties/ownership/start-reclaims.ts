import { type ReclaimFact, type ReclaimTenant, reclaimTenantEntry, reclaimTenants } from '../../identity/index.ts'
import type { SystemContext } from '../../kernel/context.ts'
import { localDate } from '../../kernel/dates.ts'
import { systemQuery, systemRaise } from '../../store/system.ts'
import { type RuleLevel, ruleLevels } from './reclaim-rules.ts'

/**
 * A part of a tenant's run: what `reclaim-customers` is sent. First, once, `watch` for customers that were there before the
 * rules; then each level, by each of its rules. `after` continues a rule of `fact` behind what is done; `customerId` is one that
 * failed among others.
 */
export interface ReclaimRun {
  tenantId: string
  day: string
  part: RuleLevel | 'watch'
  fact?: ReclaimFact | undefined
  after?: string | undefined
  customerId?: string | undefined
}

/** The levels of a run, a message each. */
export const levelRuns = (tenantId: string, day: string): ReclaimRun[] => ruleLevels.map((part) => ({ tenantId, day, part }))

/** Settings are up to 30 seconds old elsewhere: what is created in that time after a change of rules may be overlooked once. */
const settled = 60_000

/** True while there may be customers that the rules do not know: they began to be watched before everybody knew the rules. */
const mustWatch = ({ since, watchedSince }: ReclaimTenant): boolean =>
  !watchedSince || (since !== undefined && Date.parse(watchedSince) < Date.parse(since) + settled)

/** A tenant has its run with the first hour of its local day; later hours catch up only what was missed. Any run can be repeated. */
function isDue({ timeZone, lastRun }: ReclaimTenant, time: string): boolean {
  if (!lastRun || time <= lastRun) return true
  return localDate(time, timeZone) !== localDate(lastRun, timeZone)
}

/** The hourly run: hands out the tenants with rules of reclaim whose local day begins at `time`. */
export async function startReclaims(system: SystemContext, time: string): Promise<void> {
  const tenants = (await systemQuery<ReclaimTenant>(system, reclaimTenants)).filter((tenant) => isDue(tenant, time))
  for (const tenant of tenants) {
    const { tenantId, timeZone } = tenant
    const day = localDate(time, timeZone)
    const runs: ReclaimRun[] = mustWatch(tenant) ? [{ tenantId, day, part: 'watch' }] : levelRuns(tenantId, day)
    await system.enqueue('reclaim-customers', runs)
    await systemRaise(system, reclaimTenantEntry(tenantId), 'lastRun', time)
  }
}
