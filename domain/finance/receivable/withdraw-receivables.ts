import type { Opening } from '../../../events/fields.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { minor } from '../../kernel/money.ts'
import type { Customer } from '../../parties/index.ts'
import { indexKeysOf } from '../../store/entity.ts'
import { readItems } from '../../store/read-items.ts'
import { exactly, numbersOf, tallyWrite } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'
import { commitmentKey, commitmentOf } from '../credit/commitment.ts'
import { changeCredit } from '../credit/credit-item.ts'
import { moveCommitment } from '../credit/move-commitment.ts'
import { dropOpen } from '../ledger/open-item.ts'
import { post } from '../ledger/posting.table.ts'
import { unsettledSince } from '../settlement/fitting-days.ts'
import { receivablesById } from '../settlement/read-receivables.ts'
import { partOf } from './open-receivable.ts'
import { shareOf } from './open-shares.ts'
import { receivables, shareKey } from './receivable.table.ts'
import type { Receivable } from './receivable.ts'

interface Withdrawal {
  customer: Customer
  /** The shipment that is cancelled, what it opened, and the business date of the cancelling. */
  shipmentId: string
  openings: readonly Pick<Opening, 'of' | 'instalment' | 'amount'>[]
  on: string
  /** By how much the totals of commitments fall besides, by order or shipment: what was delivered above an order, goods of none. */
  lowered?: Readonly<Record<string, number>>
}

/** 409 `receivable.being-opened`, which passes: the news of a document that makes something owed is on its way. */
export const beingOpened = () =>
  new Problem('conflict', 'receivable.being-opened', 'What this document makes owed is just being opened. Try again in a moment.', {
    retryable: true,
  })
/** 409 for a receivable that cannot be taken back any more. */
export const allocated = ({ number }: Receivable): Problem =>
  new Problem(
    'conflict',
    'receivable.allocated',
    `Something is paid or credited on receivable ${number} already: return the goods instead, or take the allocation back.`,
  )

/** A receivable that is not owed any more, as if it were settled by its own cancellation: only while nothing was allocated to it. */
function cancelled(ctx: Context, receivable: Receivable, on: string): Write[] {
  const whole = minor(receivable.amount)
  const keys = indexKeysOf(ctx, receivables, { ...receivable, settled: whole })
  const set = { ...keys, cancelledOn: on, updatedAt: ctx.now() }
  return [
    tallyWrite({
      key: receivables.key(receivable.id),
      add: { settled: whole, version: 1 },
      limits: [exactly('settled', whole), exactly('version', receivable.version + 1)],
      set,
    }),
    dropOpen({ home: receivable.id, id: receivable.id }),
  ]
}

/** A receivable on which nothing is paid out of the books, from a day on but never before it was owed, nor while something was paid on it. */
export async function withdrawn(ctx: Context, customer: Customer, receivable: Receivable, day: string): Promise<Write[]> {
  const { id, amount, base, ownerId, issuedOn } = receivable
  const on = await unsettledSince(ctx, receivable, day < issuedOn ? issuedOn : day)
  const about = { customerId: customer.id, ownerId, currency: amount.currency }
  const posting = post(ctx, id, { ...about, on, kind: 'cancellation', parts: [partOf(receivable, -minor(amount), -base)] })
  return [...cancelled(ctx, receivable, on), changeCredit(id, { receivable: -base }), posting]
}

/**
 * Takes back what a cancelled shipment made owed, in the transaction of the cancelling: 409 `receivable.allocated` once anything
 * is allocated to it, whoever does that at the same moment. What was ordered counts as ordered again.
 */
export async function withdrawReceivables(
  ctx: Context,
  { customer, shipmentId, openings, on, lowered = {} }: Withdrawal,
): Promise<Write[]> {
  const shares = openings.filter(({ amount }) => amount > 0)
  const ofs = [...new Set([...shares.map(({ of }) => of), ...Object.keys(lowered)])]
  const items = await readItems(ctx, [...shares.map((opening) => shareKey(shareOf(shipmentId, opening))), ...ofs.map(commitmentKey)], {
    consistent: true,
  })
  const refs = items.slice(0, shares.length).map((item) => item?.ref as string | undefined)
  if (refs.some((ref) => ref === undefined)) throw beingOpened()
  const found = [...(await receivablesById(ctx, refs as string[])).values()].filter(({ cancelledOn }) => !cancelledOn)
  const paid = found.find(({ settled }) => settled > 0)
  if (paid) throw allocated(paid)
  const opened = (of: string) => found.filter(({ source }) => source!.of === of).reduce((sum, { base }) => sum + base, 0)
  const commitments = ofs.flatMap((of, i): Write[] => {
    const before = commitmentOf(numbersOf(items[shares.length + i]))
    const by = { total: -(lowered[of] ?? 0), opened: -opened(of) }
    return moveCommitment(of, before, by)
  })
  const books = await Promise.all(found.map((receivable) => withdrawn(ctx, customer, receivable, on)))
  return [...books.flat(), ...commitments]
}
