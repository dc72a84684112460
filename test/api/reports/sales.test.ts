import { expect, test } from 'vitest'
import { handler as countOrder } from '../../../functions/consumers/analytics/count-order-on-order-agreed.ts'
import { handler as countShipment } from '../../../functions/consumers/analytics/count-shipment-on-shipment-moved.ts'
import { handler as openReceivables } from '../../../functions/consumers/finance/open-receivables-on-shipment-dispatched.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { customerOf } from '../../support/parties.ts'
import { confirmedOrder, lineOf, orderOf, productOf, salesAs } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const shipmentEvents = ['shipment.dispatched', 'shipment.returned', 'shipment.cancelled']
const orderEvents = ['order.confirmed', 'order.amended', 'order.cancelled', 'order.closed']

async function world() {
  const tenant = await newTenant({ locale: 'en' })
  const manager = await tenant.user('manager', { name: 'Mona' })
  const rep = await tenant.user('rep', { name: 'Rita', managerId: manager.id })
  const other = await tenant.user('rep', { name: 'Otto' })
  const own = (await customerOf(tenant, rep, { name: '深圳明辉', addresses: [{ kind: 'office', country: 'CN', province: '广东' }] })).id
  const theirs = (await customerOf(tenant, other, { name: 'Ernst Handel', addresses: [{ kind: 'office', country: 'AT' }] })).id
  const ctx = await tenant.as(tenant.admin)
  const count = (order?: (bodies: string[]) => string[]) => deliver(ctx, countOrder, orderEvents, order)
  const ask = async (query: string, user = tenant.admin) =>
    (await callAs(tenant.id, user)(`/v1/reports/sales?from=2026-01-01&to=2026-12-31&${query}`)).body
  return { tenant, manager, rep, other, own, theirs, count, ask }
}

// biome-ignore lint/suspicious/noExplicitAny: reports are read row by row
const amounts = ({ rows }: any) => Object.fromEntries(rows.map((row: any) => [row.label, row.amount.amount]))

test('sales are without tax, by whatever is asked; a document counts once, also where it stands in several rows', async () => {
  const { tenant, rep, other, own, theirs, count, ask } = await world()
  const product = await productOf(tenant, { name: 'Connector', model: 'M1', cost: '4' })
  const lines = [lineOf('10', '11.3', { productId: product.id }), lineOf('2', '5.65')]
  await confirmedOrder(tenant, rep, own, { orderedOn: '2026-01-31', lines })
  await confirmedOrder(tenant, other, theirs, {
    orderedOn: '2026-02-01',
    currency: 'USD',
    exchangeRate: '7',
    pricesIncludeTax: false,
    lines: [lineOf('1', '100')],
  })
  await count()

  const byMonth = await ask('groupBy=month')
  const byProduct = await ask('groupBy=product')

  expect(byMonth).toMatchObject({
    from: '2026-01-01',
    to: '2026-12-31',
    basis: 'ordered',
    groupBy: ['month'],
    currency: 'CNY',
    total: { count: 2, amount: { amount: '810.00', currency: 'CNY' } },
    byCurrency: [
      { currency: 'CNY', count: 1, amount: { amount: '110.00', currency: 'CNY' } },
      { currency: 'USD', count: 1, amount: { amount: '100.00', currency: 'USD' } },
    ],
    page: { next: null },
  })
  expect(amounts(byMonth)).toEqual({ '2026-01': '110.00', '2026-02': '700.00' })
  expect(byProduct.total.count).toBe(2)
  expect(amounts(byProduct)).toEqual({ 'Connector M1': '100.00', 'No product': '710.00' })
  expect(byProduct.rows.find(({ key }: { key: string }) => key === product.id).margin).toEqual({ amount: '60.00', currency: 'CNY' })
  expect(byProduct.rows.find(({ key }: { key: string | null }) => key === null).margin).toBeNull()
  expect(amounts(await ask('groupBy=region'))).toEqual({ 'CN 广东': '110.00', AT: '700.00' })
  expect(amounts(await ask('groupBy=rep,year'))).toEqual({ 'Rita · 2026': '110.00', 'Otto · 2026': '700.00' })
  expect(amounts(await ask('groupBy=team'))).toEqual({ Mona: '110.00', 'No team': '700.00' })
  expect(amounts(await ask('groupBy=customer'))).toEqual({ 深圳明辉: '110.00', 'Ernst Handel': '700.00' })
})

test('reps see what they sold and no margins, managers what their team did', async () => {
  const { tenant, rep, manager, other, own, theirs, count, ask } = await world()
  const { id: productId } = await productOf(tenant, { cost: '4' })
  await confirmedOrder(tenant, rep, own, { orderedOn: '2026-03-01', lines: [lineOf('10', '11.3', { productId })] })
  await confirmedOrder(tenant, other, theirs, { orderedOn: '2026-03-01' })
  await count()

  const seen = await Promise.all([rep, manager, other].map((user) => ask('groupBy=rep', user)))

  expect(seen.map(({ rows }) => rows.map(({ label }: { label: string }) => label))).toEqual([['Rita'], ['Rita'], ['Otto']])
  expect(seen[0].total.margin).toBeNull()
  expect(seen[1].total.margin).toEqual({ amount: '60.00', currency: 'CNY' })
})

