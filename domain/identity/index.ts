/** What other contexts may use of identity. */

export { endKeysOf } from './api-key/keys-of.ts'
export { actorAgain } from './caller/actor-again.ts'
export { confirmActor } from './caller/confirm-actor.ts'
export { hiddenFields, requireWritableFields, withoutHidden } from './fields.ts'
export { allowed, type Permission, type Role, requirePermission, scopeOf } from './permissions.ts'
export { movesDormancy } from './tenant/change-tenant.ts'
export { type DunningLevel, type DunningSettings, dunningLevels, duns } from './tenant/dunning-settings.ts'
export type { LetterheadSettings } from './tenant/letterhead-settings.ts'
export { markEvents } from './tenant/mark-events.ts'
export { defaultMailRate } from './tenant/marketing-settings.ts'
export { defaultNumbering, type NumberKind, type NumberRule, patternPiece } from './tenant/numbering.ts'
export {
  customerLevels,
  daysAllowed,
  defaultWarnDays,
  factsAsked,
  type PoolRules,
  type ReclaimFact,
  reclaimFacts,
} from './tenant/pool-rules.ts'
export { findTenant, forgetTenant, readTenant } from './tenant/read-tenant.ts'
export { senderOf } from './tenant/sender.ts'
export {
  type DunningEntry,
  dunningTenantEntry,
  dunningTenants,
  type ReclaimTenant,
  type ReminderEntry,
  reclaimTenantEntry,
  reclaimTenants,
  reminderHourEntry,
  reminderHourPartition,
  reminderHours,
} from './tenant/tenant.table.ts'
export type { Tenant } from './tenant/tenant.ts'
export { actingAs, actorOf } from './user/acting-as.ts'
export { endAccess, forgetAccess } from './user/end-access.ts'
export { findUser, holdUser } from './user/find-user.ts'
export { linkedUser } from './user/linked-user.ts'
export { knownUsers, requireCustomerOwner, requireMayOwnCustomers, requireOwner, userNames, visibleOwners } from './user/team.ts'
export { allUsers } from './user/user.table.ts'
export { managersAbove, teamOf, type User, UserId } from './user/user.ts'
