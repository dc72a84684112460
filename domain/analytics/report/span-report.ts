import type { Context } from '../../kernel/context.ts'
import { type PeriodUnit, periodOf } from './period.ts'
import type { Figure, SummedReport, summing } from './summed.ts'
import type { teamLeads } from './teams.ts'

/** Whose something is, and when: what all reports of a span are grouped by. */
interface Placed {
  on: string
  repId: string | null
  partition: string | null
}

type CommonGroup = 'rep' | 'team' | 'customer' | PeriodUnit

/** The key of something under a group that all reports have. */
export function commonKey(group: CommonGroup, { on, repId, partition }: Placed, teamOf: ReturnType<typeof teamLeads>): string | null {
  if (group === 'rep') return repId
  if (group === 'team') return teamOf(repId)
  return group === 'customer' ? partition : periodOf(on, group)
}

/** A report of a span: counts and amounts, and what else is told of each row. */
export const spanReport = (
  ctx: Context,
  {
    name,
    span,
    groupBy,
    sums,
    asked = {},
    figures = [],
  }: {
    name: string
    span: { from: string; to: string }
    groupBy: string[]
    sums: ReturnType<typeof summing>
    asked?: object
    figures?: Figure[]
  },
): SummedReport => ({
  name,
  asked: { ...asked, ...span, groupBy },
  about: span,
  groupBy,
  currency: ctx.tenant.currency,
  figures: [{ name: 'count', kind: 'count' }, { name: 'amount', kind: 'money' }, ...figures],
  main: 'amount',
  total: sums.total,
  rows: [...sums.rows.values()],
})