test('amending, cancelling and closing correct it, however late, often and out of order the events come', async () => {
  const { tenant, rep, own, count, ask } = await world()
  const orderedOn = '2026-03-15'
  const lines = [lineOf('10', '11.3')]
  const amended = await confirmedOrder(tenant, rep, own, { orderedOn, lines })
  const cancelled = await confirmedOrder(tenant, rep, own, { orderedOn, lines })
  const closed = await confirmedOrder(tenant, rep, own, { orderedOn, lines })
  await orderOf(tenant, rep, own, { orderedOn, lines })
  const act = (id: string, action: string, body: object) => salesAs(tenant, rep)(`/v1/orders/${id}/${action}`, { body })
  await count()
  const before = await ask('groupBy=month')
  await act(amended.id, 'amend', { reason: 'more', lines: [{ id: amended.lines[0].id, ...lineOf('30', '11.3') }] })
  await act(cancelled.id, 'cancel', { reason: 'gone' })
  await act(closed.id, 'close', {})

  await count((bodies) => [...bodies, ...bodies].reverse())

  expect(before.total).toMatchObject({ count: 3, amount: { amount: '300.00' } })
  expect((await ask('groupBy=month')).total).toMatchObject({ count: 1, amount: { amount: '300.00' } })
})

test('sales shipped count on the day the goods leave, and again on the day they come back', async () => {
  const { tenant, rep, own, ask } = await world()
  const call = salesAs(tenant, rep)
  const order = await confirmedOrder(tenant, rep, own, { orderedOn: '2026-03-01', lines: [lineOf('10', '11.3'), lineOf('3', '1.13')] })
  const ship = async (lines: object[], shippedOn: string) => {
    const { status, body } = await call('/v1/shipments', { body: { customerId: own, shippedOn, dispatch: true, lines } })
    expect(status, JSON.stringify(body)).toBe(201)
    return body
  }
  const [first, second] = order.lines
  const left = await ship(
    [
      { orderLine: first.id, quantity: '4' },
      { orderLine: second.id, quantity: '3' },
    ],
    '2026-04-30',
  )
  await ship([{ orderLine: first.id, quantity: '6' }], '2026-05-01')
  const back = await call(`/v1/shipments/${left.id}/return`, {
    body: { mode: 'refund', on: '2026-06-01', lines: [{ line: left.lines[1].id, quantity: '2' }] },
  })
  expect(back.status, JSON.stringify(back.body)).toBe(200)

  await deliver(await tenant.as(tenant.admin), countShipment, shipmentEvents, (bodies) => [...bodies, ...bodies].reverse())
  const shipped = await ask('basis=shipped&groupBy=month')

  expect(amounts(shipped)).toEqual({ '2026-04': '43.00', '2026-05': '60.00', '2026-06': '-2.00' })
  expect(shipped.total).toMatchObject({ count: 3, amount: { amount: '101.00' } })
})

test('goods of several reps on one note are sales of each, and so is what comes back of them', async () => {
  const { tenant, rep, other, own, ask } = await world()
  const call = salesAs(tenant, tenant.admin)
  const orders = []
  for (const salesRepId of [rep.id, other.id])
    orders.push(await confirmedOrder(tenant, tenant.admin, own, { orderedOn: '2026-05-01', salesRepId, lines: [lineOf('10', '11.3')] }))
  const lines = orders.map(({ lines: [line] }) => ({ orderLine: line.id, quantity: '10' }))
  const note = (await call('/v1/shipments', { body: { customerId: own, shippedOn: '2026-05-04', lines, dispatch: true } })).body
  await call(`/v1/shipments/${note.id}/return`, {
    body: { mode: 'refund', on: '2026-05-20', lines: [{ line: note.lines[1].id, quantity: '4' }] },
  })
  await deliver(await tenant.as(tenant.admin), countShipment, shipmentEvents)

  expect(amounts(await ask('basis=shipped&groupBy=rep'))).toEqual({ Rita: '100.00', Otto: '60.00' })
  expect(amounts(await ask('basis=shipped&groupBy=rep,day', other))).toEqual({
    'Otto · 2026-05-04': '100.00',
    'Otto · 2026-05-20': '-40.00',
  })
  expect((await ask('basis=shipped')).total.amount.amount).toBe('160.00')
})

test('an order that was closed short comes to what left of it, also when a shipment of it is cancelled later', async () => {
  const { tenant, own, count, ask } = await world()
  const call = salesAs(tenant, tenant.admin)
  const order = await confirmedOrder(tenant, tenant.admin, own, { orderedOn: '2026-05-01', lines: [lineOf('10', '11.3')] })
  const lines = [{ orderLine: order.lines[0].id, quantity: '4' }]
  const body = { customerId: own, shippedOn: '2026-05-04', lines, dispatch: true }
  const note = (await call('/v1/shipments', { body })).body
  await call(`/v1/orders/${order.id}/close`, { body: { reason: 'enough' } })
  await count()
  const closed = await ask('basis=ordered')
  await deliver(await tenant.as(tenant.admin), openReceivables, ['shipment.dispatched'])
  const cancelled = await call(`/v1/shipments/${note.id}/cancel`, { body: {} })
  await deliver(await tenant.as(tenant.admin), countShipment, shipmentEvents)

  expect(closed.total.amount.amount).toBe('40.00')
  expect(cancelled.status, JSON.stringify(cancelled.body)).toBe(200)
  expect((await ask('basis=ordered')).total.amount.amount).toBe('0.00')
})
