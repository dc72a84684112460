import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { find } from '../../store/read.ts'
import { apiKeys } from '../api-key/api-key.table.ts'
import { type Permission, requirePermission } from '../permissions.ts'
import { users } from '../user/user.table.ts'

const ended = () => new Problem('unauthenticated', 'token.inactive', 'The user of this token has no access any more.')

/**
 * Reads the actor again, consistently, before it changes who may do what: identity is otherwise up to 30 seconds old, and
 * somebody who is being shut out must not use them to make a key or another admin. 401 when ended, 403 without permission.
 */
export async function confirmActor(ctx: Context, permission: Permission): Promise<void> {
  const { kind, id, userId } = ctx.actor
  if (kind === 'system') return
  const [user, key] = await Promise.all([
    find(ctx, users, userId ?? id, { consistent: true }),
    kind === 'key' ? find(ctx, apiKeys, id, { consistent: true }) : undefined,
  ])
  if (!user?.active || (kind === 'key' && !key)) throw ended()
  requirePermission({ ...ctx.actor, roles: user.roles, scopes: key?.scopes ?? null }, permission)
}
