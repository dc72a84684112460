import { describe, expect, test } from 'vitest'
import { openAsOf } from '../../../domain/finance/index.ts'
import { createReceivable } from '../../../domain/finance/receivable/change-receivable.ts'
import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import { cny, financeAs, firmOwed, receivableOf, shares } from '../../support/finance.ts'
import { expectRefused } from '../../support/nothing-written.ts'
import { day } from '../../support/parties.ts'
import { orderOf } from '../../support/sales.ts'

describe('a receipt', () => {
  test('settles several receivables in part, with what the bank kept, and the rest waits', async () => {
    const { call, owed, receive, outstanding, credit, faults } = await firmOwed([100, 200])

    const created = await receive(290, {
      deductions: [{ kind: 'bank-fee', amount: cny(10) }],
      allocations: shares([owed[0]!, 100], [owed[1]!, 150]),
      externalId: 'B-1',
    })
    const settled = await call(`/v1/receivables/${owed[0]!.id}`)

    expect(created).toMatchObject({
      status: 201,
      body: { number: 'RC202602-0001', total: cny(300), unallocated: cny(50), status: 'open', refunded: cny(0), reversedOn: null },
    })
    expect(created.body.allocations).toEqual([
      { receivableId: owed[0]!.id, amount: cny(100), allocatedOn: '2026-02-01' },
      { receivableId: owed[1]!.id, amount: cny(150), allocatedOn: '2026-02-01' },
    ])
    expect(settled.body).toMatchObject({
      status: 'settled',
      settled: cny(100),
      outstanding: cny(0),
      bucket: null,
      daysOverdue: 0,
      version: 2,
    })
    expect(await outstanding()).toEqual(['0.00', '50.00'])
    expect(await credit()).toMatchObject({ receivable: cny(50), unallocated: cny(50), exposure: cny(0) })
    expect((await call('/v1/receipts?filter[externalId]=B-1')).body.data).toEqual([created.body])
    expect((await call('/v1/receivables?filter[status]=settled')).body.data).toHaveLength(1)
    expect(await faults()).toEqual([])
  })

  test('goes to what is due first as far as it reaches, what it was a deposit for before the rest', async () => {
    const { tenant, ctx, customer, owed, receive, call, outstanding, faults } = await firmOwed([100, 100])
    const { id: orderId } = await orderOf(tenant, tenant.admin, customer.id)
    await receivableOf(tenant, tenant.admin, customer.id, 100, { number: 'DEP', dueOn: '2026-03-01', orderId })

    await receive(150, { allocate: 'oldest-first', orderId })
    const afterDeposit = await outstanding()
    await receive(500, { allocate: 'oldest-first' })
    const list = await call(`/v1/customers/${customer.id}/receipts`)

    expect(afterDeposit).toEqual(['50.00', '100.00', '0.00'])
    expect(await outstanding()).toEqual(['0.00', '0.00', '0.00'])
    expect(list.body.data.map((row: { unallocated: object }) => row.unallocated)).toEqual(expect.arrayContaining([cny(350), cny(0)]))
    expect(owed).toHaveLength(2)
    expect(ctx.tenant.currency).toBe('CNY')
    expect(await faults()).toEqual([])
  })

  test('is allocated later, taken back exactly, paid back, reversed: nothing is lost on the way', async () => {
    const { call, owed, receive, outstanding, credit, faults } = await firmOwed([100, 200])
    const { headers, body } = await receive(250)
    const act = (action: string, more: object = {}) => call(`${headers.location}/${action}`, { body: more })

    const allocated = await act('allocate', { allocations: shares([owed[0]!, 100], [owed[1]!, 60]) })
    const taken = await act('unallocate', { allocations: [{ receivableId: owed[1]!.id, amount: cny(20) }] })
    const between = await outstanding()
    const refunded = await act('refund', { amount: cny(50) })
    const refused = await act('reverse')
    const all = await act('unallocate')
    const other = await call('/v1/receipts', {
      body: { customerId: body.customerId, receivedOn: '2026-02-01', amount: cny(70), method: 'cash', allocate: 'oldest-first' },
    })
    const reversed = await call(`${other.headers.location}/reverse`, { body: { on: day(0), reason: '录入错误' } })

    expect(allocated.body).toMatchObject({ status: 'open', unallocated: cny(90), version: 2 })
    expect(taken.body.unallocated).toEqual(cny(110))
    expect(between).toEqual(['0.00', '160.00'])
    expect(refunded.body).toMatchObject({ refunded: cny(50), unallocated: cny(60) })
    expect(refused).toMatchObject({ status: 409, body: { code: 'receipt.refunded' } })
    expect(all.body).toMatchObject({ allocations: [], unallocated: cny(200) })
    expect(reversed.body).toMatchObject({ status: 'reversed', reversedOn: day(0), reversalReason: '录入错误', unallocated: cny(0) })
    expect(await outstanding()).toEqual(['100.00', '200.00'])
    expect(await credit()).toMatchObject({ receivable: cny(300), unallocated: cny(200), exposure: cny(100) })
    expect((await act('allocate', { allocate: 'oldest-first' })).status).toBe(200)
    expect(await call(`${other.headers.location}/allocate`, { body: { allocate: 'oldest-first' } })).toMatchObject({
      status: 409,
      body: { code: 'receipt.ended' },
    })
    expect(await faults()).toEqual([])
  })

  test('of an unknown payer waits until somebody says who it was', async () => {
    const { tenant, call, customer, owed, outstanding, credit, faults } = await firmOwed([100])
    const waiting = await call('/v1/receipts', {
      body: { payerName: '某某公司', receivedOn: '2026-02-01', amount: cny(80), method: 'bank', reference: 'T-1' },
    })
    const rep = await tenant.user('rep')
    const hidden = await financeAs(tenant, rep)(waiting.headers.location!)
    const asked = await call('/v1/receipts?filter[status]=waiting')

    const identified = await call(`${waiting.headers.location}/identify`, {
      body: { customerId: customer.id, allocations: shares([owed[0]!, 30]) },
    })
    const again = await call(`${waiting.headers.location}/identify`, { body: { customerId: customer.id } })
    const listed = await call(`/v1/customers/${customer.id}/receipts`)

    expect(waiting.body).toMatchObject({ customerId: null, status: 'waiting', unallocated: cny(80) })
    expect(hidden.status).toBe(404)
    expect(asked.body.data).toEqual([waiting.body])
    expect(identified.body).toMatchObject({ id: waiting.body.id, customerId: customer.id, status: 'open', unallocated: cny(50) })
    expect(again).toMatchObject({ status: 409, body: { code: 'receipt.identified' } })
    expect(listed.body.data).toEqual([identified.body])
    expect(await outstanding()).toEqual(['70.00'])
    expect(await credit()).toMatchObject({ unallocated: cny(50) })
    expect((await call('/v1/receipts?filter[status]=waiting')).body.data).toEqual([])
    expect((await call(`${waiting.headers.location}/reverse`, { body: {} })).body.status).toBe('reversed')
    expect(await outstanding()).toEqual(['100.00'])
    expect(await faults()).toEqual([])
  })

  test('by acceptance bill frees credit when it matures; dishonoured, the old due date returns', async () => {
    const { call, owed, receive, credit, faults } = await firmOwed([100])
    const bill = (dueOn: string) => ({ method: 'bank-acceptance', bill: { billNo: '1308', acceptor: '招商银行', dueOn } })

    const { headers } = await receive(100, { ...bill(day(30)), receivedOn: day(-1), allocations: shares([owed[0]!, 100]) })
    const held = await credit()
    const dishonoured = await call(`${headers.location}/dishonour`, { body: { reason: '拒付' } })
    const back = await call(`/v1/receivables/${owed[0]!.id}`)
    await receive(40, { ...bill(day(0)), receivedOn: day(-1) })

    expect(held).toMatchObject({ receivable: cny(0), bills: cny(100), exposure: cny(100) })
    expect(dishonoured.body).toMatchObject({ status: 'dishonoured', allocations: [] })
    expect(back.body).toMatchObject({ dueOn: '2026-01-10', outstanding: cny(100), status: 'overdue' })
    expect(await credit()).toMatchObject({ receivable: cny(100), unallocated: cny(40), bills: cny(0), exposure: cny(60) })
    expect(await faults()).toEqual([])
  })

  test('in foreign money settles foreign receivables, and the base of all parts sums to the whole', async () => {
    const { tenant, call, customer, credit, faults } = await firmOwed([])
    const usd = (amount: string) => ({ amount, currency: 'USD' })
    const invoice = await receivableOf(tenant, tenant.admin, customer.id, 1, { amount: usd('100.00'), exchangeRate: '7.1111' })
    const pay = (amount: string) =>
      call('/v1/receipts', {
        body: {
          customerId: customer.id,
          receivedOn: '2026-02-01',
          amount: usd(amount),
          exchangeRate: '7.2',
          method: 'bank',
          allocations: [{ receivableId: invoice.id, amount: usd(amount) }],
        },
      })

    for (const amount of ['33.33', '33.33', '33.34']) expect((await pay(amount)).status).toBe(201)

    expect(await credit()).toMatchObject({ receivable: cny(0), unallocated: cny(0), exposure: cny(0) })
    expect(await faults()).toEqual([])
  })

  test('counts from the later of both dates, from its own if it says one, and never in closed books', async () => {
    const { ctx, call, owed, receive } = await firmOwed([100, 100])
    const before = await receive(10, { receivedOn: '2025-12-20', allocations: shares([owed[0]!, 10]) })
    const said = await receive(10, { allocations: shares([owed[0]!, 10, '2026-03-05']) })
    const advance = await receive(10, { receivedOn: '2026-02-02' })
    await changeTenant(ctx, { changes: { closedThrough: '2026-02-28' } })

    const later = await call(`${advance.headers.location}/allocate`, { body: { allocations: shares([owed[1]!, 10]) } })
    const on = ({ body }: typeof later) => body.allocations[0].allocatedOn

    expect([on(before), on(said), on(later)]).toEqual(['2026-01-01', '2026-03-05', '2026-03-01'])
  })
})

