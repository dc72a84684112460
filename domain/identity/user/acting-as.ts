import type { Actor, Context } from '../../kernel/context.ts'
import { find } from '../../store/read.ts'
import { users } from './user.table.ts'
import type { User } from './user.ts'

/** The actor that a person is, with all that its roles give. */
export const actorOf = (user: User): Actor => ({ kind: 'user', id: user.id, userId: user.id, roles: user.roles, scopes: null })

/** The person behind a link that was mailed, and a context in which it acts; undefined when it has no access (any more). */
export async function actingAs(ctx: Context, userId: string): Promise<{ user: User; ctx: Context } | undefined> {
  const user = await find(ctx, users, userId, { consistent: true })
  return user?.active ? { user, ctx: { ...ctx, actor: actorOf(user) } } : undefined
}
