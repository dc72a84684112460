import { LeadConfirmed } from '../../../events/leads.ts'
import type { Context } from '../../kernel/context.ts'
import { commit } from '../../store/commit.ts'
import { find } from '../../store/read.ts'
import { begun, subjectOf } from '../lead/capture-lead.ts'
import { type Chosen, chooseOwner } from '../lead/choose-owner.ts'
import { leads } from '../lead/lead.table.ts'
import type { Lead } from '../lead/lead.ts'
import { counted, stepped } from '../lead/lead-steps.ts'
import { readLeadRules } from '../lead-rules/change-lead-rules.ts'
import { liftOwnWish } from '../suppression/suppress.ts'
import { everything } from '../suppression/suppression.ts'
import type { OpenedConfirmation } from './form-links.ts'

/** The lead whose address a link is about; undefined when it was erased, or has another address by now. */
export async function leadToConfirm(ctx: Context, { leadId, email }: OpenedConfirmation): Promise<Lead | undefined> {
  const lead = await find(ctx, leads, leadId, { consistent: true })
  return lead?.email === email ? lead : undefined
}

/** What somebody agreed to by the form, at the moment when they confirmed that it was them. */
function consenting({ pendingConsent, ...lead }: Lead, at: string): Lead {
  const { source, textVersion } = pendingConsent ?? {}
  return { ...lead, confirmedAt: at, ...(source ? { consent: { at, source, ...(textVersion ? { textVersion } : {}) } } : {}) } as Lead
}

/** Somebody can work on it from now on: it is given to somebody by the rules, and counted. */
async function opened(ctx: Context, lead: Lead): Promise<{ lead: Lead; choice?: Chosen }> {
  if (lead.status !== 'unconfirmed') return { lead }
  const rules = await readLeadRules(ctx)
  const choice = await chooseOwner(ctx, rules, lead)
  const known = stepped({ ...lead, ...(choice.ownerId ? { ownerId: choice.ownerId } : {}) }, 'confirm', ctx.now())
  return { lead: begun(ctx, known, rules).lead, choice }
}

/**
 * Notes that the address is the person's own, and with it the consent, with time, source and wording. The same twice changes
 * nothing. Who had unsubscribed and now asks again is mailed again.
 */
export async function confirmLead(ctx: Context, before: Lead): Promise<void> {
  if (!before.confirmedAt) {
    const { lead, choice } = await opened(ctx, consenting(before, ctx.now()))
    const told = LeadConfirmed(subjectOf(before), { ownerId: lead.ownerId ?? null, formId: before.formId ?? null })
    await commit(ctx, [leads.replace(ctx, before, lead, choice?.limit), ...counted(before, lead)], [told])
  }
  if (before.pendingConsent?.source) await liftOwnWish(ctx, before.email!, everything)
}
