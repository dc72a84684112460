import type { OpenAsOf } from '../../finance/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays, today } from '../../kernel/dates.ts'
import type { FileAnswer } from '../../kernel/file-answer.ts'
import { visibleOpen } from '../ageing-report/read-ageing.ts'
import { answerReport } from '../report/answer-report.ts'
import { currencySums } from '../report/by-currency.ts'
import { customerLabels, repLabels } from '../report/labels.ts'
import { periodOf } from '../report/period.ts'
import { spanOf } from '../report/span.ts'
import { summing } from '../report/summed.ts'
import type { DueGroup, DueReport, DueReportQuery } from './due-report.ts'

const daysAhead = 30

const keyOf = (group: DueGroup, { dueOn, ownerId, partition }: OpenAsOf): string | null => {
  if (group === 'rep') return ownerId ?? null
  return group === 'customer' ? partition : periodOf(dueOn, group)
}

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
      groupBy.map((group) => keyOf(group, open)),
      { count: 1, amount: open.balance },
    )
    foreign.add(open.currency, open.amount)
  }
  const report = {
    name: 'receivables-due',
    asked: { ...span, groupBy },
    about: span,
    groupBy,
    currency,
    figures: [
      { name: 'count', kind: 'count' as const },
      { name: 'amount', kind: 'money' as const },
    ],
    main: 'amount',
    total: sums.total,
    rows: [...sums.rows.values()],
  }
  return answerReport<DueReport>(
    ctx,
    report,
    asked,
    { rep: repLabels, customer: customerLabels },
    { beside: { byCurrency: foreign.shown() } },
  )
}
