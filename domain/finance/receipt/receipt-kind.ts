import { ReceiptAllocated, ReceiptReversed, ReceiptUnallocated } from '../../../events/finance.ts'
import type { Context } from '../../kernel/context.ts'
import { inBase, minor } from '../../kernel/money.ts'
import type { SourceKind } from '../settlement/source-kind.ts'
import { receipts } from './receipt.table.ts'
import { isBillMethod, type Receipt } from './receipt.ts'
import { postedReceipt } from './receipt-access.ts'

/** What an acceptance bill adds to the exposure of its customer until it matures. */
export const billOf = (ctx: Context, { method, bill, amount, exchangeRate }: Receipt): { dueOn: string; by: number } | undefined =>
  bill && isBillMethod(method)
    ? { dueOn: bill.dueOn, by: inBase(minor(amount), { currency: amount.currency, exchangeRate }, ctx.tenant.currency) }
    : undefined

/** How receipts are allocated, un-allocated and reversed. */
export const receiptSource: SourceKind<Receipt> = {
  noun: 'receipt',
  entity: receipts,
  read: postedReceipt,
  issuedOn: ({ receivedOn }) => receivedOn,
  orderId: ({ orderId }) => orderId,
  bill: billOf,
  events: { allocated: ReceiptAllocated, unallocated: ReceiptUnallocated, reversed: ReceiptReversed },
}
