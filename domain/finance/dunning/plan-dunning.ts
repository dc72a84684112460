import { type DunningEntry, dunningTenantEntry, dunningTenants, duns, findTenant } from '../../identity/index.ts'
import { chunksOf } from '../../kernel/chunks.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import { localTime } from '../../kernel/dates.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { survivors } from '../../parties/index.ts'
import { recordOf } from '../../store/entity.ts'
import { queryAll } from '../../store/query.ts'
import { systemQuery, systemRaise } from '../../store/system.ts'
import { allReceivables, firstDueOn, receivables } from '../receivable/receivable.table.ts'
import { levelToSend } from './dunning.ts'

/** A tenant's dunning of one local day: what `plan-dunning` is sent. */
interface DunningDay {
  tenantId: string
  day: string
}

/** From the reminder hour of a local day on, once a day; the run for a time that was done already may be repeated. */
function dayToDun(time: string, { timeZone, reminderHour, lastRun }: DunningEntry): string | undefined {
  const { date, hour } = localTime(time, timeZone)
  if (hour < reminderHour) return undefined
  const isDone = lastRun !== undefined && lastRun < time && localTime(lastRun, timeZone).date === date
  return isDone ? undefined : date
}

/** The hourly run: hands out the tenants that dun their customers and whose hour has come, by the time it is for. */
export async function startDunning(system: SystemContext, time: string): Promise<void> {
  for (const tenant of await systemQuery<DunningEntry>(system, dunningTenants)) {
    const day = dayToDun(time, tenant)
    if (!day) continue
    await system.enqueue('plan-dunning', [{ tenantId: tenant.tenantId, day } satisfies DunningDay])
    await systemRaise(system, dunningTenantEntry(tenant.tenantId), 'lastRun', time)
  }
}

/** Customers that are dunned together, each with what has reached a level: what `dun-customers` is sent. */
export interface DunningGroup {
  tenantId: string
  day: string
  customers: CustomerToDun[]
}

interface CustomerToDun {
  id: string
  receivables: string[]
}

/** So many customers are read in one call and decided in one transaction. */
const mostTogether = 10
/** What a customer is not told of today has its turn on another day. */
const mostOfCustomer = 100

/** Hands out the customers of whom something has reached a level that they were not told of; one Query of what is overdue. */
export async function planDunning(ctx: Context, { tenantId, day }: DunningDay): Promise<void> {
  const tenant = await findTenant(ctx)
  if (!tenant || !duns(tenant)) return
  const late = await queryAll(ctx, { index: 'gsi1', partition: allReceivables('open'), to: firstDueOn(day) })
  const due = late.map((item) => recordOf(receivables, item)).filter((receivable) => levelToSend(receivable, day, tenant.dunning ?? []))
  if (due.length === 0) return
  const survivorOf = await survivors(ctx)
  const byCustomer = Map.groupBy(due, ({ id, customerId }) => survivorOf(partitionOf(id)) ?? customerId)
  const all = [...byCustomer].map(([id, some]) => ({ id, receivables: some.slice(0, mostOfCustomer).map((one) => one.id) }))
  await ctx.enqueue(
    'dun-customers',
    chunksOf(all, mostTogether).map((customers) => ({ tenantId, day, customers }) satisfies DunningGroup),
  )
}
