import type * as z from 'zod'
import { ReceiptChanged, ReceiptDishonoured, ReceiptIdentified, ReceiptRefunded, ReceiptReversed } from '../../../events/finance.ts'
import { confirmActor, readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays, today } from '../../kernel/dates.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { changedFields, mergePatch } from '../../kernel/merge-patch.ts'
import { type Money, minor } from '../../kernel/money.ts'
import { customers } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { requireVersion } from '../../store/record.ts'
import { customerOfBooks } from '../access.ts'
import { requireOpenDate } from '../period.ts'
import { planAllocations, type Wish } from '../settlement/plan-allocations.ts'
import { enter, requireLive } from '../settlement/settle.ts'
import { unallocatedOf } from '../settlement/source.ts'
import { endSource, enteredFacts, type Reversal } from '../settlement/source-kind.ts'
import { payBack } from '../settlement/take-back.ts'
import { requireOwnOrder } from './create-receipt.ts'
import { receipts } from './receipt.table.ts'
import { type ChangeReceipt, isBillMethod, isWaiting, type Receipt, ReceiptRecord } from './receipt.ts'
import { postedReceipt, seenReceipt } from './receipt-access.ts'
import { billOf, receiptSource } from './receipt-kind.ts'

const subjectOf = ({ id, customerId }: Receipt) => ({ type: 'receipt', id, customerId })

/** A receipt of a customer in sight; one whose payer nobody knows is seen by who sees all. 404 for any other. */
export const getReceipt = async (ctx: Context, { id }: { id: string }): Promise<Receipt> => (await seenReceipt(ctx, id)).record

/** Changes what is said about a receipt. Its figures never change: reverse it and record it anew. */
export async function changeReceipt(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeReceipt>; ifMatch?: string | undefined },
): Promise<Receipt> {
  const { record: before, customer } = await seenReceipt(ctx, id, { consistent: true })
  requireVersion(before, ifMatch)
  await requireOwnOrder(ctx, customer, changes.orderId)
  const after = mergePatch(ReceiptRecord, before, changes)
  const changed = changedFields(before, after)
  return changed.length === 0
    ? before
    : commit(ctx, [receipts.replace(ctx, before, after)], [ReceiptChanged(subjectOf(before), { changed })])
}

/**
 * Says who paid: from then on the money is in the books of that customer, since the day it was received or, where that is
 * closed, since the first open day. 409 `receipt.identified` for one whose customer is known.
 */
export async function identifyReceipt(
  ctx: Context,
  { id, customerId, allocations, allocate }: { id: string; customerId: string } & Pick<Wish, 'allocations' | 'allocate'>,
): Promise<Receipt> {
  const [tenant, { record: before }] = await Promise.all([readTenant(ctx), seenReceipt(ctx, id, { consistent: true })])
  requireLive(before, 'receipt')
  if (!isWaiting(before))
    throw new Problem('conflict', 'receipt.identified', 'It is known who paid this. Reverse it to record it for another customer.')
  const customer = await customerOfBooks(ctx, customerId, { pointer: '/customerId', toPost: true })
  const { receivedOn, total, amount } = before
  const isClosed = tenant.closedThrough !== undefined && receivedOn <= tenant.closedThrough
  const on = isClosed ? addDays(tenant.closedThrough!, 1) : receivedOn
  requireOpenDate(ctx, tenant, on, '')
  const shares = await planAllocations(ctx, { customer, tenant, on, currency: amount.currency, available: total, allocations, allocate })
  const owner = customer.ownerId ? { ownerId: customer.ownerId } : {}
  const source: Receipt = { ...before, customerId: customer.id, identifiedIn: customer.id, ...owner }
  const { after, writes } = enter(ctx, 'receipt', { customer, source, issuedOn: on, bill: billOf(ctx, source) }, shares)
  const event = ReceiptIdentified(subjectOf(after), enteredFacts(after, on, shares))
  return commit(ctx, [receipts.replace(ctx, before, after), ...writes, customers.keepField(customer, 'ownerId')], [event])
}

/** Takes a receipt out of the books; one that waits for its customer stands in none and only ends. */
export async function reverseReceipt(ctx: Context, reversal: Reversal): Promise<Receipt> {
  const { record } = await seenReceipt(ctx, reversal.id, { consistent: true })
  if (!isWaiting(record)) return endSource(ctx, receiptSource, reversal, { how: 'reversed', event: ReceiptReversed })
  requireLive(record, 'receipt')
  const on = reversal.on ?? today(ctx)
  requireOpenDate(ctx, await readTenant(ctx), on, '/on')
  if (on < record.receivedOn) throw invalid('receipt.too-early', '/on', 'It cannot be taken back before its own day.')
  const reason = reversal.reason ?? null
  const after: Receipt = { ...record, ended: { on, how: 'reversed', ...(reason ? { reason } : {}) } }
  const facts = { number: record.number, on, amount: record.total, currency: record.amount.currency, reason }
  return commit(ctx, [receipts.replace(ctx, record, after)], [ReceiptReversed(subjectOf(record), facts)])
}

function requireIsBill({ method }: Receipt): void {
  if (!isBillMethod(method))
    throw new Problem('conflict', 'receipt.not-a-bill', 'Only an acceptance bill can be dishonoured. Reverse this receipt instead.')
}

/** An acceptance bill was not paid: what it settled is owed again, with the old due dates. 409 `receipt.not-a-bill`. */
export const dishonourReceipt = (ctx: Context, dishonour: Reversal): Promise<Receipt> =>
  endSource(ctx, receiptSource, dishonour, { how: 'dishonoured', event: ReceiptDishonoured, check: requireIsBill })

interface Refund {
  id: string
  amount?: Money | null | undefined
  on?: string | null | undefined
  reason?: string | null | undefined
}

/** Pays back what settles nothing, all of it unless an amount is named. Money goes out: who asks for it is looked at again. */
export async function refundReceipt(ctx: Context, { id, amount, on: given, reason }: Refund): Promise<Receipt> {
  await confirmActor(ctx, 'receipts.write')
  const [tenant, { record, customer }] = await Promise.all([readTenant(ctx), postedReceipt(ctx, id)])
  const on = given ?? today(ctx)
  requireOpenDate(ctx, tenant, on, '/on')
  const { currency } = record.amount
  if (amount && amount.currency !== currency) throw invalid('money.currency-mismatch', '/amount/currency', `The money is in ${currency}.`)
  const units = amount ? minor(amount) : unallocatedOf(record)
  if (units === 0) throw new Problem('conflict', 'receipt.used-up', 'All of it is allocated: there is nothing to pay back.')
  const { after, writes } = await payBack(ctx, 'receipt', { customer, source: record, issuedOn: record.receivedOn }, units, on)
  const facts = { number: record.number, on, amount: units, currency, reason: reason ?? null }
  return commit(ctx, [receipts.replace(ctx, record, after), ...writes], [ReceiptRefunded(subjectOf(record), facts)])
}
