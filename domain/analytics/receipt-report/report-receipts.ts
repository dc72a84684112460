import { type MoneyReceived, moneyReceived } from '../../finance/index.ts'
import { knownUsers, visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { type FileAnswer, fileAnswer, isFileAnswer } from '../../kernel/file-answer.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { survivors } from '../../parties/index.ts'
import { answerReport } from '../report/answer-report.ts'
import { currencySums } from '../report/by-currency.ts'
import { customerLabels, methodLabels, repLabels } from '../report/labels.ts'
import { pageRows } from '../report/page-rows.ts'
import { reportFiles } from '../report/report.ts'
import { reportTexts } from '../report/report-texts.ts'
import { spanOf } from '../report/span.ts'
import { commonKey, spanReport } from '../report/span-report.ts'
import { summing } from '../report/summed.ts'
import { teamLeads } from '../report/teams.ts'
import { detailSheet, detailsOf } from './receipt-details.ts'
import type { ReceiptGroup, ReceiptReport, ReceiptReportQuery } from './receipt-report.ts'

/** Money of the days that the caller may see, each in the partition of the customer whose it is by now. */
export async function visibleReceived(ctx: Context, span: { from: string; to: string }): Promise<MoneyReceived[]> {
  const [received, owners, survivorOf] = await Promise.all([moneyReceived(ctx, span), visibleOwners(ctx), survivors(ctx)])
  const seen = owners === 'all' ? received : received.filter(({ ownerId }) => ownerId !== undefined && owners.has(ownerId))
  return seen.map((one) => {
    const survivor = one.partition && survivorOf(one.partition)
    return survivor ? { ...one, partition: partitionOf(survivor) } : one
  })
}

type TeamOf = ReturnType<typeof teamLeads>

function keyOf(group: ReceiptGroup, { method, ownerId, partition, on }: MoneyReceived, teamOf: TeamOf): string | null {
  return group === 'method' ? method : commonKey(group, { on, repId: ownerId ?? null, partition: partition ?? null }, teamOf)
}

/** Money that came in, by how, to whom and when, less what went out again; with every receipt. */
export async function reportReceipts(ctx: Context, query: ReceiptReportQuery): Promise<ReceiptReport | FileAnswer> {
  const { groupBy, from, to, detailCursor, sheet, ...asked } = query
  const span = spanOf(ctx, { from, to })
  const { currency, locale } = ctx.tenant
  const [received, users] = await Promise.all([visibleReceived(ctx, span), knownUsers(ctx)])
  if (asked.format === 'xlsx' && sheet === 'details') {
    const content = await detailSheet(ctx, await detailsOf(ctx, received), reportTexts[locale].titles.receipts!)
    return fileAnswer({ name: `receipts-${span.from}-${span.to}-details.xlsx`, contentType: reportFiles[0], content })
  }
  const [sums, foreign, teamOf] = [summing(['count', 'amount']), currencySums(currency), teamLeads(users)]
  for (const one of received) {
    sums.add(
      groupBy.map((group) => keyOf(group, one, teamOf)),
      { count: 1, amount: one.base },
    )
    foreign.add(one.currency, one.amount)
  }
  const report = spanReport(ctx, { name: 'receipts', span, groupBy, sums })
  const labels = { method: methodLabels, rep: repLabels, team: repLabels, customer: customerLabels }
  const answer = await answerReport<ReceiptReport>(ctx, report, asked, labels, { beside: { byCurrency: foreign.shown() } })
  if (isFileAnswer(answer)) return answer
  const keyed = received.map((one, i) => ({ ...one, key: [one.on, one.receiptId, one.kind, String(i)], weight: 0 }))
  const details = pageRows(ctx, keyed, {
    operation: 'report receipts details',
    asked: span,
    order: 'key',
    limit: asked.limit,
    cursor: detailCursor,
  })
  return { ...answer, details: await detailsOf(ctx, details.rows), detailPage: details.page }
}
