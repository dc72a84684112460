import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCreditNote, reverseCreditNote } from '../../../domain/finance/credit-note/create-credit-note.ts'
import { ageOpen, buckets, checkBooks, openAsOf } from '../../../domain/finance/index.ts'
import { dishonourReceipt, refundReceipt, reverseReceipt } from '../../../domain/finance/receipt/change-receipt.ts'
import { createReceipt } from '../../../domain/finance/receipt/create-receipt.ts'
import { receiptSource } from '../../../domain/finance/receipt/receipt-kind.ts'
import { createReceivable } from '../../../domain/finance/receivable/change-receivable.ts'
import type { StoredAllocation } from '../../../domain/finance/settlement/source.ts'
import { allocateSource, unallocateSource } from '../../../domain/finance/settlement/source-kind.ts'
import { createWriteOff, reverseWriteOff } from '../../../domain/finance/write-off/create-write-off.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { addDays } from '../../../domain/kernel/dates.ts'
import { money } from '../../../domain/kernel/money.ts'
import { creditKey } from '../../../domain/parties/index.ts'
import { readTally } from '../../../domain/store/tally.ts'
import { balanceOf, emptyBooks, type Oracle, type OracleSource } from '../../support/books-oracle.ts'
import { countMonths } from '../../support/month-ends.ts'
import { customerOf, day } from '../../support/parties.ts'
import { experiment, seed, tries } from '../../support/share.ts'
import { newTenant } from '../../support/tenant.ts'

const cny = (units: number) => money(units, 'CNY')
const later = (...days: string[]) => days.sort().at(-1)!

/** One thing that somebody does: of what, with which, how much of what is possible, and when. */
const operation = fc.record({
  name: fc.constantFrom(
    'open',
    'open',
    'receive',
    'receive',
    'allocate',
    'allocate',
    'unallocate',
    'refund',
    'end',
    'credit',
    'writeOff',
    'count',
  ),
  of: fc.nat(5),
  to: fc.nat(5),
  units: fc.integer({ min: 1, max: 900 }),
  part: fc.constantFrom(0.3, 1, 1.01),
  // Some of it in months that have ended.
  ago: fc.nat(14).map((n) => n * 3),
  isOldestFirst: fc.boolean(),
})
type Operation = typeof operation extends fc.Arbitrary<infer O> ? O : never

interface Firm {
  ctx: Context
  customerId: string
  books: Oracle
}

const one = <T>(all: T[], place: number): T | undefined => all[place % Math.max(1, all.length)]

/** What was asked for is refused, since it is more than there is: nothing may change. */
const refused = (work: Promise<unknown>) =>
  expect(work).rejects.toMatchObject({ code: expect.stringMatching(/^(allocation|refund)\.above-/) })

/** The first day, `from` or later, since which on every day so much was open of each: left of the one, owed of the other. */
function firstFitting(units: number, from: string, ...open: Parameters<typeof balanceOf>[0][]): string {
  let first = from
  for (let on = first; on < day(0); on = addDays(on, 1)) if (open.some((one) => balanceOf(one, on) < units)) first = addDays(on, 1)
  return first
}

/** Money that settled something until later cannot be taken out from a day before: refused, so that no past day is over-used. */
const usedThen = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ code: expect.stringMatching(/\.used-then$/) })

/** What was settled at once counts from that day, whatever was answered. */
function noted({ books }: Firm, source: OracleSource, allocations: StoredAllocation[]): void {
  for (const { receivableId, units } of allocations) {
    const receivable = books.receivables.find(({ id }) => id === receivableId)!
    books.use(source, receivableId, units, firstFitting(units, later(source.on, receivable.issuedOn), source, receivable))
  }
}

