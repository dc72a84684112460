import { ReceivableWithdrawn } from '../../../events/finance.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { minor } from '../../kernel/money.ts'
import { commit } from '../../store/commit.ts'
import { requireVersion } from '../../store/record.ts'
import { recordOfBooks } from '../access.ts'
import { shareOfBase } from '../amount.ts'
import { changeCredit } from '../credit/credit-item.ts'
import { openedByHand } from '../credit/move-commitment.ts'
import { dropOpen } from '../ledger/open-item.ts'
import { post } from '../ledger/posting.table.ts'
import { partOf } from './open-receivable.ts'
import { receivables } from './receivable.table.ts'
import { outstandingOf, type Receivable } from './receivable.ts'
import { allocated } from './withdraw-receivables.ts'

/**
 * Takes an imported receivable out of the books, on the day it was issued or, where that is closed by now, on the first open day.
 * It stays as cancelled, its number and externalId are free again. 409 `receivable.allocated` once anything is paid or credited on it.
 */
export async function takeBackReceivable(ctx: Context, { id, ifMatch }: { id: string; ifMatch: string }): Promise<Receivable> {
  const [{ closedThrough = '' }, { record: before, customer }] = await Promise.all([
    readTenant(ctx),
    recordOfBooks(ctx, receivables, id, { toPost: true }),
  ])
  const { amount, base, settled, settledBefore, issuedOn, number, ownerId } = before
  if (settled !== (settledBefore ? minor(settledBefore) : 0)) throw allocated(before)
  requireVersion(before, ifMatch)
  const on = issuedOn > closedThrough ? issuedOn : addDays(closedThrough, 1)
  const whole = minor(amount)
  const left = { amount: outstandingOf(before), base: base - shareOfBase({ base, whole }, settled) }
  const { currency } = amount
  const about = { on, kind: 'cancellation' as const, customerId: customer.id, currency, ...(ownerId ? { ownerId } : {}) }
  const after: Receivable = { ...before, settled: whole, cancelledOn: on, takenBack: true }
  const writes = [
    ...(await openedByHand(ctx, before.source?.of, -base)),
    dropOpen({ home: id, id }),
    changeCredit(id, { receivable: -left.base }),
    post(ctx, id, { ...about, parts: [partOf(before, -left.amount, -left.base)] }),
  ]
  const event = ReceivableWithdrawn({ type: 'receivable', id, customerId: customer.id }, { number, on, amount: left.amount, currency })
  return commit(ctx, [receivables.replace(ctx, before, after), ...writes], [event])
}
