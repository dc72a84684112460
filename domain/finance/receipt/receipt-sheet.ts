import { withoutHidden } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { type Figure, moneyOf } from '../../kernel/figure-values.ts'
import { minor } from '../../kernel/money.ts'
import type { Row, TransferKind, Values } from '../../kernel/transfer-kind.ts'
import { customerNames, withCustomer } from '../../parties/index.ts'
import { receiptKind } from '../record-kinds.ts'
import { customerLink, documentMatchers, payerOf } from '../sheet-links.ts'
import { listReceipts, receiptList } from './list-receipts.ts'
import { receipts } from './receipt.table.ts'
import { type Receipt, shownReceipt } from './receipt.ts'
import { receiptColumns } from './receipt-columns.ts'
import { allocationsTo, customerOfDocument, receivablesOfRow } from './receipt-links.ts'
import { byReference, commonOf, unitsOf } from './receipt-values.ts'
import { takeBackReceipt } from './take-back-receipt.ts'

/** The customer that a row names, else that of the receivables or the order it names, else the one that is called as the payer. */
async function customerOf(ctx: Context, values: Values, documents: readonly (string | undefined)[]): Promise<string | undefined> {
  const named = (await customerLink(ctx, values)) ?? (await customerOfDocument(ctx, documents.find(Boolean)))
  return named ?? (values.payerName === undefined ? undefined : payerOf(ctx, String(values.payerName)))
}

async function compose(ctx: Context, values: Values, current?: Receipt): Promise<Record<string, unknown>> {
  const common = await commonOf(ctx, values, current)
  if (current) return common
  const named = await receivablesOfRow(ctx, values)
  const customerId = await customerOf(ctx, values, [...named, common.orderId])
  const { amount } = common
  const fee =
    values.bankFee === undefined || unitsOf(values.bankFee) === 0
      ? undefined
      : moneyOf(ctx, values.bankFee as Figure, values.currency ?? amount?.currency, 'bankFee')
  const available = amount && named.length > 0 ? minorOf(amount) + (fee ? minorOf(fee) : 0) : 0
  const allocations = available > 0 ? await allocationsTo(ctx, named, available, amount!.currency) : []
  const isAsked = customerId !== undefined && named.length === 0 && values.allocate === 'oldest-first'
  return {
    ...common,
    ...(customerId ? { customerId } : {}),
    ...(fee ? { deductions: [{ kind: 'bank-fee', amount: fee }] } : {}),
    ...(allocations.length > 0 ? { allocations } : {}),
    ...(isAsked ? { allocate: 'oldest-first' } : {}),
  }
}

/** Minor units; nothing of an amount that the use case is going to refuse. */
function minorOf(amount: { amount: string; currency: string }): number {
  try {
    return minor(amount)
  } catch (error) {
    if (error instanceof RangeError) return 0
    throw error
  }
}

/** Money that went out, and, where only one column has amounts, what is below nothing in it. */
function passesOver({ amount, debit, direction }: Values, mapped: ReadonlySet<string>): boolean {
  if (direction === 'out') return true
  if (unitsOf(amount) === 0 && unitsOf(debit) !== 0) return true
  return unitsOf(amount) < 0 && !mapped.has('debit') && !mapped.has('direction')
}

type Shown = ReturnType<typeof shownReceipt> & Receipt

/** Receipts as rows of a sheet; the same for all sheets of them. */
async function receiptRows(ctx: Context, records: object[]): Promise<Row[]> {
  const shown = records as Shown[]
  const names = await customerNames(
    ctx,
    shown.flatMap(({ customerId }) => (customerId ? [{ customerId }] : [])),
  )
  return shown.map((receipt): Row => {
    const { amount, unallocated, bill, customerId, deductions } = receipt
    const plain = Object.fromEntries(Object.entries(receipt).filter(([, value]) => typeof value !== 'object')) as Row
    const fee = (deductions ?? []).filter(({ kind }) => kind === 'bank-fee').reduce((sum, one) => sum + Number(one.amount.amount), 0)
    return {
      ...plain,
      ...{ amount: Number(amount.amount), currency: amount.currency, unallocated: Number(unallocated.amount), bankFee: fee || null },
      ...{ 'bill.billNo': bill?.billNo ?? null, 'bill.acceptor': bill?.acceptor ?? null, 'bill.dueOn': bill?.dueOn ?? null },
      ...(customerId ? withCustomer(names, customerId) : {}),
    }
  })
}

/** Receipts in sheets, as banks give them: who paid is found by name, and a payer that nobody knows waits to be identified. */
export const receiptSheet: TransferKind<Receipt> = {
  kind: receiptKind,
  label: { en: 'Receipts', 'zh-CN': '收款' },
  fields: receiptColumns,
  required: [['receivedOn'], ['amount']],
  matchers: { ...documentMatchers(receipts), reference: byReference },
  alwaysBy: ['reference'],
  passesOver,
  compose,
  apartBy: ['customer.id', 'customer.externalId', 'customer.name', 'payerName'],
  takeBack: takeBackReceipt,
  list: { spec: receiptList, read: listReceipts },
  present: (ctx, receipt) => withoutHidden(ctx.actor, 'receipt', shownReceipt(receipt)),
  flatten: receiptRows,
}
