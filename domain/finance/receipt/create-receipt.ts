import type * as z from 'zod'
import { ReceiptRecorded } from '../../../events/finance.ts'
import { readTenant, type Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { compact } from '../../kernel/merge-patch.ts'
import { minor, money } from '../../kernel/money.ts'
import { type Customer, creditKey } from '../../parties/index.ts'
import { numberFor } from '../../platform/index.ts'
import { commit } from '../../store/commit.ts'
import { readAlong } from '../../store/read-along.ts'
import { newRecord } from '../../store/record.ts'
import { customerOfBooks } from '../access.ts'
import { booked } from '../amount.ts'
import { holdOwnerAlong } from '../credit/hands.ts'
import { requireOwnDocuments } from '../own-documents.ts'
import { requireOpenDate } from '../period.ts'
import { receivables } from '../receivable/receivable.table.ts'
import { planAllocations } from '../settlement/plan-allocations.ts'
import { enter } from '../settlement/settle.ts'
import { enteredFacts } from '../settlement/source-kind.ts'
import { receipts, receivedId } from './receipt.table.ts'
import { type CreateReceipt, isBillMethod, type Receipt } from './receipt.ts'
import { billOf } from './receipt-kind.ts'

type Input = z.output<typeof CreateReceipt>

/** 422 `receipt.bill-required`, `receipt.bill-unexpected`, `receipt.bill-due-before-received`. */
function requireBill({ method, bill, receivedOn }: Input): void {
  if (isBillMethod(method) && !bill) throw invalid('receipt.bill-required', '/bill', 'Say which bill: its number, acceptor and due date.')
  if (!isBillMethod(method) && bill) throw invalid('receipt.bill-unexpected', '/bill', 'Only acceptance bills have one.')
  if (bill && bill.dueOn < receivedOn)
    throw invalid('receipt.bill-due-before-received', '/bill/dueOn', 'A bill that is due already is money: use another method.')
}

/** What the deductions come to. 422 for another currency, and for more rounding than the firm tolerates. */
function deducted({ tolerance }: Tenant, { deductions, amount }: Input): number {
  return (deductions ?? []).reduce((sum, deduction, i) => {
    const at = `/deductions/${i}/amount`
    if (deduction.amount.currency !== amount.currency)
      throw invalid('money.currency-mismatch', `${at}/currency`, `The money is in ${amount.currency}.`)
    const units = minor(deduction.amount)
    const isOver = deduction.kind === 'rounding' && tolerance?.currency === amount.currency && units > minor(tolerance)
    if (isOver)
      throw invalid(
        'deduction.above-tolerance',
        at,
        `Rounding goes up to ${tolerance.amount} ${tolerance.currency}. What is more is a claim, or a write-off.`,
      )
    return sum + units
  }, 0)
}

/** 422 `receipt.foreign-order` for a deposit on another customer's order, 404 `order.not-found` for one that there is not. */
export async function requireOwnOrder(ctx: Context, customer: Customer | undefined, orderId: string | null | undefined): Promise<void> {
  if (!orderId) return
  if (!customer) throw invalid('receipt.foreign-order', '/orderId', 'A deposit for an order has a customer: name it.')
  await requireOwnDocuments(ctx, customer, { orderId }, 'receipt.foreign-order')
}

async function newReceipt(ctx: Context, tenant: Tenant, input: Input, customer: Customer | undefined): Promise<Receipt> {
  const { allocations: _shares, allocate: _way, customerId: _given, ...own } = input
  const total = minor(input.amount) + deducted(tenant, input)
  const rate = booked(ctx, money(total, input.amount.currency), input.exchangeRate)
  const record = newRecord(ctx, 'rct', customer?.id)
  const number = await numberFor(ctx, 'receipt', input.receivedOn, input.number)
  return {
    ...record,
    ...(compact(own) as Pick<Receipt, 'receivedOn' | 'amount' | 'method'>),
    ...rate,
    id: receivedId(record.id, input.receivedOn),
    ...(customer ? { customerId: customer.id } : {}),
    ...(customer?.ownerId ? { ownerId: customer.ownerId } : {}),
    number,
    total,
    allocations: [],
  }
}

/** Money of an unknown payer waits (待认领): it stands in no customer's books until that one is identified. */
async function createWaiting(ctx: Context, tenant: Tenant, input: Input): Promise<Receipt> {
  if (input.allocations?.length || input.allocate)
    throw invalid(
      'receipt.waiting',
      input.allocate ? '/allocate' : '/allocations',
      'Money of an unknown payer settles nothing. Name the customer.',
    )
  await requireOwnOrder(ctx, undefined, input.orderId)
  const receipt = await newReceipt(ctx, tenant, input, undefined)
  const facts = { ...enteredFacts(receipt, receipt.receivedOn, []), method: receipt.method }
  return commit(ctx, [receipts.create(receipt)], [ReceiptRecorded({ type: 'receipt', id: receipt.id }, facts)])
}

/**
 * Records money that came in, on its own business date, and settles receivables with it at once where that is asked for.
 * Everything of it is one transaction: nothing is ever settled above what is owed, whoever else is posting.
 */
export async function createReceipt(ctx: Context, input: Input): Promise<Receipt> {
  const tenant = await readTenant(ctx)
  requireOpenDate(ctx, tenant, input.receivedOn, '/receivedOn')
  requireBill(input)
  if (!input.customerId) return createWaiting(ctx, tenant, input)
  const available = minor(input.amount) + deducted(tenant, input)
  const named = (input.allocations ?? []).map(({ receivableId }) => receivables.key(receivableId))
  const along = readAlong(ctx, [...named, creditKey(input.customerId)])
  const customer = await customerOfBooks(along, input.customerId, { pointer: '/customerId', toPost: true })
  await requireOwnOrder(ctx, customer, input.orderId)
  const { receivedOn: on, amount } = input
  const wish = { customer, tenant, on, currency: amount.currency, available, orderId: input.orderId ?? undefined }
  const shares = await planAllocations(along, { ...wish, allocations: input.allocations, allocate: input.allocate })
  const source = await newReceipt(ctx, tenant, input, customer)
  const { after, writes } = enter(ctx, 'receipt', { customer, source, issuedOn: on, bill: billOf(ctx, source) }, shares)
  const held = await holdOwnerAlong(along, customer, input.customerId)
  const facts = { ...enteredFacts(after, on, shares), method: after.method }
  return commit(
    ctx,
    [receipts.create(after), ...writes, held],
    [ReceiptRecorded({ type: 'receipt', id: after.id, customerId: customer.id }, facts)],
  )
}
