import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { find } from '../../store/read.ts'
import { users } from '../user/user.table.ts'

/** What an access token says of a user, as the authorizer reads it back. */
interface AccessClaims extends Record<string, string> {
  tenant_id: string
  user_id: string
  /** Grows when access is ended; a token of an older epoch stays ended. */
  epoch: string
}

/** The claims of a user who signs in; 403 `user.inactive` for one who is unknown or has left. */
export async function claimsFor(ctx: Context, userId: string): Promise<AccessClaims> {
  const user = await find(ctx, users, userId, { consistent: true })
  if (!user?.active) throw new Problem('forbidden', 'user.inactive', 'This user has no access.')
  return { tenant_id: ctx.tenant.id, user_id: user.id, epoch: String(user.tokenEpoch) }
}
