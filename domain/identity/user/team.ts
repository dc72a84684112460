import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { invalid, notFound, Problem } from '../../kernel/errors.ts'
import type { ReadOptions } from '../../store/read-items.ts'
import { hasStaged } from '../../store/staging.ts'
import { permissionsOf, type Role, scopeOf } from '../permissions.ts'
import { allUsers, usersPartition } from './user.table.ts'
import { teamOf, type User } from './user.ts'

/** Users are read often and change seldom: kept for 30 seconds, forgotten at once where they are changed. */
const keptMilliseconds = 30_000
const kept = new Map<string, { until: number; users: Promise<User[]> }>()

/** Has the next request of this process read the users again. */
export const forgetUsers = (tenantId: string): void => {
  kept.delete(tenantId)
}

/** All users of the tenant, at most 30 seconds old; with those of a transaction in the making. */
export function knownUsers(ctx: Context): Promise<User[]> {
  if (hasStaged(ctx, usersPartition)) return allUsers(ctx)
  const known = kept.get(ctx.tenant.id)
  return known && known.until > Date.now() ? known.users : readUsers(ctx)
}

function readUsers(ctx: Context, options: ReadOptions = {}): Promise<User[]> {
  const users = allUsers(ctx, options)
  kept.set(ctx.tenant.id, { until: Date.now() + keptMilliseconds, users })
  users.catch(() => forgetUsers(ctx.tenant.id))
  return users
}

/** Whose records the actor sees: `all`, or a set of user ids. */
export async function visibleOwners(ctx: Context): Promise<'all' | ReadonlySet<string>> {
  const scope = scopeOf(ctx.actor)
  if (scope === 'all') return 'all'
  const self = callerOf(ctx)
  return scope === 'own' ? new Set([self]) : teamOf(await knownUsers(ctx), self)
}

/** Names of users by id, for pages and mails. */
export async function userNames(ctx: Context): Promise<Map<string, string>> {
  return new Map((await knownUsers(ctx)).map((user) => [user.id, user.name]))
}

/**
 * The user a record shall belong to: 404 when there is none, 422 when inactive, 403 when the actor's scope does not
 * reach that far (a rep gives to nobody, a manager within the team).
 */
export async function requireOwner(ctx: Context, ownerId: string, pointer = '/ownerId'): Promise<User> {
  const isOwner = (user: User) => user.id === ownerId
  const known = (await knownUsers(ctx)).find(isOwner)
  // Who was added or let in again a moment ago is found by looking again, consistently.
  const owner = known?.active || hasStaged(ctx, usersPartition) ? known : (await readUsers(ctx, { consistent: true })).find(isOwner)
  if (!owner) throw notFound('user', pointer)
  if (!owner.active) throw invalid('user.inactive', pointer, 'This user is not active any more. Name somebody who is.')
  const visible = await visibleOwners(ctx)
  if (visible !== 'all' && !visible.has(ownerId))
    throw new Problem('forbidden', 'owner.out-of-scope', 'You may give records only to yourself and your team.')
  return owner
}

/** 422 `owner.role-too-narrow`: who has customers is reminded of them and plans what comes next, so a role has to let that. */
export function requireMayOwnCustomers({ roles }: User, pointer: string): void {
  if (roles.some((role) => permissionsOf(role as Role).has('follow-ups.write'))) return
  throw invalid('owner.role-too-narrow', pointer, `No role of this user (${roles.join(', ')}) works with customers of its own.`)
}

/** The user a customer shall belong to: `requireOwner`, and 422 for one whose roles only look on. */
export async function requireCustomerOwner(ctx: Context, ownerId: string): Promise<User> {
  const owner = await requireOwner(ctx, ownerId)
  requireMayOwnCustomers(owner, '/ownerId')
  return owner
}
