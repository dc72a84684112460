import { knownUsers, requireOwner, scopeOf, teamOf, type User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { isVisible } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'

const asActor = (user: User) => ({ kind: 'user' as const, id: user.id, userId: user.id, roles: user.roles, scopes: null })

/** True when the user could open the customer: nobody is reminded of what they may not see. */
async function sees(ctx: Context, user: User, customer: Customer): Promise<boolean> {
  const scope = scopeOf(asActor(user))
  if (scope === 'all') return true
  const owners = scope === 'team' ? teamOf(await knownUsers(ctx), user.id) : new Set([user.id])
  return isVisible(ctx, customer, owners)
}

/** Who a follow-up is for: the one named, else the owner of the customer, else the caller. */
export async function followUpOwner(ctx: Context, customer: Customer, named: string | null | undefined): Promise<string> {
  const ownerId = named ?? customer.ownerId ?? ctx.actor.userId ?? ctx.actor.id
  if (ownerId === customer.ownerId || ownerId === ctx.actor.userId) return ownerId
  const owner = await requireOwner(ctx, ownerId)
  if (!(await sees(ctx, owner, customer)))
    throw invalid('follow-up.owner-cannot-see', '/ownerId', 'This user may not see the customer. Make it a team member first.')
  return ownerId
}
