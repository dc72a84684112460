import { ReceiptReversed } from '../../../events/finance.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { commit } from '../../store/commit.ts'
import { requireVersion } from '../../store/record.ts'
import { requireLive } from '../settlement/settle.ts'
import { endSource } from '../settlement/source-kind.ts'
import { receipts } from './receipt.table.ts'
import { isWaiting, type Receipt } from './receipt.ts'
import { seenReceipt } from './receipt-access.ts'
import { receiptSource } from './receipt-kind.ts'

/** The day on which it is taken out: its own, or the latest on which it settled something, and never in a closed period. */
function dayOf({ receivedOn, allocations }: Receipt, closedThrough: string): string {
  const latest = [receivedOn, ...allocations.map(({ allocatedOn }) => allocatedOn)].sort().at(-1)!
  return latest > closedThrough ? latest : addDays(closedThrough, 1)
}

/**
 * Takes an imported receipt out of the books: what it settled is owed again. It stays as reversed, its number and externalId are
 * free again, so that the mended file can be imported. 412 once anything was done with it.
 */
export async function takeBackReceipt(ctx: Context, { id, ifMatch }: { id: string; ifMatch: string }): Promise<Receipt> {
  const [{ closedThrough = '' }, { record }] = await Promise.all([readTenant(ctx), seenReceipt(ctx, id, { consistent: true })])
  requireVersion(record, ifMatch)
  const on = dayOf(record, closedThrough)
  if (!isWaiting(record))
    return endSource(ctx, receiptSource, { id, on }, { how: 'reversed', event: ReceiptReversed, mark: { takenBack: true } })
  requireLive(record, 'receipt')
  const after: Receipt = { ...record, ended: { on, how: 'reversed' }, takenBack: true }
  const facts = { number: record.number, on, amount: record.total, currency: record.amount.currency, reason: null }
  return commit(
    ctx,
    [receipts.replace(ctx, record, after)],
    [ReceiptReversed({ type: 'receipt', id, customerId: record.customerId }, facts)],
  )
}
