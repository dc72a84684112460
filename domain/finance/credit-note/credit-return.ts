import type { DeliveredEvent } from '../../../events/define.ts'
import type { Context } from '../../kernel/context.ts'
import { money } from '../../kernel/money.ts'
import { findGuarded } from '../../store/guard.ts'
import { receivablesOf } from '../receivable/find-receivables.ts'
import { outstandingOf } from '../receivable/receivable.ts'
import type { AllocationInput } from '../settlement/source.ts'
import { createCreditNote } from './create-credit-note.ts'

/** Goods that came back, as sales published it. */
interface Returned {
  returnId: string
  number: string
  on: string
  currency: string
  exchangeRate: string
  amount: number
  parts: { of: string; amount: number }[]
}

/** What is owed for the shipment itself comes first, then the rest of its order; what is not owed any more stays to the customer's credit. */
async function sharesFor(ctx: Context, shipmentId: string, { parts, currency }: Returned): Promise<AllocationInput[]> {
  const shares: AllocationInput[] = []
  for (const { of, amount } of parts) {
    const all = (await receivablesOf(ctx, of)).filter((one) => one.amount.currency === currency && outstandingOf(one) > 0)
    const inOrder = [...all.filter((one) => one.shipmentId === shipmentId), ...all.filter((one) => one.shipmentId !== shipmentId)]
    let left = amount
    for (const receivable of inOrder) {
      const units = Math.min(left, outstandingOf(receivable))
      left -= units
      if (units > 0) shares.push({ receivableId: receivable.id, amount: money(units, currency) })
    }
  }
  return shares.slice(0, 40)
}

/** Credits a customer for goods that came back, at the shipped price; once for each return, however often the news comes. */
export async function creditReturn(ctx: Context, { subject, customerId, data }: DeliveredEvent<Returned>): Promise<void> {
  const { returnId, number, on, currency, exchangeRate, amount } = data
  if (amount === 0 || !customerId || (await findGuarded(ctx, 'credit-note-external-id', returnId, true))) return
  await createCreditNote(ctx, {
    customerId,
    externalId: returnId,
    issuedOn: on,
    amount: money(amount, currency),
    exchangeRate,
    reason: number,
    shipmentId: subject.id,
    allocations: await sharesFor(ctx, subject.id, data),
  })
}
