import type * as z from 'zod'
import { TenantChanged, TenantCreated, UserCreated } from '../../../events/identity.ts'
import type { Context } from '../../kernel/context.ts'
import { localDate } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { changedFields, mergePatch } from '../../kernel/merge-patch.ts'
import { parseInput } from '../../kernel/parse-input.ts'
import { newSecret } from '../../kernel/signing.ts'
import { commit } from '../../store/commit.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { systemDeleteOf, systemFind, systemOf, systemPut, systemPutOf } from '../../store/system.ts'
import { confirmActor } from '../caller/confirm-actor.ts'
import { newUser } from '../user/change-user.ts'
import { users } from '../user/user.table.ts'
import { CreateUser, type User } from '../user/user.ts'
import { duns } from './dunning-settings.ts'
import { requireFinanceSettings } from './finance-settings.ts'
import { reclaims } from './pool-rules.ts'
import { currentTenant, findTenant, forgetTenant } from './read-tenant.ts'
import { requireNoBooks } from './require-no-books.ts'
import {
  type DunningEntry,
  dunningTenantEntry,
  type ReclaimTenant,
  type ReminderEntry,
  reclaimTenantEntry,
  reminderHourEntry,
  reminderHoursEntry,
  tenants,
} from './tenant.table.ts'
import { ChangeTenant, type Tenant, TenantRecord, tenantDefaults } from './tenant.ts'

/**
 * Puts the tenant where the hourly run finds it. The directory of hours comes first: an hour without tenants costs nothing.
 * A tenant that moves takes along the last day it was reminded of, so that this day is not caught up at the new hour.
 * Entries know the version they follow from: a slow change never takes away, or passes for, what a later one has listed.
 */
async function listForReminders(ctx: Context, tenant: Tenant, before?: Tenant): Promise<void> {
  const system = systemOf(ctx)
  const { timeZone, reminderHour: hour } = tenant
  const former = before && (await systemFind<ReminderEntry>(system, reminderHourEntry(before.timeZone, before.reminderHour, before.id)))
  const entry: ReminderEntry = { tenantId: tenant.id, ...(former?.lastDay ? { lastDay: former.lastDay } : {}) }
  await systemPut(system, reminderHoursEntry(timeZone, hour), { timeZone, hour })
  await systemPutOf(system, reminderHourEntry(timeZone, hour, tenant.id), entry, tenant.version)
}

/**
 * Puts a tenant whose rules reclaim customers where the run finds it. While the rules stay as they are, so does what is known of
 * its runs: since when its customers are watched, and the last one, so that a move to another zone begins nothing anew.
 */
async function listForReclaim(ctx: Context, tenant: Tenant): Promise<void> {
  if (!reclaims(tenant)) return
  const system = systemOf(ctx)
  const { id: tenantId, timeZone, poolRulesSince: since } = tenant
  const former = await systemFind<ReclaimTenant>(system, reclaimTenantEntry(tenantId))
  const { watchedSince, lastRun } = former?.since === since ? { ...former } : {}
  const known = { ...(watchedSince ? { watchedSince } : {}), ...(lastRun ? { lastRun } : {}) }
  const entry: ReclaimTenant = { tenantId, timeZone, ...(since ? { since } : {}), ...known }
  await systemPutOf(system, reclaimTenantEntry(tenantId), entry, tenant.version)
}

/** Puts a tenant that duns its customers where the run finds it, at its zone and hour. */
async function listForDunning(ctx: Context, tenant: Tenant): Promise<void> {
  const { id: tenantId, timeZone, reminderHour } = tenant
  const former = await systemFind<DunningEntry>(systemOf(ctx), dunningTenantEntry(tenantId))
  const entry: DunningEntry = { tenantId, timeZone, reminderHour, ...(former?.lastRun ? { lastRun: former.lastRun } : {}) }
  if (duns(tenant)) await systemPutOf(systemOf(ctx), dunningTenantEntry(tenantId), entry, tenant.version)
}

/** Whether changed settings change on which day a customer is dormant. */
export const movesDormancy = (changed: readonly string[]): boolean => changed.includes('dormantDays') || changed.includes('timeZone')

interface NewTenant {
  settings: z.input<typeof ChangeTenant> & { name: string }
  admin: z.input<typeof CreateUser>
}

/** Makes the tenant of the context (its id is free to choose by the operator) with its first user. 409 when it exists. */
export async function createTenant(ctx: Context, input: NewTenant): Promise<{ tenant: Tenant; admin: User }> {
  const settings = parseInput(ChangeTenant, input.settings)
  const blank = { ...tenantDefaults, name: '', ...newRecord(ctx, 'ten'), id: ctx.tenant.id, signingKey: newSecret() }
  const tenant: Tenant = mergePatch(TenantRecord, blank, settings)
  requireFinanceSettings(tenant, localDate(ctx.now(), tenant.timeZone))
  const admin = newUser(ctx, parseInput(CreateUser, input.admin))
  if (await findTenant(ctx)) throw new Problem('conflict', 'tenant.exists', 'There is a tenant with this id.')
  await listForReminders(ctx, tenant)
  await listForReclaim(ctx, tenant)
  if (duns(tenant)) await listForDunning(ctx, tenant)
  const events = [TenantCreated({ type: 'tenant', id: tenant.id }, {}), UserCreated({ type: 'user', id: admin.id }, {})]
  await commit(ctx, [tenants.create(tenant), users.create(admin)], events)
  return { tenant, admin }
}

/**
 * Changes the settings. With another zone or hour the tenant is listed under the new one before it leaves the old one:
 * the day's reminder is neither lost nor doubled, since each person's digest is claimed once per local day. 409
 * `tenant.currency-in-use` for another currency once there are books.
 */
export async function changeTenant(
  ctx: Context,
  { changes, ifMatch }: { changes: z.output<typeof ChangeTenant>; ifMatch?: string | undefined },
): Promise<Tenant> {
  await confirmActor(ctx, 'tenant.write')
  const before = await currentTenant(ctx)
  requireVersion(before, ifMatch)
  const merged = mergePatch(TenantRecord, before, changes)
  requireFinanceSettings(merged, localDate(ctx.now(), merged.timeZone))
  const changed = changedFields(before, merged)
  if (changed.length === 0) return before
  if (changed.includes('currency')) await requireNoBooks(ctx)
  const since = {
    ...(changed.includes('poolRules') ? { poolRulesSince: ctx.now() } : {}),
    ...(movesDormancy(changed) ? { dormantSince: ctx.now() } : {}),
  }
  const write = tenants.replace(ctx, before, { ...merged, ...since })
  const after = write.result
  if (changed.includes('poolRules') || changed.includes('timeZone')) await listForReclaim(ctx, after)
  const moved = changed.includes('timeZone') || changed.includes('reminderHour')
  if (moved) await listForReminders(ctx, after, before)
  if (duns(after) && (moved || !duns(before))) await listForDunning(ctx, after)
  const saved = await commit(ctx, [write], [TenantChanged({ type: 'tenant', id: before.id }, { changed })])
  forgetTenant(ctx.tenant.id)
  const { id, timeZone, reminderHour } = before
  if (moved) await systemDeleteOf(systemOf(ctx), reminderHourEntry(timeZone, reminderHour, id), after.version)
  if (reclaims(before) && !reclaims(after)) await systemDeleteOf(systemOf(ctx), reclaimTenantEntry(id), after.version)
  if (duns(before) && !duns(after)) await systemDeleteOf(systemOf(ctx), dunningTenantEntry(id), after.version)
  return saved
}
