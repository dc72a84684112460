import { DunningRaised } from '../../../events/finance.ts'
import type { DunningLevel, DunningSettings } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { Customer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { findMany } from '../../store/read.ts'
import { newRecord } from '../../store/record.ts'
import type { Write } from '../../store/write.ts'
import { openReceivablesOf } from '../ledger/read-open.ts'
import { receivables } from '../receivable/receivable.table.ts'
import type { Receivable } from '../receivable/receivable.ts'
import { type DunningNotice, dunningNotices } from './dunning.table.ts'
import { levelToSend } from './dunning.ts'

/** A transaction takes 100 items: what one notice cannot name has its turn on another day. */
const mostNamed = 80

/** The open receivables of a customer due before a day, oldest first, as they are now. */
export async function overdueRecords(ctx: Context, customer: Customer, day: string): Promise<Receivable[]> {
  const late = (await openReceivablesOf(ctx, customer)).filter(({ dueOn }) => dueOn < day)
  const found = await findMany(
    ctx,
    late.map(({ id }) => ({ entity: receivables, id })),
    { consistent: true },
  )
  return late.flatMap(({ id }) => (found.get(id) as Receivable | undefined) ?? [])
}

/**
 * Decides what a customer is told on a day of what is overdue, a notice for each level, and marks each receivable with the level it is told of in the
 * same transaction: whoever decides again finds nothing left to say.
 */
export async function raiseNotices(
  ctx: Context,
  { customer, day, settings, overdue }: { customer: Customer; day: string; settings: DunningSettings; overdue: Receivable[] },
): Promise<DunningNotice[]> {
  const byLevel = new Map<DunningLevel, Receivable[]>()
  for (const receivable of overdue) {
    const level = levelToSend(receivable, day, settings)
    if (level) byLevel.set(level, [...(byLevel.get(level) ?? []), receivable])
  }
  const raised: DunningNotice[] = []
  for (const [level, all] of byLevel) {
    const named = all.slice(0, mostNamed)
    const notice: DunningNotice = {
      ...newRecord(ctx, 'dun', customer.id),
      customerId: customer.id,
      level,
      on: day,
      receivables: named.map(({ id }) => id),
    }
    const marks: Write[] = named.map((receivable) => receivables.replace(ctx, receivable, { ...receivable, dunned: { level, on: day } }))
    const subject = { type: 'dunning-notice', id: notice.id, customerId: customer.id }
    await commit(
      ctx,
      [dunningNotices.create(notice), ...marks],
      [DunningRaised(subject, { level, on: day, receivables: notice.receivables })],
    )
    raised.push(notice)
  }
  return raised
}
