import { UserChanged } from '../../../events/identity.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { commit } from '../../store/commit.ts'
import { get } from '../../store/read.ts'
import { forgetUsers } from './team.ts'
import { users } from './user.table.ts'
import type { User } from './user.ts'

/** A user who has left. 404 when there is none, 409 `user.active` for one who still works here. */
export async function leftUser(ctx: Context, id: string): Promise<User> {
  const user = await get(ctx, users, id, { consistent: true })
  if (user.active) throw new Problem('conflict', 'user.active', 'This user still works here. Hand over and end the access first.')
  return user
}

/** What is left of somebody who left: an id that did things, without name, address and department. */
export async function eraseUser(ctx: Context, id: string): Promise<void> {
  const before = await leftUser(ctx, id)
  const { department: _department, externalId: _externalId, ...user } = before
  const after: User = { ...user, name: '[erased]', email: `${id.replace('_', '-')}@erased.invalid` }
  await commit(ctx, [users.replace(ctx, before, after)], [UserChanged({ type: 'user', id }, { changed: ['name', 'email', 'department'] })])
  forgetUsers(ctx.tenant.id)
}
