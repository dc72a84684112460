import { defineEntity } from '../../store/entity.ts'
import type { SystemKey } from '../../store/system.ts'
import type { Tenant } from './tenant.ts'

export const tenantPartition = ['TENANT']

/** A tenant is one item; there is one per key space, so its id is not part of the key. */
export const tenants = defineEntity<Tenant>({
  type: 'tenant',
  prefix: 'ten',
  schemaVersion: 1,
  key: () => ({ pk: tenantPartition, sk: ['TENANT'] }),
})

/** What the hourly run knows of a tenant: the last local day whose digests were handed out. */
export interface ReminderEntry {
  tenantId: string
  lastDay?: string
}

/** Access pattern: tenants by zone and local reminder hour; one Query, 0.5 RRU per 40 tenants. */
export const reminderHourPartition = (timeZone: string, hour: number) => ['REMINDERS', timeZone, String(hour)]
export const reminderHourEntry = (timeZone: string, hour: number, tenantId: string): SystemKey => ({
  pk: reminderHourPartition(timeZone, hour),
  sk: tenantId,
})

/** Access pattern: the zones and hours in use, so that a run asks only for those; one Query. */
export const reminderHours = ['REMINDER-HOURS']
export const reminderHoursEntry = (timeZone: string, hour: number): SystemKey => ({ pk: reminderHours, sk: `${timeZone} ${hour}` })

/** What the run that reclaims knows of a tenant with rules for it. */
export interface ReclaimTenant {
  tenantId: string
  timeZone: string
  /** When the rules were last changed. */
  since?: string
  /** When all customers began to be watched; a run before does that first. */
  watchedSince?: string
  /** The time that the last run was for. */
  lastRun?: string
}

/** Access pattern: tenants with rules of reclaim; one Query, 0.5 RRU per 40 tenants. */
export const reclaimTenants = ['POOL-RECLAIM']
export const reclaimTenantEntry = (tenantId: string): SystemKey => ({ pk: reclaimTenants, sk: tenantId })

/** What the run that duns knows of a tenant whose customers are dunned. */
export interface DunningEntry {
  tenantId: string
  timeZone: string
  reminderHour: number
  /** The time that the last run was for. */
  lastRun?: string
}

/** Access pattern: tenants whose customers are dunned; one Query, 0.5 RRU per 40 tenants. */
export const dunningTenants = ['DUNNING']
export const dunningTenantEntry = (tenantId: string): SystemKey => ({ pk: dunningTenants, sk: tenantId })
