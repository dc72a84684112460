import type { PublishedEvent } from '../../../events/define.ts'
import { CustomerOwnerChanged } from '../../../events/parties.ts'
import type { Customer } from '../customer/customer.ts'

type How = Parameters<typeof CustomerOwnerChanged>[1]['how']

/** The event of a move, with the way it went and its reason: what the timeline shows. */
export function ownerChanged(before: Customer, after: Customer, how: How, reason?: string): PublishedEvent {
  const subject = { type: 'customer', id: before.id, customerId: before.id }
  const poolId = (after.ownerId ? before.poolId : after.poolId) ?? null
  return CustomerOwnerChanged(subject, { from: before.ownerId ?? null, to: after.ownerId ?? null, how, reason: reason ?? null, poolId })
}
