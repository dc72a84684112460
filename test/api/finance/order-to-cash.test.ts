import { expect, test } from 'vitest'
import { checkBooks, settleEndedOrder } from '../../../domain/finance/index.ts'
import { withdrawReceivables } from '../../../domain/finance/receivable/withdraw-receivables.ts'
import { addDays } from '../../../domain/kernel/dates.ts'
import { type Customer, customers } from '../../../domain/parties/index.ts'
import { commit } from '../../../domain/store/commit.ts'
import { get } from '../../../domain/store/read.ts'
import { handler as creditReturn } from '../../../functions/consumers/finance/credit-return-on-shipment-returned.ts'
import { handler as openOnAgreed } from '../../../functions/consumers/finance/open-receivables-on-order-agreed.ts'
import { handler as openOnDispatched } from '../../../functions/consumers/finance/open-receivables-on-shipment-dispatched.ts'
import { handler as openOnSigned } from '../../../functions/consumers/finance/open-receivables-on-shipment-signed.ts'
import { deliver } from '../../support/deliver.ts'
import { cny, financeAs, shares } from '../../support/finance.ts'
import { customerOf, day } from '../../support/parties.ts'
import { confirmedOrder, eventsOf, lineOf, salesAs, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

async function firm(terms: object = { kind: 'days', from: 'shipment', days: 30 }) {
  const tenant = await newTenant()
  const rep = await tenant.user('rep')
  const ctx = await tenant.as(tenant.admin)
  const customer = await customerOf(tenant, rep, { paymentTerms: terms })
  const sales = salesAs(tenant, rep)
  const finance = financeAs(tenant, tenant.admin)
  /** News comes twice and in the wrong order. */
  const settle = async () => {
    const twisted = (bodies: string[]) => [...bodies, ...bodies.toReversed()]
    await deliver(ctx, openOnAgreed, ['order.confirmed', 'order.amended'], twisted)
    await deliver(ctx, openOnDispatched, ['shipment.dispatched'], twisted)
    await deliver(ctx, openOnSigned, ['shipment.signed'], twisted)
    await deliver(ctx, creditReturn, ['shipment.returned'], twisted)
  }
  const owed = async () => (await finance(`/v1/customers/${customer.id}/receivables`)).body.data
  const credit = async () => (await finance(`/v1/customers/${customer.id}/credit`)).body
  const order = (more: object = {}) => confirmedOrder(tenant, rep, customer.id, { lines: [lineOf('100', '11.3')], ...more })
  const ship = (orderLine: string, quantity: number, more: object = {}) =>
    shipmentOf(tenant, rep, { customerId: customer.id, lines: [{ orderLine, quantity }], dispatch: true, ...more })
  return { tenant, ctx, customer, sales, finance, settle, owed, credit, order, ship, faults: () => checkBooks(ctx) }
}

test('each shipment opens a receivable by its terms, once, and what was ordered becomes owed', async () => {
  const { settle, owed, credit, order, ship, faults } = await firm()
  const { id, lines } = await order()
  const first = await ship(lines[0].id, 40)

  await settle()
  const between = await credit()
  await ship(lines[0].id, 60)
  await settle()
  const receivables = await owed()

  expect(between).toMatchObject({ receivable: cny(452), ordered: cny(678), exposure: cny(1130) })
  expect(await credit()).toMatchObject({ receivable: cny(1130), ordered: cny(0), exposure: cny(1130) })
  expect(receivables).toHaveLength(2)
  expect(receivables[0]).toMatchObject({ orderId: id, issuedOn: day(), dueOn: addDays(day(), 30), status: 'open' })
  expect(receivables.map((row: { number: string }) => row.number)).toContain(first.number)
  expect(await faults()).toEqual([])
})

test('terms from sign-off wait for the signature, instalments for what they wait for; together they are the total', async () => {
  const signed = await firm({ kind: 'days', from: 'signed', days: 10 })
  const { lines } = await signed.order()
  const { id } = await signed.ship(lines[0].id, 100, { shippedOn: day(-5) })
  await signed.settle()
  const before = await signed.owed()
  await signed.sales(`/v1/shipments/${id}/sign-off`, { body: { signedOn: day(-2), signedBy: '王' } })
  await signed.settle()

  const parts = await firm()
  const sold = await parts.order({
    instalments: [
      { percent: '30', trigger: 'confirm' },
      { percent: '70', trigger: 'dispatch', days: 60 },
    ],
  })
  await parts.settle()
  const deposit = await parts.owed()
  await parts.ship(sold.lines[0].id, 100)
  await parts.settle()

  expect(before).toEqual([])
  expect(await signed.owed()).toMatchObject([{ issuedOn: day(-2), dueOn: day(8), amount: cny(1130) }])
  expect(deposit).toMatchObject([{ amount: cny(339), dueOn: day(), orderId: sold.id, shipmentId: null }])
  expect((await parts.owed()).map((row: { outstanding: object; dueOn: string }) => [row.outstanding, row.dueOn])).toEqual([
    [cny(339), day()],
    [cny(791), day(60)],
  ])
  expect(await parts.credit()).toMatchObject({ receivable: cny(1130), ordered: cny(0) })
  expect([...(await signed.faults()), ...(await parts.faults())]).toEqual([])
})

test('goods that came back before the sign-off are not owed when it comes', async () => {
  const { customer, finance, tenant, sales, settle, owed, credit, faults } = await firm({ kind: 'days', from: 'signed', days: 10 })
  const ship = () =>
    shipmentOf(tenant, tenant.admin, { customerId: customer.id, lines: [lineOf('10', '10')], dispatch: true, shippedOn: day(-5) })
  const [first, other] = [await ship(), await ship()]
  const back = { lines: [{ line: first.lines[0].id, quantity: 4 }], mode: 'refund', on: day(-4) }
  await sales(`/v1/shipments/${first.id}/return`, { body: back })
  await settle()

  const sign = (id: string) => sales(`/v1/shipments/${id}/sign-off`, { body: { signedOn: day(-3), signedBy: '王' } })
  await sign(other.id)
  await settle()
  const ofOther = await owed()
  await sign(first.id)
  await settle()

  expect(ofOther).toMatchObject([{ outstanding: cny(100), shipmentId: other.id }])
  expect((await owed()).find(({ shipmentId }: { shipmentId: string }) => shipmentId === first.id)).toMatchObject({ outstanding: cny(60) })
  expect((await finance('/v1/credit-notes')).body.data).toMatchObject([{ amount: cny(40), unallocated: cny(0), status: 'allocated' }])
  expect(await credit()).toMatchObject({ receivable: cny(160), unallocated: cny(0) })
  expect(await faults()).toEqual([])
})

test('goods that come back are credited once, what is owed for them first', async () => {
  const { sales, finance, settle, owed, credit, order, ship, faults } = await firm()
  const { lines } = await order()
  const shipment = await ship(lines[0].id, 100)
  await settle()
  const [receivable] = await owed()
  await finance('/v1/receipts', {
    body: {
      customerId: shipment.customerId,
      receivedOn: day(),
      amount: cny(1000),
      method: 'bank',
      allocations: shares([receivable, 1000]),
    },
  })

  const back = await sales(`/v1/shipments/${shipment.id}/return`, {
    body: { lines: [{ line: shipment.lines[0].id, quantity: 20 }], mode: 'refund' },
  })
  await settle()

  expect(back.status, JSON.stringify(back.body)).toBe(200)
  const notes = (await finance('/v1/credit-notes')).body.data
  expect(notes).toMatchObject([{ amount: cny(226), unallocated: cny(96), shipmentId: shipment.id }])
  expect(await owed()).toMatchObject([{ status: 'settled' }])
  expect(await credit()).toMatchObject({ receivable: cny(0), unallocated: cny(96), exposure: cny(-96) })
  expect(await faults()).toEqual([])
})

test('what a cancelled shipment opened is not owed any more, unless something is paid on it', async () => {
  const { ctx, finance, customer, settle, owed, credit, order, ship, faults } = await firm()
  const { id, lines } = await order()
  const [one, two] = [await ship(lines[0].id, 40), await ship(lines[0].id, 10)]
  const firmCustomer = (await get(ctx, customers, customer.id, { consistent: true })) as Customer
  const withdraw = async (shipmentId: string) => {
    const openings = [{ of: id, instalment: null, amount: 1 }]
    const writes = await withdrawReceivables(ctx, { customer: firmCustomer, shipmentId, openings, on: day() })
    await commit(ctx, writes as never, [])
  }
  await expect(withdraw(one.id)).rejects.toMatchObject({ code: 'receivable.being-opened' })
  await settle()
  const paid = (await owed()).find((row: { shipmentId: string }) => row.shipmentId === two.id)
  await finance('/v1/receipts', {
    body: { customerId: customer.id, receivedOn: day(), amount: cny(1), method: 'cash', allocations: shares([paid, 1]) },
  })

  await withdraw(one.id)

  await expect(withdraw(two.id)).rejects.toMatchObject({ code: 'receivable.allocated' })
  expect((await owed()).map((row: { status: string }) => row.status).sort()).toEqual(['cancelled', 'partly-settled'])
  expect(await credit()).toMatchObject({ receivable: cny(112), ordered: cny(1017), exposure: cny(1129) })
  expect(await faults()).toEqual([])
})

test('what an order opened up front is withdrawn or credited when it ends, and what was paid for it stays to the customer', async () => {
  const { ctx, finance, customer, settle, owed, credit, order, ship, faults } = await firm()
  const firmCustomer = (await get(ctx, customers, customer.id, { consistent: true })) as Customer
  const instalments = [
    { percent: '20', trigger: 'confirm' },
    { percent: '10', trigger: 'date', on: day(9) },
    { percent: '70', trigger: 'dispatch', days: 60 },
  ]
  const sold = await order({ instalments, orderedOn: day(-3) })
  const { number, currency, exchangeRate } = sold
  const about = { customer: firmCustomer, order: { id: sold.id, number, currency, exchangeRate }, announced: [1, 2] }
  await expect(settleEndedOrder(ctx, { ...about, on: day(-1), unopened: 0, excess: 1 })).rejects.toMatchObject({
    code: 'receivable.being-opened',
  })
  await settle()
  const [deposit] = await owed()
  const body = { customerId: customer.id, receivedOn: day(), amount: cny(200), method: 'bank', allocations: shares([deposit, 200]) }
  await finance('/v1/receipts', { body })
  await ship(sold.lines[0].id, 50)
  await settle()

  // Half is shipped: 565 are owed; 226 + 113 up front and 395.5 for the shipment were opened.
  const { writes, events } = await settleEndedOrder(ctx, { ...about, on: day(-1), unopened: 39_550, excess: 16_950 })
  await commit(ctx, writes as never, events)

  const rows = (await owed()).map((row: { amount: object; outstanding: object; status: string }) => [
    row.amount,
    row.outstanding,
    row.status,
  ])
  expect(rows).toEqual([
    [cny(226), cny(0), 'settled'],
    [cny(113), cny(0), 'cancelled'],
    [cny(395.5), cny(365), 'partly-settled'],
  ])
  expect((await finance('/v1/credit-notes')).body.data).toMatchObject([
    { amount: cny(56.5), unallocated: cny(0), orderId: sold.id, issuedOn: day(-1) },
  ])
  expect(await credit()).toMatchObject({ receivable: cny(365), unallocated: cny(0), ordered: cny(0), exposure: cny(365) })
  expect(await faults()).toEqual([])
})

test('a deposit for an order settles what the order makes owed as it opens, once, and what is left of it waits', async () => {
  const { ctx, finance, customer, settle, owed, credit, order, ship, faults } = await firm()
  const [sold, other] = [await order(), await order()]
  const pay = (amount: number, more: object = {}) =>
    finance('/v1/receipts', { body: { customerId: customer.id, receivedOn: day(-2), amount: cny(amount), method: 'bank', ...more } })
  const [first, second] = [await pay(300, { orderId: sold.id, receivedOn: day(-4) }), await pay(500, { orderId: sold.id })]
  await pay(70)
  await ship(other.lines[0].id, 10)
  await ship(sold.lines[0].id, 50, { shippedOn: day(-1) })
  await settle()
  const between = [await owed(), (await finance(first.headers.location!)).body, (await finance(second.headers.location!)).body]
  const byHand = await finance('/v1/receivables', {
    body: { customerId: customer.id, orderId: sold.id, issuedOn: day(), dueOn: day(), amount: cny(200) },
  })
  await ship(sold.lines[0].id, 50)
  await settle()

  expect(between[0]).toEqual(expect.arrayContaining([expect.objectContaining({ outstanding: cny(113) })]))
  expect(between[0].find((row: { orderId: string }) => row.orderId === sold.id)).toMatchObject({ status: 'settled', settled: cny(565) })
  expect(between[1]).toMatchObject({ status: 'allocated', allocations: [{ amount: cny(300), allocatedOn: day(-1) }] })
  expect(between[2]).toMatchObject({ status: 'open', unallocated: cny(235) })
  expect(byHand.body).toMatchObject({ status: 'settled', outstanding: cny(0) })
  expect((await finance(`/v1/receivables?filter[orderId]=${sold.id}`)).body.data.at(-1)).toMatchObject({
    settled: cny(35),
    outstanding: cny(530),
  })
  expect(await credit()).toMatchObject({ receivable: cny(643), unallocated: cny(70), ordered: cny(1017) })
  expect(await eventsOf(ctx, customer.id, 'receipt.allocated')).toHaveLength(4)
  expect(await faults()).toEqual([])
})
