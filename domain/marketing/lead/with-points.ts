import type { PublishedEvent } from '../../../events/define.ts'
import type { Context } from '../../kernel/context.ts'
import { commit } from '../../store/commit.ts'
import type { Write } from '../../store/write.ts'
import { readLeadRules } from '../lead-rules/change-lead-rules.ts'
import type { LeadRules } from '../lead-rules/lead-rules.ts'
import type { Lead } from './lead.ts'
import { scorer } from './lead-facts.ts'

/** A lead with its points by the rules as they are now. */
export async function withPoints(ctx: Context, lead: Lead, rules?: LeadRules): Promise<Lead> {
  return { ...lead, ...scorer(ctx, rules ?? (await readLeadRules(ctx)))(lead) }
}

/** Leads of a page with their points; the rules are read once. */
export async function allWithPoints(ctx: Context, some: readonly Lead[]): Promise<Lead[]> {
  const points = scorer(ctx, await readLeadRules(ctx))
  return some.map((lead) => ({ ...lead, ...points(lead) }))
}

/**
 * Commits the write of a lead, and answers the lead with its points: to the caller, and to who sends the same request again. With
 * the rules, where they were read already.
 */
export async function commitLead(
  ctx: Context,
  [write, ...others]: [Write<Lead>, ...Write[]],
  events: PublishedEvent[],
  rules?: LeadRules,
): Promise<Lead> {
  const result = await withPoints(ctx, write.result, rules)
  await commit(ctx, [write, ...others], events, { result })
  return result
}
