import type { PublishedEvent } from '../../../events/define.ts'
import { UserActivityChanged, UserChanged } from '../../../events/identity.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import type { Write } from '../../store/write.ts'
import { forgetCallers } from '../caller/cache.ts'
import { heldAdmin } from './change-user.ts'
import { forgetUsers } from './team.ts'
import { users } from './user.table.ts'
import type { User } from './user.ts'

/**
 * What ends a user's access as part of a commit: tokens in use and API keys open nothing any more, everywhere within 60
 * seconds. Of somebody who has none any more only that it stays so. 409 for the caller's own access and the last admin's.
 */
export async function endAccess(ctx: Context, user: User): Promise<{ writes: Write[]; events: PublishedEvent[] }> {
  if (user.id === ctx.actor.userId)
    throw new Problem('conflict', 'user.is-yourself', 'You cannot end your own access. Ask another admin to do it.')
  if (!user.active) return { writes: [users.keep(user)], events: [] }
  const ended = { ...user, active: false, tokenEpoch: user.tokenEpoch + 1 }
  const subject = { type: 'user', id: user.id }
  return {
    writes: [users.replace(ctx, user, ended), ...(await heldAdmin(ctx, user, ended))],
    events: [UserChanged(subject, { changed: ['active', 'tokenEpoch'] }), UserActivityChanged(subject, { active: false })],
  }
}

/** The process that ended an access knows it at once. */
export function forgetAccess(tenantId: string): void {
  forgetUsers(tenantId)
  forgetCallers(tenantId)
}
