import { LeadCaptured, LeadCapturedAgain, LeadQualified } from '../../../events/leads.ts'
import { requireWritableFields } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound, Problem, StaleWrite } from '../../kernel/errors.ts'
import { compact } from '../../kernel/merge-patch.ts'
import { findGuarded } from '../../store/guard.ts'
import { find } from '../../store/read.ts'
import { newRecord } from '../../store/record.ts'
import { campaigns } from '../campaign/campaign.table.ts'
import { readLeadRules } from '../lead-rules/change-lead-rules.ts'
import type { LeadRules } from '../lead-rules/lead-rules.ts'
import { leadReach } from './access.ts'
import { ownerOf } from './choose-owner.ts'
import { emailGuard, leads } from './lead.table.ts'
import { captured, type Lead, type LeadInput, type PendingConsent, requireReachable } from './lead.ts'
import { scorer } from './lead-facts.ts'
import { counted, stepped } from './lead-steps.ts'
import { commitLead } from './with-points.ts'

export const subjectOf = ({ id }: Pick<Lead, 'id'>) => ({ type: 'lead', id })

/** How a lead comes by a form: who fills it in is nobody we know. */
export interface FormOrigin {
  formId: string
  /** What is agreed to once the address is confirmed by a link in a mail; nobody works on the lead before. */
  pendingConsent?: PendingConsent
}

async function requireCampaign(ctx: Context, campaignId: string | null | undefined): Promise<void> {
  if (campaignId && !(await find(ctx, campaigns, campaignId))) throw notFound('campaign', '/campaignId')
}

/** A lead with enough points when it begins is qualified at once. */
export function begun(ctx: Context, lead: Lead, rules: LeadRules): { lead: Lead; score: number } {
  const { score } = scorer(ctx, rules)(lead)
  const opened = { ...lead, openedAt: ctx.now() }
  return { lead: rules.qualifyAt && score >= rules.qualifyAt ? stepped(opened, 'qualify', ctx.now()) : opened, score }
}

async function addLead(ctx: Context, input: LeadInput, origin?: FormOrigin): Promise<Lead> {
  const rules = await readLeadRules(ctx)
  const { ownerId: _named, ...fields } = input
  const formId = origin ? { formId: origin.formId } : {}
  const blank = { ...compact(fields), ...formId, status: 'new', ...newRecord(ctx, 'led') } as Lead
  if (origin?.pendingConsent) return addUnconfirmed(ctx, { ...blank, status: 'unconfirmed', pendingConsent: origin.pendingConsent })
  const { ownerId, limit } = await ownerOf(ctx, rules, input)
  const { lead, score } = begun(ctx, { ...blank, ...(ownerId ? { ownerId } : {}) }, rules)
  const status = lead.status === 'qualified' ? ('qualified' as const) : ('new' as const)
  return commitLead(
    ctx,
    [leads.create(lead, limit), ...counted(undefined, lead)],
    [
      LeadCaptured(subjectOf(lead), { status, ownerId: ownerId ?? null, ...originOf(lead) }),
      ...(status === 'qualified' ? [LeadQualified(subjectOf(lead), { score })] : []),
    ],
    rules,
  )
}

const originOf = ({ campaignId, formId }: Lead) => ({ campaignId: campaignId ?? null, formId: formId ?? null })

/** Nobody has it, and nothing is counted, before the address is confirmed. */
const addUnconfirmed = (ctx: Context, lead: Lead): Promise<Lead> =>
  commitLead(ctx, [leads.create(lead)], [LeadCaptured(subjectOf(lead), { status: 'unconfirmed', ownerId: null, ...originOf(lead) })])

/** The open lead of an address. */
export async function openLeadOf(ctx: Context, email: string | null | undefined): Promise<Lead | undefined> {
  const id = email ? await findGuarded(ctx, emailGuard, email, true) : undefined
  return id ? find(ctx, leads, id, { consistent: true }) : undefined
}

const isTaken = (error: unknown): error is Problem => error instanceof Problem && error.code === 'lead.exists'

/** The 409 with the id of the lead that is there, for who may see it. */
async function withItsLead(ctx: Context, error: unknown, email: string | null | undefined): Promise<unknown> {
  if (!isTaken(error)) return error
  const [known, reach] = await Promise.all([openLeadOf(ctx, email), leadReach(ctx)])
  const isSeen = known && (reach === 'all' || reach.has(known.ownerId))
  return new Problem('conflict', error.code, error.message, { ...error.more, extra: isSeen ? { leadId: known.id } : {} })
}

/** Adds a lead; whoever types one in may know no more than a name. 409 `lead.exists` for the address of one that is open. */
export async function createLead(ctx: Context, input: LeadInput): Promise<Lead> {
  requireWritableFields(ctx.actor, 'lead', input)
  await requireCampaign(ctx, input.campaignId)
  try {
    return await addLead(ctx, input)
  } catch (error) {
    throw await withItsLead(ctx, error, input.email)
  }
}

/**
 * What of a later capture takes the place of what was said before: of a caller we know the consent, of a stranger nothing but
 * what is to be confirmed. 409 `lead.exists` for a caller who does not see the lead.
 */
async function saidAgain(ctx: Context, known: Lead, { consent }: LeadInput, origin: FormOrigin | undefined): Promise<Partial<Lead>> {
  if (origin) return known.confirmedAt || !origin.pendingConsent ? {} : { pendingConsent: origin.pendingConsent }
  const reach = await leadReach(ctx)
  if (reach === 'all' || reach.has(known.ownerId)) return consent ? { consent } : {}
  throw new Problem('conflict', 'lead.exists', 'There is an open lead with this address, of somebody else.')
}

/**
 * Takes what somebody says of themselves: a new lead, or one more capture of the open lead of that address, which gains what it
 * lacked. Of two at the same moment one makes the lead, and the other adds to it. 422 `lead.unreachable` without any address or number.
 */
export async function captureLead(ctx: Context, input: LeadInput, origin?: FormOrigin): Promise<Lead> {
  requireReachable(compact(input) as Lead)
  if (!origin) await requireCampaign(ctx, input.campaignId)
  const known = await openLeadOf(ctx, input.email)
  if (!known) {
    try {
      return await addLead(ctx, input, origin)
    } catch (error) {
      throw isTaken(error) ? new StaleWrite() : error
    }
  }
  const again = { ...captured(known, input, ctx.now()), ...(await saidAgain(ctx, known, input, origin)) }
  const { campaignId } = input
  const told = LeadCapturedAgain(subjectOf(known), { campaignId: campaignId ?? null, formId: origin?.formId ?? null })
  return commitLead(ctx, [leads.replace(ctx, known, again)], [told])
}
