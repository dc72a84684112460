import type { Context } from '../../kernel/context.ts'
import { minor, money } from '../../kernel/money.ts'
import type { Customer } from '../../parties/index.ts'
import { findMany, inOrder } from '../../store/read.ts'
import { together } from '../../store/stage.ts'
import type { Write } from '../../store/write.ts'
import { creditNoteSource } from '../credit-note/create-credit-note.ts'
import { creditNotes } from '../credit-note/credit-note.table.ts'
import type { CreditNote } from '../credit-note/credit-note.ts'
import { openCreditsOf } from '../ledger/read-open.ts'
import { receipts } from '../receipt/receipt.table.ts'
import type { Receipt } from '../receipt/receipt.ts'
import { receiptSource } from '../receipt/receipt-kind.ts'
import { openReceivable } from '../receivable/open-receivable.ts'
import { outstandingOf, type Receivable } from '../receivable/receivable.ts'
import { mostAllocations, unallocatedOf } from './source.ts'
import { allocateSource } from './source-kind.ts'

type Credit = CreditNote | Receipt

const isNote = ({ id }: { id: string }): boolean => id.startsWith(`${creditNotes.prefix}_`)

/** Whose document opens: its order, its shipment. */
interface Opened {
  orderId?: string | undefined
  shipmentId?: string | undefined
  currency: string
}

/**
 * What waits for a receivable of this order or shipment: credit notes for goods of the shipment that came back before it was
 * owed, then what is left of the customer's deposits (定金) on the order; each the oldest first. `read` as `openCreditsOf` has it.
 */
export async function creditsFor(
  ctx: Context,
  customer: Customer,
  { orderId, shipmentId, currency }: Opened,
  read?: Parameters<typeof openCreditsOf>[2],
): Promise<Credit[]> {
  if (!orderId && !shipmentId) return []
  const isWanted = (open: { id: string; currency: string }) => open.currency === currency && (isNote(open) ? shipmentId : orderId)
  const ids = (await openCreditsOf(ctx, customer, read)).filter(isWanted).map(({ id }) => id)
  const entityOf = (id: string) => (isNote({ id }) ? creditNotes : receipts)
  const found = await findMany(
    ctx,
    ids.map((id) => ({ entity: entityOf(id), id })),
    { consistent: true },
  )
  const isForIt = (credit: Credit) => (isNote(credit) ? (credit as CreditNote).shipmentId === shipmentId : credit.orderId === orderId)
  const credits = inOrder(ids, found) as Credit[]
  return credits.filter((credit) => isForIt(credit) && credit.allocations.length < mostAllocations)
}

/**
 * Opens a receivable and settles it, in the same transaction, with the credits that waited for it, as far as they go; what is
 * left of one waits for the next receivable of its order or shipment.
 */
export async function openWithCredits(
  ctx: Context,
  receivable: Receivable,
  also: readonly Write[],
  credits: readonly Credit[],
): Promise<Receivable> {
  if (credits.length === 0) return openReceivable(ctx, receivable, also)
  const { id, amount } = receivable
  return together(ctx, async (staged) => {
    const opened = await openReceivable(staged, receivable, also)
    let left = outstandingOf(receivable)
    for (const credit of credits) {
      const units = Math.min(left, unallocatedOf(credit))
      if (units <= 0) continue
      left -= units
      const share = { id: credit.id, allocations: [{ receivableId: id, amount: money(units, amount.currency) }] }
      await (isNote(credit) ? allocateSource(staged, creditNoteSource, share) : allocateSource(staged, receiptSource, share))
    }
    return { ...opened, settled: minor(amount) - left }
  })
}
