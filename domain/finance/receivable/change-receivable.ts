import type * as z from 'zod'
import { ReceivableChanged } from '../../../events/finance.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import { minor } from '../../kernel/money.ts'
import { customers } from '../../parties/index.ts'
import { numberFor } from '../../platform/index.ts'
import { commit } from '../../store/commit.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { customerOfBooks, recordOfBooks } from '../access.ts'
import { booked } from '../amount.ts'
import { openedByHand } from '../credit/move-commitment.ts'
import { requireOwnDocuments } from '../own-documents.ts'
import { requireOpenDate } from '../period.ts'
import { creditsFor, openWithCredits } from '../settlement/use-credits.ts'
import { dueId, receivables } from './receivable.table.ts'
import { type ChangeReceivable, type CreateReceivable, outstandingOf, type Receivable, ReceivableRecord } from './receivable.ts'

/** 422 for a promise in another currency than the receivable's, or dated before it was given, a dispute that begins in the future. */
function requireFollowing(
  { promise, disputed }: Partial<Receivable>,
  { amount, issuedOn }: Pick<Receivable, 'amount' | 'issuedOn'>,
  day: string,
): void {
  if (promise?.amount && promise.amount.currency !== amount.currency)
    throw invalid('money.currency-mismatch', '/promise/amount/currency', `This receivable is in ${amount.currency}.`)
  if (promise && promise.on < issuedOn) throw invalid('receivable.promise-before-issued', '/promise/on', 'It was not owed yet on that day.')
  if (disputed && disputed.since > day) throw invalid('date.in-future', '/disputed/since', 'A dispute has begun when it is entered.')
}

/** 422 for a promise of more than is outstanding. */
function requireWithin(promise: Receivable['promise'], outstanding: number): void {
  if (promise?.amount && minor(promise.amount) > outstanding)
    throw invalid('receivable.promise-above-outstanding', '/promise/amount', 'Nobody promises to pay more than is outstanding.')
}

/** Minor units that were settled before. 422 for another currency, and for all of it: what is settled whole needs no receivable. */
function unitsBefore({ amount, settledBefore }: z.output<typeof CreateReceivable>): number {
  if (!settledBefore) return 0
  if (settledBefore.currency !== amount.currency)
    throw invalid('money.currency-mismatch', '/settledBefore/currency', `This receivable is in ${amount.currency}.`)
  if (minor(settledBefore) < minor(amount)) return minor(settledBefore)
  throw invalid('receivable.settled-whole', '/settledBefore', 'Less than the amount was settled before: else nothing is owed.')
}

/**
 * Enters what a customer owes by hand: an opening balance (期初), or an invoice from elsewhere. 404 at its place for a customer
 * out of sight, 409 `period.closed`, `receivable.number-taken`, 422 for a due date before the date of issue, `receivable.settled-whole`.
 */
export async function createReceivable(ctx: Context, input: z.output<typeof CreateReceivable>): Promise<Receivable> {
  const { issuedOn, dueOn, amount } = input
  if (dueOn < issuedOn) throw invalid('receivable.due-before-issued', '/dueOn', 'It cannot be due before it is issued.')
  requireOpenDate(ctx, await readTenant(ctx), issuedOn, '/issuedOn')
  const rate = booked(ctx, amount, input.exchangeRate)
  const settled = unitsBefore(input)
  const customer = await customerOfBooks(ctx, input.customerId, { pointer: '/customerId', toPost: true })
  await requireOwnDocuments(ctx, customer, input, 'receivable.foreign-document')
  const own = compact(input) as Partial<Receivable>
  requireFollowing(own, input, today(ctx))
  requireWithin(own.promise, minor(amount) - settled)
  const record = newRecord(ctx, 'rcv', customer.id)
  const credits = await creditsFor(ctx, customer, { orderId: own.orderId, shipmentId: own.shipmentId, currency: amount.currency })
  const number = await numberFor(ctx, 'receivable', issuedOn, input.number)
  const receivable: Receivable = {
    ...record,
    ...(own as Pick<Receivable, 'issuedOn' | 'dueOn' | 'amount'>),
    ...rate,
    id: dueId(record.id, dueOn),
    customerId: customer.id,
    ...(customer.ownerId ? { ownerId: customer.ownerId } : {}),
    ...(own.orderId ? { source: { of: own.orderId, share: record.id } } : {}),
    number,
    settled,
  }
  const commitment = await openedByHand(ctx, own.orderId, rate.base)
  return openWithCredits(ctx, receivable, [customers.keepField(customer, 'ownerId'), ...commitment], credits)
}

/** Changes what is said about a receivable: a dispute, a promise, notes. What is posted never changes. */
export async function changeReceivable(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeReceivable>; ifMatch?: string | undefined },
): Promise<Receivable> {
  const { record: before } = await recordOfBooks(ctx, receivables, id, { toPost: true })
  requireVersion(before, ifMatch)
  const after = mergePatch(ReceivableRecord, before, changes)
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  requireFollowing(after, before, today(ctx))
  // One that was given before stays as it was said, whatever was paid since.
  if (changes.promise) requireWithin(after.promise, outstandingOf(before))
  const subject = { type: 'receivable', id, customerId: before.customerId }
  return commit(ctx, [receivables.replace(ctx, before, after)], [ReceivableChanged(subject, { changed })])
}

/** A receivable of a customer that the caller may see. */
export const getReceivable = async (ctx: Context, { id }: { id: string }): Promise<Receivable> =>
  (await recordOfBooks(ctx, receivables, id)).record
