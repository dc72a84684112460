import { defineEntity } from '../../store/entity.ts'
import type { SystemKey } from '../../store/system.ts'
import type { Tenant } from './tenant.ts'

/** A tenant is one item; there is one per key space, so its id is not part of the key. */
export const tenants = defineEntity<Tenant>({
  type: 'tenant',
  prefix: 'ten',
  schemaVersion: 1,
  key: () => ({ pk: ['TENANT'], sk: ['TENANT'] }),
})

/** Tenants whose reminder hour it is, by zone and local hour. Holds tenantId and the last local day it was run for. */
export const reminderHourPartition = (timeZone: string, hour: number) => ['REMINDERS', timeZone, String(hour)]
export const reminderHourEntry = (timeZone: string, hour: number, tenantId: string): SystemKey => ({
  pk: reminderHourPartition(timeZone, hour),
  sk: tenantId,
})

/** The zones and hours in use, so that a run asks only for those. */
export const reminderHours = ['REMINDER-HOURS']
export const reminderHoursEntry = (timeZone: string, hour: number): SystemKey => ({ pk: reminderHours, sk: `${timeZone} ${hour}` })