test('forty allocations to what was issued on forty days are one receipt, and are taken back as one', async () => {
  const { ctx, call, customer, owed, receive, credit, faults } = await firmOwed([])
  const many: { id: string }[] = owed
  for (let i = 0; i < 41; i++) {
    const input = { customerId: customer.id, issuedOn: day(-i), dueOn: day(), amount: cny(i + 1) }
    many.push(await createReceivable(ctx, input))
  }
  const parts = (n: number) => shares(...many.slice(0, n).map((one, i): [{ id: string }, number] => [one, i + 1]))
  const headers = { 'idempotency-key': 'forty' }
  const receivedOn = day(-60)
  const body = { customerId: customer.id, receivedOn, amount: cny(1000), method: 'bank', externalId: 'X', allocations: parts(40) }

  const created = await call('/v1/receipts', { body, headers })
  const asOf = async (ago: number) => (await openAsOf(ctx, day(-ago))).filter(({ balance }) => balance !== 0).length
  const between = [await asOf(20), await asOf(39), await asOf(60)]
  const above = () => receive(1000, { allocations: parts(41) })

  expect(created, JSON.stringify(created.body)).toMatchObject({ status: 201, body: { unallocated: cny(180) } })
  expect(new Set(created.body.allocations.map(({ allocatedOn }: { allocatedOn: string }) => allocatedOn)).size).toBe(40)
  // The deposit itself, and what is older than the forty.
  expect(between).toEqual([2, 2, 1])
  expect(await credit()).toMatchObject({ receivable: cny(41), unallocated: cny(180) })
  await expectRefused(above, 422, 'allocation.too-many', '/allocations')
  expect((await call(`${created.headers.location}/reverse`, { body: {} })).body).toMatchObject({ status: 'reversed', allocations: [] })
  expect(await credit()).toMatchObject({ receivable: cny(861), unallocated: cny(0) })
  expect(await faults()).toEqual([])
})

