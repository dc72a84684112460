import { describe, expect, test } from 'vitest'
import { checkBooks } from '../../../domain/finance/index.ts'
import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import { newId } from '../../../domain/kernel/ids.ts'
import { cny, financeAs, receivableOf, shares } from '../../support/finance.ts'
import { expectRefused } from '../../support/nothing-written.ts'
import { customerOf, day } from '../../support/parties.ts'
import { orderOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant()
const ctx = await tenant.as(tenant.admin)
const finance = await tenant.user('finance')
const call = financeAs(tenant, finance)
const [customer, other] = [await customerOf(tenant, finance), await customerOf(tenant, finance)]

const usd = { amount: '100.00', currency: 'USD' }
const [owed, theirs, foreign, spent] = [
  await receivableOf(tenant, finance, customer.id, 100, { number: 'TAKEN', externalId: 'taken' }),
  await receivableOf(tenant, finance, other.id, 100),
  await receivableOf(tenant, finance, customer.id, 1, { amount: usd, exchangeRate: '7.1' }),
  await receivableOf(tenant, finance, customer.id, 10),
]
const about = { customerId: customer.id, amount: cny(200) }
const bodies = {
  receivables: { ...about, issuedOn: '2026-01-01', dueOn: '2026-01-31' },
  receipts: { ...about, receivedOn: '2026-02-01', method: 'bank' },
  'credit-notes': { ...about, issuedOn: '2026-02-01', reason: '折让' },
  'write-offs': { ...about, issuedOn: '2026-02-01', reason: '破产' },
}
type Noun = keyof typeof bodies
const made = async (noun: Noun, more: object = {}) => {
  const { status, headers, body } = await call(`/v1/${noun}`, { body: { ...bodies[noun], ...more } })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return headers.location!
}
const debt = `/v1/receivables/${owed.id}`
const taken = { number: 'TAKEN', externalId: 'taken' }
const receipt = await made('receipts', { ...taken, amount: cny(30), allocations: shares([spent, 10]) })
const note = await made('credit-notes', { ...taken, amount: cny(30) })
const off = await made('write-offs', { ...taken, amount: cny(1), allocations: shares([owed, 1]) })
const used = await made('receipts', { amount: cny(1), allocations: shares([owed, 1]) })
const reversed = await made('receipts', { amount: cny(1) })
await call(`${reversed}/reverse`, { body: {} })
const waiting = (await call('/v1/receipts', { body: { ...bodies.receipts, customerId: undefined } })).headers.location!
await changeTenant(ctx, { changes: { closedThrough: '2025-12-31', tolerance: cny(1) } })

const nobody = newId('cus', new Date().toISOString())
const nothing = newId('rcv', new Date().toISOString(), customer.id)
const strange = newId('ord', new Date().toISOString())
const othersOrder = await orderOf(tenant, tenant.admin, other.id)
const madeUp = (customerId: string) => newId('ord', new Date().toISOString(), customerId)
const refused = (noun: Noun, more: object, status: number, code: string, pointer?: string) =>
  expectRefused(() => call(`/v1/${noun}`, { body: { ...bodies[noun], ...more } }), status, code, pointer)

type Case = [what: string, more: Record<string, unknown>, status: number, code: string, pointer?: string]

const amounts: Case[] = [
  ['nothing', { amount: cny(0) }, 422, 'amount.not-positive', '/amount/amount'],
  ['less than nothing', { amount: cny(-5) }, 422, 'amount.not-positive', '/amount/amount'],
  ['more than can be kept exactly', { amount: cny('10000000000') }, 422, 'amount.too-large', '/amount/amount'],
  ['foreign money without a rate', { amount: usd }, 422, 'exchange-rate.required', '/exchangeRate'],
  ['a rate of nothing', { amount: usd, exchangeRate: '0' }, 422, 'exchange-rate.not-positive', '/exchangeRate'],
  ['a rate beyond reason', { amount: usd, exchangeRate: '1000001' }, 422, 'exchange-rate.too-large', '/exchangeRate'],
  ['a rate for our own currency', { exchangeRate: '2' }, 422, 'exchange-rate.not-one', '/exchangeRate'],
  ['a customer out of sight', { customerId: nobody }, 404, 'customer.not-found', '/customerId'],
]

describe('a receivable by hand is refused, and nothing is written:', () => {
  test.each<Case>([
    ...amounts,
    ['due before it is issued', { dueOn: '2025-12-31' }, 422, 'receivable.due-before-issued', '/dueOn'],
    ['issued tomorrow', { issuedOn: day(1), dueOn: day(2) }, 422, 'date.in-future', '/issuedOn'],
    ['a closed period', { issuedOn: '2025-12-31' }, 409, 'period.closed', '/issuedOn'],
    ['an order of another customer', { orderId: othersOrder.id }, 422, 'receivable.foreign-document', '/orderId'],
    ['an order of nobody', { orderId: strange }, 404, 'order.not-found', '/orderId'],
    ['an order that this customer has not', { orderId: madeUp(customer.id) }, 404, 'order.not-found', '/orderId'],
    ['a number that another has', { number: 'TAKEN' }, 409, 'receivable.number-taken', '/number'],
    ['settled as a whole before', { settledBefore: cny(200) }, 422, 'receivable.settled-whole', '/settledBefore'],
    ['a dispute that has not begun', { disputed: { since: day(1), reason: '?' } }, 422, 'date.in-future', '/disputed/since'],
    ['a promise in other money', { promise: { on: day(), amount: usd } }, 422, 'money.currency-mismatch', '/promise/amount/currency'],
    [
      'a promise of more than is owed',
      { promise: { on: day(), amount: cny(200.01) } },
      422,
      'receivable.promise-above-outstanding',
      '/promise/amount',
    ],
    ['a promise from before', { promise: { on: '2025-12-31' } }, 422, 'receivable.promise-before-issued', '/promise/on'],
  ])('%s', (_, more, status, code, pointer) => refused('receivables', more, status, code, pointer))
})

const allocating: Case[] = [
  ['more than there is', { allocations: shares([owed, 200.01]) }, 422, 'allocation.above-available', '/allocations'],
  ['more than is outstanding', { allocations: shares([owed, 98.01]) }, 409, 'allocation.above-outstanding', '/allocations/0/amount'],
  ['what is settled', { allocations: shares([spent, 1]) }, 409, 'allocation.above-outstanding', '/allocations/0/amount'],
  ["another customer's receivable", { allocations: shares([theirs, 1]) }, 422, 'allocation.other-customer', '/allocations/0/receivableId'],
  [
    'a receivable that there is not',
    { allocations: shares([{ id: nothing }, 1]) },
    404,
    'receivable.not-found',
    '/allocations/0/receivableId',
  ],
  ['one receivable twice', { allocations: shares([owed, 1], [owed, 1]) }, 422, 'allocation.twice', '/allocations/1/receivableId'],
  ['a foreign receivable', { allocations: shares([foreign, 1]) }, 422, 'allocation.currency-mismatch', '/allocations/0/receivableId'],
  ['several currencies at once', { allocations: [{ receivableId: foreign.id, amount: usd }] }, 422, 'allocation.currency-mismatch'],
  ['a share of nothing', { allocations: shares([owed, 0]) }, 422, 'amount.not-positive', '/allocations/0/amount/amount'],
  [
    'before the money was there',
    { allocations: shares([owed, 1, '2026-01-31']) },
    422,
    'allocation.too-early',
    '/allocations/0/allocatedOn',
  ],
  ['from tomorrow on', { allocations: shares([owed, 1, day(1)]) }, 422, 'date.in-future', '/allocations/0/allocatedOn'],
  ['over forty', { allocations: Array.from({ length: 41 }, () => shares([owed, 1])[0]) }, 422, 'allocation.too-many', '/allocations'],
  ['named and found', { allocations: shares([owed, 1]), allocate: 'oldest-first' }, 422, 'allocation.both-ways', '/allocate'],
]

const bill = { billNo: '1', acceptor: 'ICBC', dueOn: '2026-05-01' }
const deduction = (kind: string, amount: object) => ({ deductions: [{ kind, amount }] })

describe('a receipt is refused, and nothing is written:', () => {
  test.each<Case>([
    ...amounts,
    ...allocating,
    ['received tomorrow', { receivedOn: day(1) }, 422, 'date.in-future', '/receivedOn'],
    ['a closed period', { receivedOn: '2025-12-31' }, 409, 'period.closed', '/receivedOn'],
    ['an order of another customer', { orderId: othersOrder.id }, 422, 'receipt.foreign-order', '/orderId'],
    ['an order that there is not', { orderId: strange }, 404, 'order.not-found', '/orderId'],
    ['an order that this customer has not', { orderId: madeUp(customer.id) }, 404, 'order.not-found', '/orderId'],
    ['a number that another has', { number: 'TAKEN' }, 409, 'receipt.number-taken', '/number'],
    ['a bill that is not described', { method: 'bank-acceptance' }, 422, 'receipt.bill-required', '/bill'],
    ['a bill for cash', { method: 'cash', bill }, 422, 'receipt.bill-unexpected', '/bill'],
    [
      'a bill that was due',
      { method: 'bank-acceptance', bill: { ...bill, dueOn: '2026-01-31' } },
      422,
      'receipt.bill-due-before-received',
      '/bill/dueOn',
    ],
    ['a deduction in other money', deduction('bank-fee', usd), 422, 'money.currency-mismatch', '/deductions/0/amount/currency'],
    ['more rounding than is tolerated', deduction('rounding', cny(1.01)), 422, 'deduction.above-tolerance', '/deductions/0/amount'],
    [
      'over ten deductions',
      { deductions: Array.from({ length: 11 }, () => deduction('other', cny(1)).deductions[0]) },
      422,
      'deduction.too-many',
    ],
    ['settling for nobody', { customerId: null, allocations: shares([owed, 1]) }, 422, 'receipt.waiting', '/allocations'],
    ['a deposit of nobody', { customerId: null, orderId: strange }, 422, 'receipt.foreign-order', '/orderId'],
  ])('%s', (_, more, status, code, pointer) => refused('receipts', more, status, code, pointer))
})

describe.each([
  ['credit-notes', 'credit-note'],
  ['write-offs', 'write-off'],
] as const)('of %s is refused, and nothing is written:', (noun, name) => {
  test.each<Case>([
    ...amounts,
    ...allocating,
    ['issued tomorrow', { issuedOn: day(1) }, 422, 'date.in-future', '/issuedOn'],
    ['a closed period', { issuedOn: '2025-12-31' }, 409, 'period.closed', '/issuedOn'],
    ['no reason', { reason: ' ' }, 422, 'input.invalid', '/reason'],
    ['a number that another has', { number: 'TAKEN', allocations: shares([owed, 50]), amount: cny(50) }, 409, `${name}.number-taken`],
  ])('%s', (_, more, status, code, pointer) => refused(noun, more, status, code, pointer))
})

test.each(['receivables', 'receipts', 'credit-notes', 'write-offs'] as const)('an externalId is given to one of %s', async (noun) => {
  const more = noun === 'write-offs' ? { amount: cny(50), allocations: shares([owed, 50]) } : {}
  const { status, body } = await call(`/v1/${noun}`, { body: { ...bodies[noun], ...more, externalId: 'taken' } })

  expect({ status, code: body.code }).toEqual({ status: 409, code: `${noun.slice(0, -1)}.external-id-taken` })
})

describe('what is done with what was posted is refused, and nothing is written:', () => {
  test.each<[string, string, object, number, string, string?]>([
    ['changing an amount', receipt, { amount: cny(2) }, 422, 'receipt.field-fixed', '/amount'],
    ['changing a date', receipt, { receivedOn: '2026-02-02' }, 422, 'receipt.field-fixed', '/receivedOn'],
    ['changing what is owed', debt, { amount: cny(2) }, 422, 'receivable.field-fixed', '/amount'],
    ['changing what there is not', debt, { colour: 'red' }, 422, 'input.invalid', '/colour'],
    ['allocating what is used up', `${used}/allocate`, { allocate: 'oldest-first' }, 409, 'receipt.used-up'],
    ['allocating more than is left', `${receipt}/allocate`, { allocations: shares([owed, 20.01]) }, 422, 'allocation.above-available'],
    ['allocating what was reversed', `${reversed}/allocate`, { allocate: 'oldest-first' }, 409, 'receipt.ended'],
    ['allocating what waits', `${waiting}/allocate`, { allocate: 'oldest-first' }, 409, 'receipt.waiting'],
    [
      'taking back what is not allocated',
      `${receipt}/unallocate`,
      { allocations: [{ receivableId: owed.id }] },
      404,
      'allocation.not-found',
    ],
    [
      'taking back more than is allocated',
      `${receipt}/unallocate`,
      { allocations: [{ receivableId: spent.id, amount: cny(11) }] },
      422,
      'allocation.above-allocated',
      '/allocations/0/amount',
    ],
    ['allocating to nothing', `${receipt}/allocate`, { allocations: [] }, 409, 'receipt.nothing-to-allocate'],
    ['taking back where nothing is allocated', `${note}/unallocate`, {}, 409, 'credit-note.nothing-allocated'],
    [
      'promising more than is owed',
      debt,
      { promise: { on: day(), amount: cny(98.01) } },
      422,
      'receivable.promise-above-outstanding',
      '/promise/amount',
    ],
    ['taking back before it counted', `${receipt}/unallocate`, { on: '2026-01-31' }, 422, 'allocation.too-early', '/on'],
    ['taking back tomorrow', `${receipt}/unallocate`, { on: day(1) }, 422, 'date.in-future', '/on'],
    ['reversing twice', `${reversed}/reverse`, {}, 409, 'receipt.ended'],
    ['reversing before it came', `${receipt}/reverse`, { on: '2026-01-31' }, 422, 'receipt.too-early', '/on'],
    ['reversing in closed books', `${note}/reverse`, { on: '2025-12-31' }, 409, 'period.closed', '/on'],
    ['reversing a write-off before its day', `${off}/reverse`, { on: '2026-01-31' }, 422, 'write-off.too-early', '/on'],
    ['dishonouring a transfer', `${receipt}/dishonour`, {}, 409, 'receipt.not-a-bill'],
    ['paying back more than is left', `${receipt}/refund`, { amount: cny(20.01) }, 422, 'refund.above-unallocated', '/amount'],
    ['paying back other money', `${receipt}/refund`, { amount: usd }, 422, 'money.currency-mismatch', '/amount/currency'],
    ['paying back what is used up', `${used}/refund`, {}, 409, 'receipt.used-up'],
    ['identifying what is known', `${receipt}/identify`, { customerId: other.id }, 409, 'receipt.identified'],
    ['identifying somebody out of sight', `${waiting}/identify`, { customerId: nobody }, 404, 'customer.not-found', '/customerId'],
  ])('%s', async (_, target, body, status, code, pointer) => {
    const method = target === receipt || target === debt ? 'PATCH' : 'POST'
    await expectRefused(() => call(target, { method, body }), status, code, pointer)
  })

  test('and the books are as they were', async () => expect(await checkBooks(ctx)).toEqual([]))
})
