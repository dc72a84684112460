import type * as z from 'zod'
import { UserActivityChanged, UserChanged, UserCreated } from '../../../events/identity.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch, requireDistinct } from '../../kernel/resource.ts'
import { commit } from '../../store/commit.ts'
import { newRecord, requireVersion } from '../../store/entity.ts'
import { get } from '../../store/read.ts'
import { forgetCallers } from '../caller/cache.ts'
import { forgetUsers } from './team.ts'
import { allUsers, users } from './user.table.ts'
import { type ChangeUser, type CreateUser, requireNoCircle, type User, UserRecord } from './user.ts'

type NewUser = z.output<typeof CreateUser>

async function requireManager(ctx: Context, user: User): Promise<void> {
  if (!user.managerId) return
  const everybody = await allUsers(ctx)
  if (!everybody.some((other) => other.id === user.managerId)) throw notFound('user', '/managerId')
  requireNoCircle(everybody, user.id, user.managerId)
}

/** The last administrator stays one: nobody could let anyone in again. */
async function requireAnAdmin(ctx: Context, before: User, after: User): Promise<void> {
  const isAdmin = (user: User) => user.active && user.roles.includes('admin')
  if (!isAdmin(before) || isAdmin(after)) return
  const others = (await allUsers(ctx)).filter((user) => user.id !== after.id && isAdmin(user))
  if (others.length === 0) throw new Problem('conflict', 'user.last-admin', 'This is the last active admin. Make another user admin first.')
}

/** Adds a user. 409 `user.email-taken`; 404 for an unknown manager. */
export async function createUser(ctx: Context, input: NewUser): Promise<User> {
  requireDistinct(input.roles, '/roles')
  const user: User = {
    active: true,
    digestOnWorkingDaysOnly: false,
    ...(compact(input) as NewUser),
    ...newRecord(ctx, 'usr'),
    tokenEpoch: 1,
  } as User
  await requireManager(ctx, user)
  const created = await commit(ctx, [users.create(user)], [UserCreated({ type: 'user', id: user.id }, {})])
  forgetUsers(ctx.tenant.id)
  return created
}

/**
 * Changes a user. Changed roles or `active: false` end the tokens in use: identity is read again within 30 seconds, and a
 * token of an older epoch is refused from then on.
 */
export async function changeUser(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeUser>; ifMatch?: string | undefined },
): Promise<User> {
  if (changes.roles) requireDistinct(changes.roles, '/roles')
  const before = await get(ctx, users, id, { consistent: true })
  requireVersion(before, ifMatch)
  const merged = { active: false, digestOnWorkingDaysOnly: false, ...mergePatch(UserRecord, before, changes) }
  const changed = changedFields(before, merged)
  if (changed.length === 0) return before
  if (changed.includes('managerId')) await requireManager(ctx, merged)
  await requireAnAdmin(ctx, before, merged)
  const endsAccess = before.active && !merged.active
  const after = { ...merged, tokenEpoch: before.tokenEpoch + (endsAccess ? 1 : 0) }
  const subject = { type: 'user', id }
  const events = [UserChanged(subject, { changed })]
  if (before.active !== after.active) events.push(UserActivityChanged(subject, { active: after.active }))
  const saved = await commit(ctx, [users.replace(ctx, before, after)], events)
  forgetUsers(ctx.tenant.id)
  forgetCallers(ctx.tenant.id)
  return saved
}

/** One user; every signed-in user may know the colleagues. */
export const getUser = (ctx: Context, { id }: { id: string }): Promise<User> => get(ctx, users, id)
