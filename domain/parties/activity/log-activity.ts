import type * as z from 'zod'
import { ActivityLogged } from '../../../events/parties.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { localDate } from '../../kernel/dates.ts'
import { notFound } from '../../kernel/errors.ts'
import { oneLine } from '../../kernel/html.ts'
import { newId } from '../../kernel/ids.ts'
import { compact } from '../../kernel/merge-patch.ts'
import { commit } from '../../store/commit.ts'
import { findMany } from '../../store/read.ts'
import { newRecord } from '../../store/record.ts'
import { contacts } from '../contact/contact.table.ts'
import { writableCustomer } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'
import { customerWrite } from '../customer/customer-write.ts'
import { isThingOf } from '../customer/partitions.ts'
import { followUps } from '../follow-up/follow-up.table.ts'
import { type FollowUp, requireOpen } from '../follow-up/follow-up.ts'
import { closed, type Planned, planNextContact, untouched } from '../follow-up/plan-next-contact.ts'
import { activities } from './activity.table.ts'
import { type Activity, type LogActivity, requirePast, settledBy, withActivity } from './activity.ts'

type NewActivity = z.output<typeof LogActivity>

const longestSubject = 80

/** The open follow-ups that the activity settles: the one it names, else its author's that were due by its day. */
function settled(ctx: Context, customer: Customer, authorId: string, input: NewActivity): string[] {
  if (input.followUpId) return [input.followUpId]
  return settledBy(customer, authorId, localDate(input.at, ctx.tenant.timeZone)).map((open) => open.id)
}

/** The contact and the follow-ups that are concerned, in one call. 404 at its place for what is not of this customer. */
async function readConcerned(ctx: Context, customer: Customer, input: NewActivity, settledIds: string[]): Promise<Planned['known']> {
  const next = input.nextContactOn ? customer.openFollowUps?.find((open) => !settledIds.includes(open.id)) : undefined
  const wanted = [
    ...(input.contactId ? [{ entity: contacts, id: input.contactId }] : []),
    ...[...settledIds, ...(next ? [next.id] : [])].map((id) => ({ entity: followUps, id })),
  ]
  const found = await findMany(ctx, wanted, { consistent: true })
  const isOurs = (id: string) => found.has(id) && isThingOf(customer, id)
  if (input.contactId && !isOurs(input.contactId)) throw notFound('contact', '/contactId')
  if (input.followUpId && !isOurs(input.followUpId)) throw notFound('follow-up', '/followUpId')
  if (input.followUpId) requireOpen(found.get(input.followUpId) as FollowUp)
  return found
}

/**
 * Logs a contact with a customer: closes the follow-up it names, else its author's open ones of that customer due by its
 * date, then plans the next one, and moves lastContactAt (domain: Parties). Three calls: the customer, what is concerned,
 * one transaction.
 *
 * 404 for a customer, contact or follow-up out of sight; 403 for a customer that is only to be read; 409 `follow-up.state`
 * when the one named is not open; 422 `activity.in-future`.
 */
export async function logActivity(ctx: Context, input: NewActivity): Promise<Activity> {
  requirePast(input.at, ctx.now())
  const customer = await writableCustomer(ctx, input.customerId, '/customerId')
  const authorId = callerOf(ctx)
  const settledIds = settled(ctx, customer, authorId, input)
  const known = await readConcerned(ctx, customer, input, settledIds)
  const start = { ...untouched(withActivity(customer, input)), ...(known ? { known } : {}) }
  const afterwards = await closed(ctx, start, settledIds, 'done', input.at)
  const plan = input.nextContactOn
    ? await planNextContact(ctx, afterwards, input.nextContactOn, oneLine(input.summary, longestSubject))
    : afterwards
  const activity = {
    ...compact(input),
    customerId: customer.id,
    authorId,
    ...newRecord(ctx, 'act'),
    id: newId('act', input.at, customer.id),
  } as Activity
  const logged = ActivityLogged(
    { type: 'activity', id: activity.id, customerId: customer.id },
    { kind: activity.kind, at: activity.at, closedFollowUpIds: settledIds, nextContactOn: activity.nextContactOn ?? null },
  )
  return commit(ctx, [activities.create(activity), customerWrite(ctx, customer, plan.customer), ...plan.writes], [logged, ...plan.events])
}
