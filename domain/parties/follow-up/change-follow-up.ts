import type * as z from 'zod'
import { FollowUpChanged, FollowUpClosed, FollowUpDeleted } from '../../../events/parties.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays, BusinessDate } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { changedFields, mergePatch } from '../../kernel/merge-patch.ts'
import { commit } from '../../store/commit.ts'
import { requireVersion } from '../../store/record.ts'
import { visibleOfCustomer, writableCustomer, writableOfCustomer } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'
import { customerWrite } from '../customer/customer-write.ts'
import { followUps } from './follow-up.table.ts'
import {
  type ChangeFollowUp,
  type CreateFollowUp,
  type FollowUp,
  FollowUpRecord,
  inStatus,
  requireOpen,
  withFollowUp,
  withoutFollowUp,
} from './follow-up.ts'
import { followUpOwner } from './owner.ts'
import { planned, untouched } from './plan-next-contact.ts'

/** Plans a contact with a customer. 404 for a customer out of sight, 422 for an owner who may not see it. */
export async function createFollowUp(ctx: Context, input: z.output<typeof CreateFollowUp>): Promise<FollowUp> {
  const customer = await writableCustomer(ctx, input.customerId, '/customerId')
  const ownerId = await followUpOwner(ctx, customer, input.ownerId)
  const { dueOn, subject, externalId, status } = input
  const plan = planned(ctx, untouched(customer), { dueOn, subject, ownerId, ...(externalId ? { externalId } : {}) }, status ?? 'open')
  return commit(ctx, [followUps.create(plan.followUp), customerWrite(ctx, customer, plan.customer)], plan.events)
}

async function save(ctx: Context, customer: Customer, before: FollowUp, after: FollowUp): Promise<FollowUp> {
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  const subject = { type: 'follow-up', id: before.id, customerId: before.customerId }
  const event =
    before.status === 'open' && after.status !== 'open'
      ? FollowUpClosed(subject, { status: after.status })
      : FollowUpChanged(subject, { changed, dueOn: after.dueOn })
  return commit(ctx, [followUps.replace(ctx, before, after), customerWrite(ctx, customer, withFollowUp(customer, after))], [event])
}

/** Moves, renames, hands on, finishes, cancels or reopens a follow-up; nextContactOn of the customer follows. */
export async function changeFollowUp(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeFollowUp>; ifMatch?: string | undefined },
): Promise<FollowUp> {
  const { record: followUp, customer } = await writableOfCustomer(ctx, followUps, id)
  requireVersion(followUp, ifMatch)
  const { status = followUp.status, ...others } = changes
  const inState = inStatus(followUp, status, ctx.now())
  const merged = mergePatch(FollowUpRecord, inState, others)
  if (changedFields(inState, merged).some((field) => field !== 'externalId') && followUp.status !== 'open') requireOpen(inState)
  if (merged.ownerId !== followUp.ownerId) await followUpOwner(ctx, customer, merged.ownerId)
  return save(ctx, customer, followUp, merged)
}

/** Moves an open follow-up by some days, counted from `from` (today) when it is overdue: postponed means not due now. */
export async function postponeFollowUp(ctx: Context, { id, days, from }: { id: string; days: number; from: string }): Promise<FollowUp> {
  const { record: followUp, customer } = await writableOfCustomer(ctx, followUps, id)
  requireOpen(followUp)
  const start = followUp.dueOn < from ? from : followUp.dueOn
  const dueOn = addDays(start, days)
  if (!BusinessDate.safeParse(dueOn).success)
    throw invalid('follow-up.too-late', '/days', 'The calendar of the product ends before that day.')
  return save(ctx, customer, followUp, { ...followUp, dueOn })
}

/** Deletes a follow-up; what was due is not due any more. */
export async function deleteFollowUp(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const { record: followUp, customer } = await writableOfCustomer(ctx, followUps, id)
  requireVersion(followUp, ifMatch)
  const subject = { type: 'follow-up', id, customerId: followUp.customerId }
  await commit(
    ctx,
    [followUps.remove(followUp), customerWrite(ctx, customer, withoutFollowUp(customer, id))],
    [FollowUpDeleted(subject, {})],
  )
}

/** One follow-up of a customer that the caller may see. */
export const getFollowUp = async (ctx: Context, { id }: { id: string }): Promise<FollowUp> =>
  (await visibleOfCustomer(ctx, followUps, id)).record
