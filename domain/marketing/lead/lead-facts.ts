import { type CheckedLeaf, checkTree } from '../../kernel/check-tree.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { comparable, type SearchField } from '../../kernel/search-fields.ts'
import { judgeRows } from '../../kernel/search-judge.ts'
import { type Checked, type Tree, yes } from '../../kernel/search-tree.ts'
import type { LeadRules } from '../lead-rules/lead-rules.ts'
import type { Lead } from './lead.ts'

interface Fact extends SearchField {
  of(lead: Lead): unknown
}

/** What rules may say of a lead, and searches. */
export const leadFacts: Record<string, Fact> = {
  name: { kind: 'text', of: ({ name }) => name },
  company: { kind: 'text', of: ({ company }) => company },
  title: { kind: 'text', of: ({ title }) => title },
  email: { kind: 'text', of: ({ email }) => email },
  phone: { kind: 'phones', of: ({ phone }) => phone && [phone] },
  wechat: { kind: 'text', of: ({ wechat }) => wechat },
  industry: { kind: 'text', of: ({ industry }) => industry },
  country: { kind: 'text', of: ({ country }) => country },
  province: { kind: 'text', of: ({ province }) => province },
  city: { kind: 'text', of: ({ city }) => city },
  message: { kind: 'text', of: ({ message }) => message },
  source: { kind: 'text', of: ({ source }) => source },
  campaignId: { kind: 'id', of: ({ campaignId }) => campaignId },
  formId: { kind: 'id', of: ({ formId }) => formId },
  captureCount: { kind: 'number', of: ({ captureCount }) => captureCount ?? 1 },
  confirmedAt: { kind: 'instant', of: ({ confirmedAt }) => confirmedAt },
  consentAt: { kind: 'instant', of: ({ consent }) => consent?.at },
  createdAt: { kind: 'instant', of: ({ createdAt }) => createdAt },
}

/** A tree over what is known of a lead; 422 at its place for what it cannot say. */
export const checkLeadTree = (ctx: Context, where: Tree, path: readonly string[]): Checked<CheckedLeaf> =>
  checkTree(leadFacts, where, { me: callerOf(ctx), today: today(ctx), timeZone: ctx.tenant.timeZone }, path)

/** Points that rules give to leads, each with the rule that gives them. */
type Scorer = (lead: Lead) => { score: number; scoredBy: { rule: string; points: number }[] }

/** The rules made ready once, to be asked for every lead of a page. */
export function scorer(ctx: Context, { scoring = [] }: LeadRules): Scorer {
  const lookup = (field: string) => (lead: Lead) => comparable(leadFacts[field]!, leadFacts[field]!.of(lead))
  const rules = scoring.map(({ name, where, points }) => ({ name, points, judge: judgeRows(checkLeadTree(ctx, where, ['where']), lookup) }))
  return (lead) => {
    const scoredBy = rules.filter(({ judge }) => judge(lead) === yes).map(({ name, points }) => ({ rule: name, points }))
    return { score: scoredBy.reduce((sum, { points }) => sum + points, 0), scoredBy }
  }
}
