import type * as z from 'zod'
import type { PublishedEvent } from '../../../events/define.ts'
import {
  LeadAssigned,
  LeadChanged,
  LeadDeleted,
  LeadDisqualified,
  LeadQualified,
  LeadReopened,
  LeadTakenUp,
} from '../../../events/leads.ts'
import { requireOwner, requireWritableFields } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { changedFields, mergePatch } from '../../kernel/merge-patch.ts'
import { commit } from '../../store/commit.ts'
import { requireVersion } from '../../store/record.ts'
import { readLeadRules } from '../lead-rules/change-lead-rules.ts'
import { visibleLead, writableLead } from './access.ts'
import { subjectOf } from './capture-lead.ts'
import { type Chosen, chooseOwner } from './choose-owner.ts'
import { leads } from './lead.table.ts'
import { type ChangeLead, isOpen, type Lead, type LeadAction, LeadRecord } from './lead.ts'
import { scorer } from './lead-facts.ts'
import { counted, stepped } from './lead-steps.ts'
import { commitLead, withPoints } from './with-points.ts'

export const getLead = async (ctx: Context, { id }: { id: string }): Promise<Lead> => withPoints(ctx, await visibleLead(ctx, id))

/** Changes a lead by merge patch. Source, campaign and consent stay as they came; 409 `lead.exists` for another one's address. */
export async function changeLead(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeLead>; ifMatch?: string | undefined },
): Promise<Lead> {
  requireWritableFields(ctx.actor, 'lead', changes)
  const before = await writableLead(ctx, id)
  requireVersion(before, ifMatch)
  const after = mergePatch(LeadRecord, before, changes)
  const changed = changedFields(before, after)
  if (changed.length === 0) return withPoints(ctx, before)
  // What was confirmed was the former address: consent does not go over to another one.
  const { confirmedAt: _confirmed, consent: _consent, ...rest } = after
  const saved = changed.includes('email') && before.confirmedAt ? (rest as Lead) : after
  return commitLead(ctx, [leads.replace(ctx, before, saved)], [LeadChanged(subjectOf(before), { changed })])
}

async function act(ctx: Context, id: string, action: LeadAction, told: (lead: Lead) => PublishedEvent, more: Partial<Lead> = {}) {
  const before = await writableLead(ctx, id)
  const after = { ...stepped(before, action, ctx.now()), ...more }
  return commitLead(ctx, [leads.replace(ctx, before, after), ...counted(before, after)], [told(before)])
}

/** Says that somebody is working on it. */
export const takeUpLead = (ctx: Context, { id }: { id: string }): Promise<Lead> =>
  act(ctx, id, 'work', (lead) => LeadTakenUp(subjectOf(lead), {}))

/** Says that it is worth selling to. */
export async function qualifyLead(ctx: Context, { id }: { id: string }): Promise<Lead> {
  const points = scorer(ctx, await readLeadRules(ctx))
  return act(ctx, id, 'qualify', (lead) => LeadQualified(subjectOf(lead), { score: points(lead).score }))
}

/** Gives it up, with the reason. Its address is free for another lead. */
export const disqualifyLead = (ctx: Context, { id, reason }: { id: string; reason: string }): Promise<Lead> =>
  act(ctx, id, 'disqualify', (lead) => LeadDisqualified(subjectOf(lead), {}), { disqualifiedBecause: reason })

/** Works again on what was given up. 409 `lead.exists` when its address came again meanwhile. */
export const reopenLead = (ctx: Context, { id }: { id: string }): Promise<Lead> =>
  act(ctx, id, 'reopen', (lead) => LeadReopened(subjectOf(lead), {}))

function requireOpen(lead: Lead): void {
  if (isOpen(lead)) return
  throw new Problem('conflict', 'lead.state', `This lead is ${lead.status}: it is not given to anybody any more.`)
}

async function chosen(ctx: Context, lead: Lead, ownerId: string | null | undefined): Promise<Chosen> {
  if (ownerId === null) return { how: 'by-hand' }
  if (ownerId !== undefined) return { ownerId: (await requireOwner(ctx, ownerId)).id, how: 'by-hand' }
  const byRules = await chooseOwner(ctx, await readLeadRules(ctx), lead)
  if (byRules.ownerId) return byRules
  throw new Problem(
    'conflict',
    'lead.nobody-to-assign',
    'The rules give this lead to nobody. Name an ownerId, or add members to the rules.',
  )
}

/** Gives a lead to somebody, to nobody (null), or by the rules (left out). 409 `lead.nobody-to-assign` when they name nobody. */
export async function assignLead(ctx: Context, { id, ownerId }: { id: string; ownerId?: string | null | undefined }): Promise<Lead> {
  const before = await writableLead(ctx, id)
  requireOpen(before)
  const choice = await chosen(ctx, before, ownerId)
  if (choice.ownerId === before.ownerId) return withPoints(ctx, before)
  const { ownerId: from, ...rest } = before
  const after: Lead = { ...rest, ...(choice.ownerId ? { ownerId: choice.ownerId } : {}) }
  const told = LeadAssigned(subjectOf(before), { from: from ?? null, to: choice.ownerId ?? null, how: choice.how })
  return commitLead(ctx, [leads.replace(ctx, before, after, choice.limit)], [told])
}

/**
 * Erases a lead with everything personal of it: the record, its marks and its address. The audit trail keeps ids, and the
 * campaign what it was credited with. The customer that it became is erased by itself.
 */
export async function deleteLead(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const lead = await writableLead(ctx, id)
  requireVersion(lead, ifMatch)
  await commit(ctx, [leads.remove(lead)], [LeadDeleted(subjectOf(lead), {})])
}
