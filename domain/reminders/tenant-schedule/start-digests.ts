import { type ReminderEntry, reminderHourPartition, reminderHours } from '../../identity/index.ts'
import type { SystemContext } from '../../kernel/context.ts'
import { systemQuery } from '../../store/system.ts'
import { dayToStart } from './schedule.ts'

/** A tenant whose day begins: what `plan-digests` is sent. Zone and hour say where the tenant was found. */
export interface TenantDay {
  tenantId: string
  day: string
  timeZone: string
  reminderHour: number
}

/**
 * The hourly run: hands out the tenants whose digests are to start at `time`, by their zone and hour (schedule.ts). It asks
 * only for zones where the hour has come, and may be run again for any time.
 */
export async function startDigests(system: SystemContext, time: string): Promise<void> {
  const inUse = await systemQuery<{ timeZone: string; hour: number }>(system, reminderHours)
  const come = inUse.filter(({ timeZone, hour }) => dayToStart(time, { timeZone, reminderHour: hour }))
  for (const { timeZone, hour } of come) {
    const entries = await systemQuery<ReminderEntry>(system, reminderHourPartition(timeZone, hour))
    const started = entries.flatMap(({ tenantId, lastDay }): TenantDay[] => {
      const due = dayToStart(time, { timeZone, reminderHour: hour, ...(lastDay ? { lastDay } : {}) })
      return due ? [{ tenantId, day: due.day, timeZone, reminderHour: hour }] : []
    })
    if (started.length > 0) await system.enqueue('plan-digests', started)
  }
}
