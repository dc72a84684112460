import type { PublishedEvent } from '../../../events/define.ts'
import { FollowUpChanged, FollowUpClosed, FollowUpPlanned } from '../../../events/parties.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import type { Stored } from '../../store/entity-definition.ts'
import { findMany, inOrder } from '../../store/read.ts'
import { newRecord } from '../../store/record.ts'
import type { Write } from '../../store/write.ts'
import type { Customer } from '../customer/customer.ts'
import { followUps } from './follow-up.table.ts'
import { type FollowUp, type FollowUpStatus, inStatus, withFollowUp } from './follow-up.ts'

/** A customer on the way to its commit, with what else changes because of it. */
export interface Planned {
  customer: Customer
  writes: Write[]
  events: PublishedEvent[]
  /** Follow-ups that the use case has read already, together with something else. */
  known?: ReadonlyMap<string, Stored>
}

/** Nothing planned yet, to begin with. */
export const untouched = (customer: Customer): Planned => ({ customer, writes: [], events: [] })

const subjectOf = (followUp: FollowUp) => ({ type: 'follow-up', id: followUp.id, customerId: followUp.customerId })

/** The follow-ups with the given ids, as stored: those known already, the others by one BatchGet. */
async function stored(ctx: Context, ids: string[], known: Planned['known']): Promise<FollowUp[]> {
  const unread = ids.filter((id) => !known?.has(id)).map((id) => ({ entity: followUps, id }))
  const found = await findMany(ctx, unread, { consistent: true })
  return inOrder(ids, new Map([...(known ?? []), ...found])) as FollowUp[]
}

/** A new follow-up of the customer, open unless a past one is brought in. */
export function planned(
  ctx: Context,
  plan: Planned,
  input: { dueOn: string; subject: string; ownerId: string; externalId?: string },
  status: FollowUpStatus = 'open',
): Planned & { followUp: FollowUp } {
  const open: FollowUp = { ...input, customerId: plan.customer.id, status: 'open', ...newRecord(ctx, 'fup', plan.customer.id) }
  const followUp = inStatus(open, status, ctx.now())
  const event = FollowUpPlanned(subjectOf(followUp), { dueOn: followUp.dueOn, ownerId: followUp.ownerId })
  return {
    ...plan,
    followUp,
    customer: withFollowUp(plan.customer, followUp),
    writes: [...plan.writes, followUps.create(followUp)],
    events: [...plan.events, event, ...(status === 'open' ? [] : [FollowUpClosed(subjectOf(followUp), { status })])],
  }
}

/** Closes open follow-ups of the customer as done or cancelled. */
export async function closed(ctx: Context, plan: Planned, ids: string[], status: 'done' | 'cancelled', at = ctx.now()): Promise<Planned> {
  let next = plan
  for (const followUp of await stored(ctx, ids, plan.known)) {
    const after = inStatus(followUp, status, at)
    next = {
      ...next,
      customer: withFollowUp(next.customer, after),
      writes: [...next.writes, followUps.replace(ctx, followUp, after)],
      events: [...next.events, FollowUpClosed(subjectOf(followUp), { status })],
    }
  }
  return next
}

/**
 * Sets nextContactOn, which is never written alone: moves the earliest open follow-up to that day, or plans one for the
 * owner of the customer; null cancels all that is open (domain: follow-ups are the one truth of what is next).
 */
export async function planNextContact(ctx: Context, plan: Planned, nextContactOn: string | null, subject: string): Promise<Planned> {
  const open = plan.customer.openFollowUps ?? []
  const [earliest] = open
  if (nextContactOn === null) {
    const ids = open.map((followUp) => followUp.id)
    return closed(ctx, plan, ids, 'cancelled')
  }
  if (!earliest) {
    const ownerId = plan.customer.ownerId ?? callerOf(ctx)
    return planned(ctx, plan, { dueOn: nextContactOn, subject, ownerId })
  }
  if (earliest.dueOn === nextContactOn) return plan
  const [before] = await stored(ctx, [earliest.id], plan.known)
  if (!before) return plan
  const after = { ...before, dueOn: nextContactOn }
  return {
    ...plan,
    customer: withFollowUp(plan.customer, after),
    writes: [...plan.writes, followUps.replace(ctx, before, after)],
    events: [...plan.events, FollowUpChanged(subjectOf(before), { changed: ['dueOn'], dueOn: nextContactOn })],
  }
}

/** The subject of a follow-up that nobody worded. */
export const defaultSubject = (ctx: Context): string => (ctx.tenant.locale === 'zh-CN' ? '跟进' : 'Follow up')
