import { CustomerLockChanged } from '../../../events/parties.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { commit } from '../../store/commit.ts'
import { writableCustomer } from '../customer/access.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'

/**
 * Locks a customer where it is: it cannot be claimed, released or reclaimed, only assigned or handed over. Unlocked, the
 * owner has the days of a warning before the rules of the pool take hold again. Locked twice, the last reason counts.
 */
export async function lockCustomer(
  ctx: Context,
  { id, locked, reason }: { id: string; locked: boolean; reason?: string | null | undefined },
): Promise<Customer> {
  const customer = await writableCustomer(ctx, id)
  const { lock, ...rest } = customer
  if (locked ? lock?.reason === reason : !lock) return customer
  const by = callerOf(ctx)
  const after: Customer = locked ? { ...rest, lock: { at: ctx.now(), by, reason: reason! } } : { ...rest, ruleSince: ctx.now() }
  const subject = { type: 'customer', id: customer.id, customerId: customer.id }
  return commit(ctx, [customers.replace(ctx, customer, after)], [CustomerLockChanged(subject, { locked, reason: reason ?? null })])
}
