import { hiddenFields, knownUsers, visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { FileAnswer } from '../../kernel/file-answer.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { survivors } from '../../parties/index.ts'
import { answerReport } from '../report/answer-report.ts'
import { customerLabels, productLabels, repLabels } from '../report/labels.ts'
import { spanOf } from '../report/span.ts'
import { spanReport } from '../report/span-report.ts'
import { teamLeads } from '../report/teams.ts'
import { readReceived } from './read-received.ts'
import { readFacts } from './sales-fact.table.ts'
import type { SalesFact } from './sales-fact.ts'
import type { SalesReport, SalesReportQuery } from './sales-report.ts'
import { sumSales } from './sum-sales.ts'

const labels = { rep: repLabels, team: repLabels, customer: customerLabels, product: productLabels }

/** The facts that the caller may see: those of the reps in its scope. */
async function seenFacts(
  ctx: Context,
  { basis, groupBy, ...span }: Pick<SalesReportQuery, 'basis' | 'groupBy'> & { from: string; to: string },
  take: (fact: SalesFact) => void,
): Promise<void> {
  if (basis === 'received')
    return readReceived(ctx, span, { regions: groupBy.includes('region'), products: groupBy.includes('product') }, take)
  const owners = await visibleOwners(ctx)
  const takeSeen = (fact: SalesFact) => {
    if (owners === 'all' || (fact.repId !== null && owners.has(fact.repId))) take(fact)
  }
  await readFacts(ctx, basis, span, takeSeen)
}

/** Sales by who sold, where, to whom, what and when. */
export async function reportSales(
  ctx: Context,
  { basis, groupBy, from, to, ...asked }: SalesReportQuery,
): Promise<SalesReport | FileAnswer> {
  const span = spanOf(ctx, { from, to })
  const { currency } = ctx.tenant
  const [users, survivorOf] = await Promise.all([knownUsers(ctx), survivors(ctx)])
  const survivingPartition = (partition: string) => {
    const survivor = survivorOf(partition)
    return survivor && partitionOf(survivor)
  }
  const { sums, foreign, add } = sumSales({ groupBy, base: currency, teamOf: teamLeads(users), survivorOf: survivingPartition })
  await seenFacts(ctx, { basis, groupBy, ...span }, add)
  const showsMargin = basis !== 'received' && !hiddenFields(ctx.actor, 'document-line').includes('unitCost')
  const figures = showsMargin ? [{ name: 'margin', kind: 'money' as const }] : []
  const report = spanReport(ctx, { name: `sales-${basis}`, span, groupBy, sums, asked: { basis }, figures })
  const more = { beside: { basis, byCurrency: foreign.shown() }, ...(showsMargin ? {} : { figures: { margin: null } }) }
  return answerReport<SalesReport>(ctx, report, asked, labels, more)
}
