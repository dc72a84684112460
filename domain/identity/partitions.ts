import type { Context, SystemContext } from '../kernel/context.ts'
import { namedPartitions, type PartitionSource } from '../store/partitions.ts'
import { type SystemPlace, systemQuery } from '../store/system.ts'
import { allApiKeys, apiKeysPartition, keyHashEntry } from './api-key/api-key.table.ts'
import { findTenant } from './tenant/read-tenant.ts'
import {
  dunningTenantEntry,
  type ReminderEntry,
  reclaimTenantEntry,
  reminderHourEntry,
  reminderHourPartition,
  reminderHours,
  reminderHoursEntry,
  tenantPartition,
} from './tenant/tenant.table.ts'
import { usersPartition } from './user/user.table.ts'

export const identityPartitions: PartitionSource[] = [namedPartitions(tenantPartition, usersPartition, apiKeysPartition)]

/** Where the tenant stands before it is known: its keys by their hashes, and what jobs find it by. */
export async function identityPlaces(ctx: Context): Promise<SystemPlace[]> {
  const keys = await allApiKeys(ctx)
  const hashes = keys.flatMap(({ hash, formerHash }) => [hash, ...(formerHash ? [formerHash] : [])])
  const tenant = await findTenant(ctx)
  const hours: SystemPlace[] = tenant
    ? [
        { key: reminderHoursEntry(tenant.timeZone, tenant.reminderHour), isShared: true },
        { key: reminderHourEntry(tenant.timeZone, tenant.reminderHour, ctx.tenant.id) },
      ]
    : []
  const jobs = [reclaimTenantEntry(ctx.tenant.id), dunningTenantEntry(ctx.tenant.id)]
  return [...hours, ...[...hashes.map(keyHashEntry), ...jobs].map((key) => ({ key }))]
}

/** The ids of all tenants: each has an hour at which its people are reminded. 1 Query, and one for each hour in use. */
export async function allTenants(system: SystemContext): Promise<string[]> {
  const hours = await systemQuery<{ timeZone: string; hour: number }>(system, reminderHours)
  const found: string[] = []
  for (const { timeZone, hour } of hours)
    found.push(...(await systemQuery<ReminderEntry>(system, reminderHourPartition(timeZone, hour))).map(({ tenantId }) => tenantId))
  return [...new Set(found)].sort()
}
