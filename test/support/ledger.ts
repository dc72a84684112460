import * as fc from 'fast-check'
import { putOpen } from '../../domain/finance/ledger/open-item.ts'
import { post } from '../../domain/finance/ledger/posting.table.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { addDays } from '../../domain/kernel/dates.ts'
import { commit } from '../../domain/store/commit.ts'
import type { Write } from '../../domain/store/write.ts'

/** One thing that happened to one receivable or credit, as an accountant would note it: no sums, no projection. */
interface Fact {
  on: string
  kind: 'opening' | 'receipt' | 'allocation' | 'unallocation' | 'write-off'
  customer: number
  /** Numbers of the receivable and of the receipt; -1 for none. */
  receivable: number
  receipt: number
  amount: number
}

interface Owing {
  customer: number
  issuedOn: string
  dueOn: string
  amount: number
  currency: string
  rate: number
}

export interface History {
  receivables: Owing[]
  receipts: { customer: number; on: string; amount: number; currency: string; rate: number }[]
  facts: Fact[]
}

const days = (from: string, most: number) => fc.integer({ min: 0, max: most }).map((n) => addDays(from, n))
const customer = fc.integer({ min: 0, max: 2 })
const amount = fc.integer({ min: 1, max: 90_000 })
const money = fc.constantFrom({ currency: 'CNY', rate: 1 }, { currency: 'CNY', rate: 1 }, { currency: 'USD', rate: 7 })

/** A history in which nothing is over-settled: what is left decides what the next step may take. */
export const histories: fc.Arbitrary<History> = fc
  .record({
    receivables: fc.array(fc.tuple(customer, days('2026-01-01', 200), fc.integer({ min: 0, max: 90 }), amount, money), {
      minLength: 1,
      maxLength: 25,
    }),
    receipts: fc.array(fc.tuple(customer, days('2026-01-01', 250), amount, money), { maxLength: 12 }),
    steps: fc.array(fc.tuple(fc.nat(24), fc.nat(11), fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: 0, max: 60 }), fc.nat(9)), {
      maxLength: 60,
    }),
  })
  .map(({ receivables, receipts, steps }) => {
    const owing = receivables.map(([of, issuedOn, term, total, m]) => ({
      customer: of,
      issuedOn,
      dueOn: addDays(issuedOn, term),
      amount: total,
      ...m,
    }))
    const paid = receipts.map(([of, on, total, m]) => ({ customer: of, on, amount: total, ...m }))
    return { receivables: owing, receipts: paid, facts: factsOf(owing, paid, steps) }
  })

function factsOf(owing: Owing[], paid: History['receipts'], steps: [number, number, number, number, number][]): Fact[] {
  const facts: Fact[] = [
    ...owing.map((one, i) => ({
      on: one.issuedOn,
      kind: 'opening' as const,
      customer: one.customer,
      receivable: i,
      receipt: -1,
      amount: one.amount,
    })),
    ...paid.map((one, i) => ({
      on: one.on,
      kind: 'receipt' as const,
      customer: one.customer,
      receivable: -1,
      receipt: i,
      amount: one.amount,
    })),
  ]
  const [open, left] = [owing.map((one) => one.amount), paid.map((one) => one.amount)]
  const allocated = new Map<string, number>()
  for (const [r, p, wanted, later, what] of steps) {
    const [receivable, receipt] = [r % owing.length, paid.length > 0 ? p % paid.length : -1]
    const one = owing[receivable]!
    const start = receipt >= 0 && paid[receipt]!.on > one.issuedOn ? paid[receipt]!.on : one.issuedOn
    const fact = { on: addDays(start, later), customer: one.customer, receivable, receipt }
    if (what === 9) {
      const off = Math.min(wanted, open[receivable]!)
      if (off > 0) facts.push({ ...fact, kind: 'write-off', receipt: -1, amount: off })
      open[receivable]! -= off
    } else if (receipt >= 0 && paid[receipt]!.customer === one.customer && paid[receipt]!.currency === one.currency) {
      const key = `${receivable} ${receipt}`
      const back = what === 8 ? (allocated.get(key) ?? 0) : 0
      const by = back > 0 ? -back : Math.min(wanted, open[receivable]!, left[receipt]!)
      if (by !== 0) facts.push({ ...fact, kind: by > 0 ? 'allocation' : 'unallocation', amount: Math.abs(by) })
      open[receivable]! -= by
      left[receipt]! -= by
      allocated.set(key, (allocated.get(key) ?? 0) + by)
    }
  }
  return facts
}

/** Writes a history as the books keep it: every fact as a posting, and of the whole what is open at the end. */
export async function writeHistory(
  ctx: Context,
  { receivables, receipts, facts }: History,
  homes: { id: string; ownerId: string }[],
): Promise<void> {
  const ids = receivables.map(({ customer }) => ctx.newId('rcv', homes[customer]!.id))
  const credits = receipts.map(({ customer }) => ctx.newId('rct', homes[customer]!.id))
  const [open, left] = [receivables.map(() => 0), receipts.map(() => 0)]
  const writes: Write[] = []
  for (const { on, kind, customer, receivable, receipt, amount } of facts) {
    const { id: customerId, ownerId } = homes[customer]!
    const owing = receivables[receivable]
    const { currency, rate } = owing ?? receipts[receipt]!
    const sign = kind === 'opening' || kind === 'unallocation' ? 1 : -1
    const parts = owing
      ? [
          {
            receivableId: ids[receivable]!,
            amount: sign * amount,
            base: sign * amount * rate,
            issuedOn: owing.issuedOn,
            dueOn: owing.dueOn,
          },
        ]
      : []
    const unallocated = receipt < 0 ? 0 : kind === 'allocation' ? -amount : amount
    if (owing) open[receivable]! += sign * amount
    if (receipt >= 0) left[receipt]! += unallocated
    const source = receipt >= 0 ? { sourceId: credits[receipt]! } : {}
    writes.push(
      post(ctx, customerId, {
        on,
        kind,
        customerId,
        ownerId,
        currency,
        parts,
        unallocated,
        unallocatedBase: unallocated * rate,
        ...source,
      }),
    )
  }
  const openItem = (
    id: string,
    customer: number,
    { currency, rate }: { currency: string; rate: number },
    balance: number,
    more: { issuedOn: string; dueOn?: string },
  ) =>
    balance === 0
      ? []
      : [
          putOpen('CNY', {
            id,
            home: homes[customer]!.id,
            balance,
            base: balance * rate,
            currency,
            ownerId: homes[customer]!.ownerId,
            ...more,
          }),
        ]
  writes.push(
    ...receivables.flatMap((one, i) => openItem(ids[i]!, one.customer, one, open[i]!, { issuedOn: one.issuedOn, dueOn: one.dueOn })),
    ...receipts.flatMap((one, i) => openItem(credits[i]!, one.customer, one, left[i]!, { issuedOn: one.on })),
  )
  for (let i = 0; i < writes.length; i += 90) await commit(ctx, writes.slice(i, i + 90) as [Write, ...Write[]], [])
}
