import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { firstIdAt, partitionOf } from '../../kernel/ids.ts'
import { inBase, minor } from '../../kernel/money.ts'
import { recordOf } from '../../store/entity.ts'
import { queryAll } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import { postingsBetween } from '../ledger/read-postings.ts'
import { homeOf } from '../settlement/source.ts'
import { allReceipts, receipts } from './receipt.table.ts'
import { isWaiting, type Receipt } from './receipt.ts'

/** Ways in which money goes out again that had come in. */
const outward = ['refund', 'reversal', 'dishonour'] as const
type Outward = (typeof outward)[number]

/** Money that came in on a day, or, below zero, went out again. */
export interface MoneyReceived {
  receiptId: string
  number: string
  on: string
  kind: 'receipt' | Outward
  method: Receipt['method']
  /** The partition of the customer; undefined while nobody knows who paid. */
  partition: string | undefined
  ownerId: string | undefined
  currency: string
  /** Minor units of `currency`, and the same in that of the books; without deductions, which are no money. */
  amount: number
  base: number
  /** What it settles by now, and what of it does not; money that went out settled nothing. */
  settles: readonly { receivableId: string; units: number }[]
  rest: number
}

function moneyOf(ctx: Context, receipt: Receipt, on: string, kind: MoneyReceived['kind'], amount: number): MoneyReceived {
  const { id: receiptId, number, method, ownerId, customerId, exchangeRate } = receipt
  const { currency } = receipt.amount
  const base = inBase(amount, { currency, exchangeRate }, ctx.tenant.currency)
  const partition = customerId ? partitionOf(homeOf(receipt)) : undefined
  const settles = kind === 'receipt' ? receipt.allocations : []
  const rest = kind === 'receipt' ? receipt.total - settles.reduce((sum, { units }) => sum + units, 0) : 1
  return { receiptId, number, on, kind, method, partition, ownerId, currency, amount, base, settles, rest }
}

/** What went out again in these days, from the ledger: whenever it had come in. */
async function wentOut(ctx: Context, from: string, to: string): Promise<MoneyReceived[]> {
  const found: { on: string; kind: Outward; sourceId: string }[] = []
  for await (const page of postingsBetween(ctx, from, to))
    for (const { kind, on, sourceId } of page)
      if (sourceId?.startsWith('rct_') && (outward as readonly string[]).includes(kind)) found.push({ on, kind: kind as Outward, sourceId })
  const sources = await findMany(
    ctx,
    [...new Set(found.map(({ sourceId }) => sourceId))].map((id) => ({ entity: receipts, id })),
  )
  const ends = new Map(found.map((one) => [`${one.sourceId} ${one.kind} ${one.on}`, one]))
  return [...ends.values()].flatMap(({ on, kind, sourceId }) => {
    const receipt = sources.get(sourceId) as Receipt | undefined
    if (!receipt) return []
    const refunds = (receipt.refunds ?? []).filter((refund) => kind === 'refund' && refund.on === on)
    if (kind === 'refund') return refunds.map(({ units }) => moneyOf(ctx, receipt, on, kind, -units))
    const refunded = (receipt.refunds ?? []).reduce((sum, { units }) => sum + units, 0)
    return [moneyOf(ctx, receipt, on, kind, refunded - minor(receipt.amount))]
  })
}

/**
 * Money that came in between two days, by receivedOn, less what was refunded, reversed or dishonoured in these days; by day.
 * One that was reversed before anybody knew who had paid was never in the books, and is left out. Receipts are 0.08 RRU each, postings of these days 0.07.
 */
export async function moneyReceived(ctx: Context, { from, to }: { from: string; to: string }): Promise<MoneyReceived[]> {
  const range = { index: 'gsi1' as const, partition: allReceipts, from: firstIdAt('rct', from), to: firstIdAt('rct', addDays(to, 1)) }
  const [items, out] = await Promise.all([queryAll(ctx, range), wentOut(ctx, from, to)])
  const came = items
    .map((item) => recordOf(receipts, item))
    .filter((receipt) => receipt.receivedOn >= from && receipt.receivedOn <= to && !(isWaiting(receipt) && receipt.ended))
    .map((receipt) => moneyOf(ctx, receipt, receipt.receivedOn, 'receipt', minor(receipt.amount)))
  return [...came, ...out].sort((a, b) => (a.on === b.on ? (a.receiptId < b.receiptId ? -1 : 1) : a.on < b.on ? -1 : 1))
}
