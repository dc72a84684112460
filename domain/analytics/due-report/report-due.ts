import type { Context } from '../../kernel/context.ts'
import { addDays, today } from '../../kernel/dates.ts'
import type { FileAnswer } from '../../kernel/file-answer.ts'
import { visibleOpen } from '../ageing-report/read-ageing.ts'
import { answerReport } from '../report/answer-report.ts'
import { currencySums } from '../report/by-currency.ts'
import { customerLabels, repLabels } from '../report/labels.ts'
import { spanOf } from '../report/span.ts'
import { commonKey, spanReport } from '../report/span-report.ts'
import { summing } from '../report/summed.ts'
import type { DueReport, DueReportQuery } from './due-report.ts'

const daysAhead = 30
/** It is not told by team. */
const nobody = () => null

/** What is open by now and falls due, or fell due, between two days: the money to come in. */
export async function reportDue(
  ctx: Context,
  { groupBy, from = today(ctx), to = addDays(from, daysAhead), ...asked }: DueReportQuery,
): Promise<DueReport | FileAnswer> {
  const span = spanOf(ctx, { from, to })
  const { currency } = ctx.tenant
  const [sums, foreign] = [summing(['count', 'amount']), currencySums(currency)]
  for (const open of await visibleOpen(ctx, today(ctx))) {
    if (open.kind !== 'receivable' || open.dueOn < from || open.dueOn > to) continue
    sums.add(
      groupBy.map((group) => commonKey(group, { on: open.dueOn, repId: open.ownerId ?? null, partition: open.partition }, nobody)),
      { count: 1, amount: open.balance },
    )
    foreign.add(open.currency, open.amount)
  }
  const report = spanReport(ctx, { name: 'receivables-due', span, groupBy, sums })
  return answerReport<DueReport>(
    ctx,
    report,
    asked,
    { rep: repLabels, customer: customerLabels },
    { beside: { byCurrency: foreign.shown() } },
  )
}