describe('credit notes and write-offs', () => {
  test('settle what is owed as money does, and are taken back', async () => {
    const { call, customer, owed, outstanding, credit, faults } = await firmOwed([100, 50])
    const body = { customerId: customer.id, issuedOn: '2026-02-01', reason: '折让' }

    const note = await call('/v1/credit-notes', { body: { ...body, amount: cny(120), allocations: shares([owed[0]!, 99.5]) } })
    const off = await call('/v1/write-offs', { body: { ...body, amount: cny(0.5), allocations: shares([owed[0]!, 0.5]) } })
    const between = await outstanding()
    const listed = await call(`/v1/credit-notes?filter[customerId]=${customer.id}`)
    const offs = await call('/v1/write-offs?filter[issuedOn]=2026-02-01')
    await call(`${note.headers.location}/allocate`, { body: { allocate: 'oldest-first' } })
    const used = await outstanding()
    await call(`${off.headers.location}/reverse`, { body: {} })
    await call(`${note.headers.location}/reverse`, { body: {} })

    expect(note).toMatchObject({ status: 201, body: { number: 'CN202602-0001', unallocated: cny(20.5), status: 'open' } })
    expect(off).toMatchObject({ status: 201, body: { number: 'WO202602-0001', status: 'posted' } })
    expect(off.body).not.toHaveProperty('unallocated')
    expect(between).toEqual(['0.00', '50.00'])
    expect([listed.body.data, offs.body.data]).toEqual([[note.body], [off.body]])
    expect(used).toEqual(['0.00', '29.50'])
    expect(await outstanding()).toEqual(['100.00', '50.00'])
    expect(await credit()).toMatchObject({ receivable: cny(150), unallocated: cny(0) })
    expect(await faults()).toEqual([])
  })

  test('a write-off gives up all of its amount, on its own day', async () => {
    const { call, customer, owed } = await firmOwed([100])
    const body = { customerId: customer.id, issuedOn: '2026-02-01', reason: '破产', amount: cny(50) }
    const post = (more: object) => call('/v1/write-offs', { body: { ...body, ...more } })

    expect((await post({ allocations: shares([owed[0]!, 40]) })).body.code).toBe('write-off.not-allocated')
    expect((await post({ allocations: shares([owed[0]!, 50, '2026-02-05']) })).body.code).toBe('write-off.other-day')
  })
})
