import { requireOwner } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { reachOfUser, sightOf } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'

/** Who a follow-up is for: the one named, else the owner of the customer, else the caller. Nobody is reminded of what they may not see. */
export async function followUpOwner(ctx: Context, customer: Customer, named: string | null | undefined): Promise<string> {
  const ownerId = named ?? customer.ownerId ?? callerOf(ctx)
  if (ownerId === customer.ownerId || ownerId === ctx.actor.userId) return ownerId
  const owner = await requireOwner(ctx, ownerId)
  if (sightOf(ctx, customer, await reachOfUser(ctx, owner)) !== 'whole')
    throw invalid('follow-up.owner-cannot-see', '/ownerId', 'This user may not see the customer. Make it a team member first.')
  return ownerId
}
