import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkBooks } from '../../../domain/finance/index.ts'
import { createReceipt } from '../../../domain/finance/receipt/create-receipt.ts'
import { createReceivable, getReceivable } from '../../../domain/finance/receivable/change-receivable.ts'
import { Problem } from '../../../domain/kernel/errors.ts'
import { money } from '../../../domain/kernel/money.ts'
import { creditKey } from '../../../domain/parties/index.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { readTally } from '../../../domain/store/tally.ts'
import { withConflicts } from '../../support/faults.ts'
import { customerOf } from '../../support/parties.ts'
import { experiment, seed, tries } from '../../support/share.ts'
import { newTenant } from '../../support/tenant.ts'

const owed = 100
const tenant = await newTenant()
const ctx = await tenant.as(tenant.admin)
const customer = await customerOf(tenant, tenant.admin)
const conflicting = withConflicts(ctx, seed)

const about = { customerId: customer.id, issuedOn: '2026-01-01', dueOn: '2026-01-31' }
const cents = (units: number) => money(units, 'CNY')

/** Pays so much of a receivable; the code of the refusal when it does not fit. */
async function pay(receivableId: string, units: number): Promise<string | undefined> {
  const allocations = [{ receivableId, amount: cents(units) }]
  const receipt = { customerId: customer.id, receivedOn: '2026-02-01', amount: cents(units), method: 'bank' as const, allocations }
  try {
    await retryStale(() => createReceipt(conflicting, receipt))
    return undefined
  } catch (error) {
    return error instanceof Problem ? error.code : String(error)
  }
}

// Most races are small, some have as many writers as an experiment is made with.
const payments = (most: number) => fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: most })
const race = fc.oneof({ weight: 15, arbitrary: payments(3) }, { weight: 1, arbitrary: payments(20) })

const numRuns = tries({ test: 50, faults: 500, nightly: 5000 })

test(
  experiment(
    'R5',
    'of receipts against one receivable at the same moment never more is settled than is owed, and the sums are exact',
    numRuns,
  ),
  async () => {
    let receivable = 0
    await fc.assert(
      fc.asyncProperty(race, async (amounts) => {
        const { id } = await createReceivable(ctx, { ...about, amount: cents(owed) })

        const refusals = await Promise.all(amounts.map((units) => pay(id, units)))

        const settled = amounts.reduce((sum, units, i) => (refusals[i] ? sum : sum + units), 0)
        const refused = amounts.filter((_, i) => refusals[i])
        receivable += owed - settled
        expect(new Set(refusals.filter(Boolean))).toEqual(new Set(refused.length > 0 ? ['allocation.above-outstanding'] : []))
        expect(settled).toBeLessThanOrEqual(owed)
        for (const units of refused) expect(units).toBeGreaterThan(owed - settled)
        expect((await getReceivable(ctx, { id })).settled).toBe(settled)
        expect(await readTally(ctx, creditKey(customer.id))).toMatchObject({ receivable, exposure: receivable })
      }),
      { numRuns, seed },
    )
    expect(await checkBooks(ctx)).toEqual([])
  },
)
