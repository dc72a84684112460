import type { Actor, Context } from '../../kernel/context.ts'
import { find } from '../../store/read.ts'
import { apiKeys } from '../api-key/api-key.table.ts'
import { users } from '../user/user.table.ts'

/**
 * Somebody for whom a job works after the request is over, with what the person may do by now. Undefined when the access
 * has ended: the person left, or the key was revoked. Read consistently.
 */
export async function actorAgain(ctx: Context, { kind, id, userId }: Pick<Actor, 'kind' | 'id' | 'userId'>): Promise<Actor | undefined> {
  const [user, key] = await Promise.all([
    find(ctx, users, userId ?? id, { consistent: true }),
    kind === 'key' ? find(ctx, apiKeys, id, { consistent: true }) : undefined,
  ])
  if (!user?.active || (kind === 'key' && !key)) return undefined
  return { kind, id, userId: user.id, roles: user.roles, scopes: key?.scopes ?? null }
}
