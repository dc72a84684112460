import type * as z from 'zod'
import { ActivityChanged, ActivityDeleted } from '../../../events/parties.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { changedFields, mergePatch } from '../../kernel/merge-patch.ts'
import { commit } from '../../store/commit.ts'
import { find } from '../../store/read.ts'
import { requireVersion } from '../../store/record.ts'
import { contacts } from '../contact/contact.table.ts'
import { visibleOfCustomer, writableOfCustomer } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'
import { customerWrite } from '../customer/customer-write.ts'
import { isThingOf } from '../customer/partitions.ts'
import { activities } from './activity.table.ts'
import { type Activity, ActivityRecord, type ChangeActivity, isContact, requirePast, withActivity } from './activity.ts'
import { latestContact } from './read-activities.ts'

const subjectOf = (activity: Activity) => ({ type: 'activity', id: activity.id, customerId: activity.customerId })

/** One activity of a customer that the caller may see. */
export const getActivity = async (ctx: Context, { id }: { id: string }): Promise<Activity> =>
  (await visibleOfCustomer(ctx, activities, id)).record

/** The customer as it shall be when `before` becomes `after`, or is gone: what was last is the latest there is. */
async function contactedAgain(ctx: Context, customer: Customer, before: Activity, after?: Activity): Promise<Customer> {
  const { lastContactAt, lastQualifyingContactAt, ...rest } = customer
  const latest = async (at: string | undefined, counts: (activity: Activity) => boolean) =>
    at === before.at ? latestContact(ctx, customer, before, counts) : at
  const spoken = await latest(lastContactAt, () => true)
  const contacted = await latest(lastQualifyingContactAt, isContact)
  const remaining: Customer = {
    ...rest,
    ...(spoken ? { lastContactAt: spoken } : {}),
    ...(contacted ? { lastQualifyingContactAt: contacted } : {}),
  }
  return after ? withActivity(remaining, after) : remaining
}

/** Corrects an activity. Follow-ups that it closed or planned stay as they are by now. 404 `contact.not-found` at its place. */
export async function changeActivity(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeActivity>; ifMatch?: string | undefined },
): Promise<Activity> {
  const { record: before, customer } = await writableOfCustomer(ctx, activities, id)
  requireVersion(before, ifMatch)
  const after = mergePatch(ActivityRecord, before, changes)
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  if (changed.includes('contactId') && after.contactId) {
    const contact = await find(ctx, contacts, after.contactId, { consistent: true })
    if (!contact || !isThingOf(customer, contact.id)) throw notFound('contact', '/contactId')
  }
  if (changed.includes('at')) requirePast(after.at, ctx.now())
  const moved = changed.includes('at') || changed.includes('kind')
  const rest = moved ? [customerWrite(ctx, customer, await contactedAgain(ctx, customer, before, after))] : []
  return commit(ctx, [activities.replace(ctx, before, after), ...rest], [ActivityChanged(subjectOf(before), { changed })])
}

/** Deletes an activity; the customer was last in contact at the latest that remains. */
export async function deleteActivity(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const { record, customer } = await writableOfCustomer(ctx, activities, id)
  requireVersion(record, ifMatch)
  const after = await contactedAgain(ctx, customer, record)
  await commit(ctx, [activities.remove(record), customerWrite(ctx, customer, after)], [ActivityDeleted(subjectOf(record), {})])
}
