import type { PublishedEvent } from '../../../events/define.ts'
import { FollowUpChanged, FollowUpClosed, FollowUpPlanned } from '../../../events/parties.ts'
import type { Context } from '../../kernel/context.ts'
import { newRecord } from '../../store/entity.ts'
import { findMany } from '../../store/read.ts'
import type { Write } from '../../store/write.ts'
import type { Customer } from '../customer/customer.ts'
import { followUps } from './follow-up.table.ts'
import { type FollowUp, inStatus, withFollowUp } from './follow-up.ts'

/** A customer on the way to its commit, with what else changes because of it. */
export interface Planned {
  customer: Customer
  writes: Write[]
  events: PublishedEvent[]
}

export const untouched = (customer: Customer): Planned => ({ customer, writes: [], events: [] })

const subjectOf = (followUp: FollowUp) => ({ type: 'follow-up', id: followUp.id, customerId: followUp.customerId })

/** The open follow-ups of a customer with the given ids, as stored. One BatchGet. */
async function stored(ctx: Context, ids: string[]): Promise<FollowUp[]> {
  if (ids.length === 0) return []
  const found = await findMany(
    ctx,
    ids.map((id) => ({ entity: followUps, id })),
    { consistent: true },
  )
  return ids.flatMap((id) => (found.has(id) ? [found.get(id) as FollowUp] : []))
}

/** A new open follow-up of the customer. */
export function planned(
  ctx: Context,
  planned: Planned,
  input: { dueOn: string; subject: string; ownerId: string; externalId?: string },
): Planned & { followUp: FollowUp } {
  const followUp: FollowUp = { ...input, customerId: planned.customer.id, status: 'open', ...newRecord(ctx, 'fup', planned.customer.id) }
  return {
    followUp,
    customer: withFollowUp(planned.customer, followUp),
    writes: [...planned.writes, followUps.create(followUp)],
    events: [...planned.events, FollowUpPlanned(subjectOf(followUp), { dueOn: followUp.dueOn, ownerId: followUp.ownerId })],
  }
}

/** Closes open follow-ups of the customer as done or cancelled. */
export async function closed(
  ctx: Context,
  planned: Planned,
  ids: string[],
  status: 'done' | 'cancelled',
  at = ctx.now(),
): Promise<Planned> {
  let next = planned
  for (const followUp of await stored(ctx, ids)) {
    const after = inStatus(followUp, status, at)
    next = {
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
export async function planNextContact(ctx: Context, planned0: Planned, nextContactOn: string | null, subject: string): Promise<Planned> {
  const open = planned0.customer.openFollowUps ?? []
  const [earliest] = open
  if (nextContactOn === null)
    return closed(
      ctx,
      planned0,
      open.map((followUp) => followUp.id),
      'cancelled',
    )
  if (!earliest) {
    const ownerId = planned0.customer.ownerId ?? ctx.actor.userId ?? ctx.actor.id
    return planned(ctx, planned0, { dueOn: nextContactOn, subject, ownerId })
  }
  if (earliest.dueOn === nextContactOn) return planned0
  const [before] = await stored(ctx, [earliest.id])
  if (!before) return planned0
  const after = { ...before, dueOn: nextContactOn }
  return {
    customer: withFollowUp(planned0.customer, after),
    writes: [...planned0.writes, followUps.replace(ctx, before, after)],
    events: [...planned0.events, FollowUpChanged(subjectOf(before), { changed: ['dueOn'], dueOn: nextContactOn })],
  }
}

/** The subject of a follow-up that nobody worded. */
export const defaultSubject = (ctx: Context): string => (ctx.tenant.locale === 'zh-CN' ? '跟进' : 'Follow up')
