import { expect, test } from 'vitest'
import { createCreditNote } from '../../../domain/finance/credit-note/create-credit-note.ts'
import { checkBooks, postingsIn, raiseExposure } from '../../../domain/finance/index.ts'
import { reverseReceipt } from '../../../domain/finance/receipt/change-receipt.ts'
import { createReceipt } from '../../../domain/finance/receipt/create-receipt.ts'
import { createReceivable } from '../../../domain/finance/receivable/change-receivable.ts'
import { openShares } from '../../../domain/finance/receivable/open-shares.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { newId } from '../../../domain/kernel/ids.ts'
import { money } from '../../../domain/kernel/money.ts'
import { type Customer, customers } from '../../../domain/parties/index.ts'
import { commit } from '../../../domain/store/commit.ts'
import { findAnswer } from '../../../domain/store/idempotency.ts'
import { queryAll } from '../../../domain/store/query.ts'
import { get } from '../../../domain/store/read.ts'
import type { Opening } from '../../../events/fields.ts'
import { Crash, crashingAt } from '../../support/crashing.ts'
import { customerOf } from '../../support/parties.ts'
import { orderOf } from '../../support/sales.ts'
import { firstPoint, seed, step } from '../../support/share.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant()
const ctx = await tenant.as(tenant.admin)
const { id: customerId } = await customerOf(tenant, tenant.admin)
const cny = (units: number) => money(units, 'CNY')
const first = '2026-02-01'

type Work = (ctx: Context) => Promise<unknown>

const owed = (units: number) => createReceivable(ctx, { customerId, issuedOn: '2026-01-01', dueOn: '2026-01-31', amount: cny(units) })
const paid = (units: number, allocations: { receivableId: string; amount: ReturnType<typeof cny> }[], on: Context = ctx) =>
  createReceipt(on, { customerId, receivedOn: first, amount: cny(units), method: 'bank', allocations })
const shares = (...parts: [{ id: string }, number][]) => parts.map(([{ id }, units]) => ({ receivableId: id, amount: cny(units) }))

/** It dies before a call is sent or after it was carried out; in `npm test` one of the two, as the seed chooses. */
const moments = (['before', 'after'] as const).filter((_, i) => step === 1 || seed % 2 === i)

/** What the ledger has gained, by kind: how much more is owed, and how much more is to the customer's credit. */
async function gained(work: () => Promise<unknown>): Promise<string[]> {
  const read = async () => (await queryAll(ctx, postingsIn(customerId), { consistent: true })) as { id: string }[]
  const before = new Set((await read()).map(({ id }) => id))
  await work()
  const added = (await read()).filter(({ id }) => !before.has(id)) as unknown as { kind: string; receivable: number; unallocated: number }[]
  return added.map(({ kind, receivable, unallocated }) => `${kind} ${receivable} ${unallocated}`).sort()
}

const asked = (on: Context, key: string): Context => ({
  ...on,
  idempotency: { key, hash: key, answer: (result) => ({ status: 201, headers: {}, body: JSON.stringify(result) }) },
})

/** As the API does it: an answer that is there already is given again. */
async function request(on: Context, key: string, work: Work): Promise<unknown> {
  const keyed = asked(on, key)
  return (await findAnswer(keyed, keyed.idempotency!)) ?? work(keyed)
}

/**
 * Prepares the work anew for each call of the database, lets the process die there, and has it done again with the same key.
 * Answers what each run posted, and how many died.
 */
async function killedAtEachCall(prepare: () => Promise<Work>, run = request): Promise<{ posted: string[][]; deaths: number }> {
  const posted: string[][] = []
  for (const when of moments)
    for (let nth = firstPoint; ; nth += step) {
      const work = await prepare()
      const key = newId('key', ctx.now())
      const { ctx: dying, crashed } = crashingAt(ctx, nth, when)
      const lines = await gained(async () => {
        await run(dying, key, work).catch((error) => expect(error).toBeInstanceOf(Crash))
        await run(ctx, key, work)
      })
      posted.push(lines)
      if (!crashed()) break
    }
  return { posted, deaths: posted.length - moments.length }
}

async function expectOnce(lines: string[], { posted, deaths }: { posted: string[][]; deaths: number }): Promise<void> {
  expect(deaths).toBeGreaterThan(0)
  expect(new Set(posted.map((one) => one.join()))).toEqual(new Set([lines.join()]))
  expect(await checkBooks(ctx)).toEqual([])
}

test('a receipt with allocations that dies at any call and is asked for again is posted once', async () => {
  const [one, two] = [await owed(100_000), await owed(100_000)]

  await expectOnce(['receipt -300 50'], await killedAtEachCall(async () => (on) => paid(350, shares([one, 100], [two, 200]), on)))
})

test('a reversal and a credit note that die at any call and are asked for again are posted once', async () => {
  const receivable = await owed(100_000)
  const reversing = async () => {
    const { id } = await paid(70, shares([receivable, 60]))
    return (on: Context) => reverseReceipt(on, { id, on: '2026-02-03' })
  }
  const note = { customerId, issuedOn: first, amount: cny(30), reason: '折让', allocations: shares([receivable, 20]) }

  await expectOnce(['reversal 60 -10'], await killedAtEachCall(reversing))
  await expectOnce(['credit-note -20 10'], await killedAtEachCall(async () => (on) => createCreditNote(on, note)))
})

const openingOf = (of: string, amount: number, more: Partial<Opening> = {}): Opening => ({
  of,
  amount,
  base: amount,
  by: 'terms',
  instalment: null,
  days: null,
  on: null,
  terms: { kind: 'days', from: 'shipment', days: 30 },
  exchangeRate: '1',
  isLast: false,
  ...more,
})

/** An order that is confirmed, with a deposit on it, and what its news make owed. */
async function ordered(documentOf: (orderId: string) => string, openings: (of: string) => Opening[]): Promise<Work> {
  const customer = (await get(ctx, customers, customerId, { consistent: true })) as Customer
  const { id: orderId } = await orderOf(tenant, tenant.admin, customerId)
  const { writes } = await raiseExposure(ctx, { customer, of: orderId, by: 500, policy: 'skip' })
  await commit(ctx, writes as never, [])
  await createReceipt(ctx, { customerId, orderId, receivedOn: first, amount: cny(150), method: 'bank' })
  const facts = { number: orderId, currency: 'CNY', issuedOn: first, openings: openings(orderId) }
  const event = { subject: { type: 'document', id: documentOf(orderId) } }
  return (on) => openShares(on, event as never, facts)
}

test('news of a shipment, a sign-off or an order that come again after a death open each share once, deposits used', async () => {
  const again = async (on: Context, _key: string, work: Work) => work(on)
  const shipment = () => newId('shp', ctx.now(), customerId)
  const shipped = () => ordered(shipment, (of) => [openingOf(of, 200)])
  const agreed = () =>
    ordered(
      (orderId) => orderId,
      (of) => [openingOf(of, 100, { by: 'confirm', instalment: 1 }), openingOf(of, 200, { by: 'date', on: '2026-03-01', instalment: 2 })],
    )

  await expectOnce(['allocation -150 -150', 'opening 200 0'], await killedAtEachCall(shipped, again))
  await expectOnce(['allocation -100 -100', 'allocation -50 -50', 'opening 100 0', 'opening 200 0'], await killedAtEachCall(agreed, again))
})
