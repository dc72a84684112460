import { knownUsers } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import type { FileAnswer } from '../../kernel/file-answer.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { survivors } from '../../parties/index.ts'
import { deliveryOf, type Order, ordersBetween } from '../../sales/index.ts'
import { answerReport } from '../report/answer-report.ts'
import { customerLabels, repLabels } from '../report/labels.ts'
import { periodOf } from '../report/period.ts'
import { spanOf } from '../report/span.ts'
import { summing } from '../report/summed.ts'
import { teamLeads } from '../report/teams.ts'
import type { DeliveryGroup, DeliveryReport, DeliveryReportQuery } from './delivery-report.ts'

const figures = ['count', 'shipped', 'shippedLate', 'unshipped', 'unshippedLate'] as const

/** What an order adds to the figures; undefined for one that was never agreed, or ended before anything left. */
function countsOf(order: Order, day: string): Record<string, number> | undefined {
  const delivery = deliveryOf(order, day)
  if (!delivery) return undefined
  const state = delivery.isShipped ? 'shipped' : 'unshipped'
  return { count: 1, [state]: 1, [`${state}Late`]: delivery.isLate ? 1 : 0 }
}

/** Orders that were shipped late and those that still wait, by who sold them, to whom and when: those ordered in a span. */
export async function reportDeliveries(
  ctx: Context,
  { groupBy, from, to, ...asked }: DeliveryReportQuery,
): Promise<DeliveryReport | FileAnswer> {
  const span = spanOf(ctx, { from, to })
  const [users, survivorOf, orders] = await Promise.all([knownUsers(ctx), survivors(ctx), ordersBetween(ctx, span)])
  const [teamOf, day] = [teamLeads(users), today(ctx)]
  const keyOf = (group: DeliveryGroup, { id, salesRepId, orderedOn }: Order): string | null => {
    if (group === 'rep') return salesRepId ?? null
    if (group === 'team') return teamOf(salesRepId ?? null)
    if (group === 'customer') return partitionOf(survivorOf(partitionOf(id)) ?? id)
    return periodOf(orderedOn, group)
  }
  const sums = summing(figures)
  for (const order of orders) {
    const counts = countsOf(order, day)
    if (counts)
      sums.add(
        groupBy.map((group) => keyOf(group, order)),
        counts,
      )
  }
  const report = {
    name: 'deliveries',
    asked: { ...span, groupBy },
    about: span,
    groupBy,
    currency: null,
    figures: figures.map((name) => ({ name, kind: 'count' as const })),
    main: 'count',
    total: sums.total,
    rows: [...sums.rows.values()],
  }
  const labels = { rep: repLabels, team: repLabels, customer: customerLabels }
  return answerReport(ctx, report, asked, labels, { figures: { amount: null } })
}
