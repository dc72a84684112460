import type * as z from 'zod'
import { UserActivityChanged, UserChanged, UserCreated } from '../../../events/identity.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import { requireDistinct } from '../../kernel/parse-input.ts'
import { commit } from '../../store/commit.ts'
import { get } from '../../store/read.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import type { Write } from '../../store/write.ts'
import { forgetCallers } from '../caller/cache.ts'
import { confirmActor } from '../caller/confirm-actor.ts'
import { allowed, permissions, scopeOf } from '../permissions.ts'
import { forgetUsers } from './team.ts'
import { allUsers, users } from './user.table.ts'
import { type ChangeUser, type CreateUser, managersAbove, requireNoCircle, type User, UserRecord } from './user.ts'

/**
 * The managers above, who must stay as they are until the change is written: of two changes that would close a circle
 * together, the second one sees the first. 404 for an unknown manager, 422 for a circle.
 */
async function heldManagers(ctx: Context, user: User): Promise<Write[]> {
  if (!user.managerId) return []
  const everybody = await allUsers(ctx, { consistent: true })
  const above = managersAbove(everybody, user.managerId)
  if (above.length === 0) throw notFound('user', '/managerId')
  requireNoCircle(everybody, user.id, user.managerId)
  return above.map((manager) => users.keep(manager))
}

/** The last administrator stays one: nobody could let anyone in again. The admin who is left must stay one until it is written. */
export async function heldAdmin(ctx: Context, before: User, after: User): Promise<Write[]> {
  const isAdmin = (user: User) => user.active && user.roles.includes('admin')
  if (!isAdmin(before) || isAdmin(after)) return []
  const other = (await allUsers(ctx, { consistent: true })).find((user) => user.id !== after.id && isAdmin(user))
  if (!other) throw new Problem('conflict', 'user.last-admin', 'This is the last active admin. Make another user admin first.')
  return [users.keep(other)]
}

/** A user as it starts: active, with no token issued yet. */
export function newUser(ctx: Context, input: z.output<typeof CreateUser>): User {
  const defaults = { active: true, digestOnWorkingDaysOnly: false }
  return { ...defaults, ...compact(input), ...newRecord(ctx, 'usr'), tokenEpoch: 1 } as User
}

/** Adds a user. 409 `user.email-taken`; 404 for an unknown manager. */
export async function createUser(ctx: Context, input: z.output<typeof CreateUser>): Promise<User> {
  requireDistinct(input.roles, '/roles')
  await confirmActor(ctx, 'users.write')
  const user = newUser(ctx, input)
  const held = await heldManagers(ctx, user)
  const created = await commit(ctx, [users.create(user), ...held], [UserCreated({ type: 'user', id: user.id }, {})])
  forgetUsers(ctx.tenant.id)
  return created
}

/**
 * Changes a user. `active: false` ends the access: identity is read again within 30 seconds, keys of the user open nothing
 * then, and its tokens stay ended even when it is let in again. Changed roles count from the same moment on.
 */
export async function changeUser(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeUser>; ifMatch?: string | undefined },
): Promise<User> {
  if (changes.roles) requireDistinct(changes.roles, '/roles')
  await confirmActor(ctx, 'users.write')
  const before = await get(ctx, users, id, { consistent: true })
  requireVersion(before, ifMatch)
  const merged = mergePatch(UserRecord, before, changes)
  const changed = changedFields(before, merged)
  if (changed.length === 0) return before
  const ends = before.active && !merged.active
  if (ends && id === ctx.actor.userId)
    throw new Problem('conflict', 'user.is-yourself', 'You cannot end your own access. Ask another admin to do it.')
  const held = [...(changed.includes('managerId') ? await heldManagers(ctx, merged) : []), ...(await heldAdmin(ctx, before, merged))]
  const after = { ...merged, tokenEpoch: before.tokenEpoch + (ends ? 1 : 0) }
  const subject = { type: 'user', id }
  const events = [UserChanged(subject, { changed })]
  if (before.active !== after.active) events.push(UserActivityChanged(subject, { active: after.active }))
  const saved = await commit(ctx, [users.replace(ctx, before, after), ...held], events)
  forgetUsers(ctx.tenant.id)
  forgetCallers(ctx.tenant.id)
  return saved
}

/** One user; every signed-in user may know the colleagues. */
export const getUser = (ctx: Context, { id }: { id: string }): Promise<User> => get(ctx, users, id)

/** The person behind the call, and what the call may do. */
export async function currentUser(ctx: Context) {
  const user = await get(ctx, users, callerOf(ctx))
  return { ...user, permissions: permissions.filter((permission) => allowed(ctx.actor, permission)), dataScope: scopeOf(ctx.actor) }
}
