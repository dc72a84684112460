import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { type Figure, moneyOf } from '../../kernel/figure-values.ts'
import { partsOf, plainValues } from '../../kernel/transfer-field.ts'
import type { Values } from '../../kernel/transfer-kind.ts'
import { findGuarded } from '../../store/guard.ts'
import { find } from '../../store/read.ts'
import { receipts } from './receipt.table.ts'
import type { Receipt } from './receipt.ts'
import { orderOfRow } from './receipt-links.ts'

/** The plain number of a figure; 0 where there is none. */
export const unitsOf = (figure: unknown): number => (figure === undefined ? 0 : Number((figure as Figure).amount))

/** Under this key a receipt stands that came with a reference of the bank: it comes once, in however many files it is. */
const keyOfReference = (reference: unknown): string => `bank:${String(reference).normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()}`

/** The money of a row. 422 `receipt.both-directions` where it both came and went. */
function amountOf(ctx: Context, { amount, debit, currency }: Values): { amount?: { amount: string; currency: string } } {
  if (unitsOf(amount) > 0 && unitsOf(debit) > 0)
    throw invalid('receipt.both-directions', '/debit', 'The row has money that came in and money that went out. It is one or the other.')
  return amount === undefined ? {} : { amount: moneyOf(ctx, amount as Figure, currency, 'amount') }
}

/**
 * The receipt that came with this reference of the bank. 409 `receipt.reference-differs` where that one was of another day or
 * amount: then it is not known which of the two is right, and the row is not taken.
 */
export async function byReference(ctx: Context, values: Values): Promise<string[]> {
  const id = await findGuarded(ctx, 'receipt-external-id', keyOfReference(values.reference), true)
  const found = id ? await find(ctx, receipts, id, { consistent: true }) : undefined
  if (!found) return []
  const { amount } = amountOf(ctx, values)
  const isSame =
    found.receivedOn === values.receivedOn &&
    amount &&
    amount.currency === found.amount.currency &&
    Number(amount.amount) === Number(found.amount.amount)
  if (isSame) return [found.id]
  const message = `Receipt ${found.number} of ${found.receivedOn} came with this reference, and has another day or amount.`
  throw new Problem('conflict', 'receipt.reference-differs', message, {
    errors: [{ pointer: '/reference', code: 'receipt.reference-differs', message }],
  })
}

/** What all sheets of receipts say alike; of one that is there already only what may be changed. */
export async function commonOf(ctx: Context, values: Values, current: Receipt | undefined) {
  const {
    debit: _out,
    direction: _way,
    bankFee: _fee,
    allocate: _allocate,
    currency: _currency,
    amount: _amount,
    notes,
    ...plain
  } = plainValues(values)
  const { reference, externalId } = values
  const orderId = await orderOfRow(ctx, values)
  const bill = partsOf(values, 'bill')
  const own = externalId ?? (reference === undefined || current?.externalId ? undefined : keyOfReference(reference))
  return {
    ...plain,
    ...amountOf(ctx, values),
    ...(notes === undefined ? {} : { notes: [...new Set(notes as string[])].join('; ') }),
    ...(own === undefined ? {} : { externalId: own }),
    ...(orderId ? { orderId } : {}),
    ...(bill ? { bill } : {}),
    ...(current ? {} : { method: values.method ?? 'bank' }),
  }
}