const doing: Record<Operation['name'], (firm: Firm, operation: Operation) => Promise<unknown>> = {
  count: ({ ctx }) => countMonths(ctx),
  async open({ ctx, customerId, books }, { units, ago, of }) {
    const [issuedOn, dueOn] = [day(-ago), day(-ago + of * 3)]
    const { id } = await createReceivable(ctx, { customerId, issuedOn, dueOn, amount: cny(units) })
    books.open({ id, issuedOn, dueOn }, units)
  },
  async receive(firm, { units, ago, isOldestFirst, of }) {
    const [on, isBill] = [day(-ago), of === 0]
    const means = isBill
      ? { method: 'bank-acceptance' as const, bill: { billNo: '1', acceptor: 'ICBC', dueOn: day(9) } }
      : { method: 'bank' as const }
    const allocate = isOldestFirst ? { allocate: 'oldest-first' as const } : {}
    const input = { customerId: firm.customerId, receivedOn: on, amount: cny(units), ...means, ...allocate }
    const { id, allocations } = await createReceipt(firm.ctx, input)
    noted(firm, firm.books.enter('receipt', { id, on, units, isBill }), allocations)
  },
  async credit(firm, { units, ago, isOldestFirst }) {
    const on = day(-ago)
    const allocate = isOldestFirst ? { allocate: 'oldest-first' as const } : {}
    const input = { customerId: firm.customerId, issuedOn: on, amount: cny(units), reason: '折让', ...allocate }
    const { id, allocations } = await createCreditNote(firm.ctx, input)
    noted(firm, firm.books.enter('credit-note', { id, on, units }), allocations)
  },
  async writeOff(firm, { to, part, ago }) {
    const receivable = one(firm.books.receivables, to)
    if (!receivable || balanceOf(receivable) === 0) return
    const units = Math.ceil(balanceOf(receivable) * part)
    const on = firstFitting(units, later(day(-ago), receivable.issuedOn), receivable)
    const allocations = [{ receivableId: receivable.id, amount: cny(units) }]
    const work = createWriteOff(firm.ctx, { customerId: firm.customerId, issuedOn: on, amount: cny(units), reason: '破产', allocations })
    if (units > balanceOf(receivable)) return refused(work)
    noted(firm, firm.books.enter('write-off', { id: (await work).id, on, units }), (await work).allocations)
  },
  async allocate({ ctx, books }, { of, to, part }) {
    const live = books.sources.filter((source) => source.noun === 'receipt' && balanceOf(source) > 0)
    const [source, receivable] = [one(live, of), one(books.receivables, to)]
    if (!source || !receivable) return
    const units = Math.ceil(Math.max(1, Math.min(balanceOf(source), balanceOf(receivable))) * part)
    const allocations = [{ receivableId: receivable.id, amount: cny(units) }]
    const work = allocateSource(ctx, receiptSource, { id: source.id, allocations })
    if (units > balanceOf(source) || units > balanceOf(receivable)) return refused(work)
    await work
    books.use(source, receivable.id, units, firstFitting(units, later(source.on, receivable.issuedOn), source, receivable))
  },
  async unallocate({ ctx, books }, { of, part, ago }) {
    const source = one(
      books.sources.filter(({ noun, allocated }) => noun === 'receipt' && [...allocated.values()].some(Boolean)),
      of,
    )
    const [receivableId, whole] = [...(source?.allocated ?? [])].find(([, units]) => units > 0) ?? []
    if (!source || !receivableId) return
    const units = Math.ceil(whole! * part)
    const on = later(day(-ago), source.latest)
    const work = unallocateSource(ctx, receiptSource, { id: source.id, on, allocations: [{ receivableId, amount: cny(units) }] })
    if (units > whole!) return refused(work)
    await work
    books.giveBack(source, receivableId, units, on)
  },
  async refund({ ctx, books }, { of, part, ago }) {
    const source = one(
      books.sources.filter((one) => one.noun === 'receipt' && balanceOf(one) > 0),
      of,
    )
    if (!source) return
    const units = Math.ceil(balanceOf(source) * part)
    const on = later(day(-ago), source.on)
    const work = refundReceipt(ctx, { id: source.id, amount: cny(units), on })
    if (units > balanceOf(source)) return refused(work)
    if (firstFitting(units, on, source) !== on) return usedThen(work)
    await work
    books.refund(source, units, on)
  },
  async end({ ctx, books }, { of, ago }) {
    const source = one(
      books.sources.filter(({ isEnded, isRefunded }) => !isEnded && !isRefunded),
      of,
    )
    if (!source) return
    const on = later(day(-ago), source.latest)
    const ends = {
      receipt: source.isBill ? dishonourReceipt : reverseReceipt,
      'credit-note': reverseCreditNote,
      'write-off': reverseWriteOff,
    }
    const work = ends[source.noun](ctx, { id: source.id, on })
    if (firstFitting(balanceOf(source), on, source) !== on) return usedThen(work)
    await work
    books.end(source, on)
  },
}

/** The balances of a day as the ledger gives them, as ageing sums them, and as they should be. */
async function expectBalances({ ctx, books }: Firm, asOf: string): Promise<void> {
  const ids = [...books.receivables, ...books.sources].map(({ id }) => id)
  const open = (await openAsOf(ctx, asOf)).filter(({ id }) => ids.includes(id))
  const { total } = ageOpen(open, { asOf, ageBy: 'dueOn', keyOf: ({ id }) => id })
  const owed = books.receivables.reduce((sum, receivable) => sum + balanceOf(receivable, asOf), 0)
  const credit = books.sources.reduce((sum, source) => sum + balanceOf(source, asOf), 0)

  expect(Object.fromEntries(open.map(({ id, balance }) => [id, balance]))).toEqual(
    Object.fromEntries(
      [...books.receivables, ...books.sources].flatMap((one) => (balanceOf(one, asOf) ? [[one.id, balanceOf(one, asOf)]] : [])),
    ),
  )
  expect(buckets.reduce((sum, bucket) => sum + total[bucket], total.notDue) - total.unallocated).toBe(total.outstanding)
  expect([total.outstanding, total.unallocated]).toEqual([owed - credit, credit])
}

/** Each of 8 to 16 operations. */
const numRuns = tries({ test: 5, faults: 200, nightly: 10_000 })

test(
  experiment(
    'R13',
    'whatever is done in whatever order, the books are the sums of what was posted, on every day, and nothing is over-settled',
    numRuns,
  ),
  async () => {
    const tenant = await newTenant()
    const ctx = await tenant.as(tenant.admin)
    const days = fc.array(fc.nat(45), { minLength: 2, maxLength: 2 })
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 8, maxLength: 16, size: 'max' }), days, async (operations, past) => {
        const { id: customerId } = await customerOf(tenant, tenant.admin)
        const firm: Firm = { ctx, customerId, books: emptyBooks() }

        for (const operation of operations) await doing[operation.name](firm, operation)

        for (const one of [...firm.books.receivables, ...firm.books.sources]) expect(balanceOf(one)).toBeGreaterThanOrEqual(0)
        for (const one of [...firm.books.receivables, ...firm.books.sources])
          for (let ago = 60; ago > 0; ago--) expect(balanceOf(one, day(-ago))).toBeGreaterThanOrEqual(0)
        for (const ago of new Set([...past, 0])) await expectBalances(firm, day(-ago))
        const kept = await readTally(ctx, creditKey(customerId))
        const now = (all: { movements: { on: string; units: number }[] }[]) => all.reduce((sum, one) => sum + balanceOf(one), 0)
        expect([kept.receivable ?? 0, kept.unallocated ?? 0]).toEqual([now(firm.books.receivables), now(firm.books.sources)])
      }),
      { numRuns, seed },
    )
    expect(await checkBooks(ctx)).toEqual([])
  },
)
