import type { Context } from '../../kernel/context.ts'
import { minor, money } from '../../kernel/money.ts'
import type { Customer } from '../../parties/index.ts'
import { findMany } from '../../store/read.ts'
import { together } from '../../store/stage.ts'
import type { Write } from '../../store/write.ts'
import { openReceiptsOf } from '../ledger/read-open.ts'
import { openReceivable } from '../receivable/open-receivable.ts'
import { outstandingOf, type Receivable } from '../receivable/receivable.ts'
import { mostAllocations, unallocatedOf } from '../settlement/source.ts'
import { allocateSource } from '../settlement/source-kind.ts'
import { receipts } from './receipt.table.ts'
import type { Receipt } from './receipt.ts'
import { receiptSource } from './receipt-kind.ts'

/** What of the customer's deposits (定金) on an order is left for it, the oldest first. */
export async function depositsFor(
  ctx: Context,
  customer: Customer,
  { orderId, currency }: { orderId?: string | undefined; currency: string },
): Promise<Receipt[]> {
  if (!orderId) return []
  const ids = (await openReceiptsOf(ctx, customer)).filter((open) => open.currency === currency).map(({ id }) => id)
  if (ids.length === 0) return []
  const found = await findMany(
    ctx,
    ids.map((id) => ({ entity: receipts, id })),
    { consistent: true },
  )
  const isForIt = (receipt: Receipt) => receipt.orderId === orderId && receipt.allocations.length < mostAllocations
  return ids.flatMap((id) => (found.get(id) as Receipt | undefined) ?? []).filter(isForIt)
}

/**
 * Opens a receivable and settles it, in the same transaction, with what was paid as a deposit on its order, as far as that
 * goes; what is left of a deposit waits for the next one of the order.
 */
export async function openWithDeposits(
  ctx: Context,
  receivable: Receivable,
  also: readonly Write[],
  deposits: readonly Receipt[],
): Promise<Receivable> {
  if (deposits.length === 0) return openReceivable(ctx, receivable, also)
  const { id, amount } = receivable
  return together(ctx, async (staged) => {
    const opened = await openReceivable(staged, receivable, also)
    let left = outstandingOf(receivable)
    for (const deposit of deposits) {
      const units = Math.min(left, unallocatedOf(deposit))
      if (units <= 0) break
      left -= units
      await allocateSource(staged, receiptSource, {
        id: deposit.id,
        allocations: [{ receivableId: id, amount: money(units, amount.currency) }],
      })
    }
    return { ...opened, settled: minor(amount) - left }
  })
}
