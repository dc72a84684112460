import { type ReminderEntry, reminderHourPartition, reminderHours } from '../../identity/index.ts'
import type { SystemContext } from '../../kernel/context.ts'
import { systemQuery } from '../../store/system.ts'

/** A tenant and the moment up to which its months are counted: what `keep-month-ends` is sent. */
interface MonthEndTask {
  tenantId: string
  upTo: string
}

/** Longer than anything takes from the moment that it says it was entered to where the indexes show it. */
const onItsWayMs = 5 * 60_000

/**
 * The daily run: hands out all tenants, to count what was entered up to shortly before the time it is for. A run for a time that has
 * not come counts up to now: what is entered later must not pass for counted.
 */
export async function startMonthEnds(system: SystemContext, time: string): Promise<void> {
  const asked = Math.min(Date.parse(time), Date.parse(system.now()))
  const upTo = new Date(asked - onItsWayMs).toISOString()
  for (const { timeZone, hour } of await systemQuery<{ timeZone: string; hour: number }>(system, reminderHours)) {
    const tenants = await systemQuery<ReminderEntry>(system, reminderHourPartition(timeZone, hour))
    if (tenants.length > 0)
      await system.enqueue(
        'keep-month-ends',
        tenants.map(({ tenantId }): MonthEndTask => ({ tenantId, upTo })),
      )
  }
}
