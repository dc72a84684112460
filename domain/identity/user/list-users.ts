import type { Context } from '../../kernel/context.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { recordOf } from '../../store/entity.ts'
import { findGuarded } from '../../store/guard.ts'
import { listPage } from '../../store/list.ts'
import { find } from '../../store/read.ts'
import { users, usersPartition } from './user.table.ts'
import type { User } from './user.ts'

export const userList = { filters: { email: ['eq'], externalId: ['eq'] }, sorts: ['createdAt', '-createdAt'] } as const satisfies ListSpec

/** Users by creation; by e-mail or externalId at most one. */
export async function listUsers(ctx: Context, input: ListInput): Promise<Page<User>> {
  for (const [field, guard, value] of [
    ['email', 'user-email', input.filter.email?.eq?.toLowerCase()],
    ['externalId', 'user-external-id', input.filter.externalId?.eq],
  ] as const) {
    if (value === undefined) continue
    const id = await findGuarded(ctx, guard, value)
    const user = id ? await find(ctx, users, id) : undefined
    const other = field === 'email' ? input.filter.externalId?.eq : undefined
    return { data: user && (other === undefined || user.externalId === other) ? [user] : [], page: { next: null } }
  }
  const page = await listPage(ctx, 'users', [{ partition: usersPartition, reverse: input.sort === '-createdAt' }], input)
  return { ...page, data: page.data.map((item) => recordOf(users, item)) }
}
