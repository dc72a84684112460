import { DunningRaised } from '../../../events/finance.ts'
import type { DunningLevel, DunningSettings } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { Customer } from '../../parties/index.ts'
import { commit, mostActions } from '../../store/commit.ts'
import { newRecord } from '../../store/record.ts'
import { receivables } from '../receivable/receivable.table.ts'
import type { Receivable } from '../receivable/receivable.ts'
import { type DunningNotice, dunningNotices } from './dunning.table.ts'
import { levelToSend } from './dunning.ts'

/** A transaction takes 100 items: what one notice cannot name has its turn on another day. */
const mostNamed = 80

/** A customer and what is overdue of it, oldest first, as it is now. */
export interface Overdue {
  customer: Customer
  overdue: readonly Receivable[]
}

/** A notice that is to be written, and the receivables that it names. */
interface Decision {
  notice: DunningNotice
  named: Receivable[]
}

/** One notice for each level that something of a customer has reached. */
function decide(ctx: Context, { customer, overdue }: Overdue, day: string, settings: DunningSettings): Decision[] {
  const byLevel = new Map<DunningLevel, Receivable[]>()
  for (const receivable of overdue) {
    const level = levelToSend(receivable, day, settings)
    if (level) byLevel.set(level, [...(byLevel.get(level) ?? []), receivable])
  }
  return [...byLevel].map(([level, all]) => {
    const named = all.slice(0, mostNamed)
    const said = { customerId: customer.id, level, on: day, receivables: named.map(({ id }) => id) }
    return { notice: { ...newRecord(ctx, 'dun', customer.id), ...said }, named }
  })
}

/** As many decisions together as a transaction takes: each is a notice, an event and a mark on each of its receivables. */
function transactionsOf(decisions: readonly Decision[]): Decision[][] {
  const all: Decision[][] = []
  let free = 0
  for (const decision of decisions) {
    const items = 2 + decision.named.length
    if (items > free) {
      all.push([])
      free = mostActions
    }
    all.at(-1)!.push(decision)
    free -= items
  }
  return all
}

/**
 * Decides what customers are told on a day of what is overdue, and marks each receivable with the level it is told of in the
 * transaction of its notice: whoever decides again finds nothing left to say. Many customers share a transaction; when something of
 * one changed meanwhile (StaleWrite) all of them are to be decided again.
 */
export async function raiseNotices(
  ctx: Context,
  all: readonly Overdue[],
  day: string,
  settings: DunningSettings,
): Promise<DunningNotice[]> {
  const decisions = all.flatMap((one) => decide(ctx, one, day, settings))
  for (const [first, ...others] of transactionsOf(decisions)) {
    const together = [first!, ...others]
    const marks = together.flatMap(({ named, notice: { level, on } }) =>
      named.map((receivable) => receivables.replace(ctx, receivable, { ...receivable, dunned: { level, on } })),
    )
    const notices = others.map(({ notice }) => dunningNotices.create(notice))
    await commit(ctx, [dunningNotices.create(first!.notice), ...notices, ...marks], together.map(eventOf))
  }
  return decisions.map(({ notice }) => notice)
}

function eventOf({ notice: { id, customerId, level, on, receivables: named } }: Decision) {
  return DunningRaised({ type: 'dunning-notice', id, customerId }, { level, on, receivables: named })
}
