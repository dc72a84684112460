import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { type Permission, requirePermission } from '../permissions.ts'
import { actorAgain } from './actor-again.ts'

const ended = () => new Problem('unauthenticated', 'token.inactive', 'The user of this token has no access any more.')

/**
 * Reads the actor again, consistently, before it changes who may do what: identity is otherwise up to 30 seconds old, and
 * somebody who is being shut out must not use them to make a key or another admin. 401 when ended, 403 without permission.
 */
export async function confirmActor(ctx: Context, permission: Permission): Promise<void> {
  if (ctx.actor.kind === 'system') return
  const actor = await actorAgain(ctx, ctx.actor)
  if (!actor) throw ended()
  requirePermission(actor, permission)
}
