import { describe, expect, test } from 'vitest'
import { customerOf, day } from '../../support/parties.ts'
import { confirmedOrder, lineOf, orderOf, salesAs, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant({ currency: 'CNY' })
const rep = await tenant.user('rep')
const manager = await tenant.user('manager')
const call = salesAs(tenant, rep)
const customer = await customerOf(tenant, rep, {
  name: '订单客户',
  paymentTerms: { kind: 'monthly', from: 'shipment', cutoffDay: 25, months: 1 },
})
const cny = (amount: string) => ({ amount, currency: 'CNY' })
const read = async (id: string) => (await call(`/v1/orders/${id}`)).body
const confirm = (id: string, body: object = {}) => call(`/v1/orders/${id}/confirm`, { body })

test('an order is drafted with what the customer has agreed, and with its amounts', async () => {
  const order = await orderOf(tenant, rep, customer.id, { customerPo: 'PO-1', discount: { amount: cny('9.97') } })

  expect(order).toMatchObject({
    status: 'draft',
    customerId: customer.id,
    ownerId: rep.id,
    orderedOn: day(),
    currency: 'CNY',
    exchangeRate: '1',
    pricesIncludeTax: true,
    paymentTerms: { kind: 'monthly', cutoffDay: 25 },
    total: cny('1270.00'),
    netTotal: cny('1123.90'),
    taxTotal: cny('146.10'),
    discountTotal: cny('9.97'),
    edition: 1,
  })
  expect(order.number).toMatch(/^SO\d{6}-\d{4}$/)
  expect(order.lines[0]).toMatchObject({ quantity: '100', unitPrice: '12.5', open: '100', shipped: '0', unitCost: null })
  expect(await read(order.id)).toEqual(order)
})

test('a draft is changed by patch: its lines keep their ids, its amounts follow', async () => {
  const order = await orderOf(tenant, rep, customer.id)
  const [first] = order.lines

  const changed = await call(`/v1/orders/${order.id}`, {
    method: 'PATCH',
    body: { lines: [{ id: first.id, description: '连接器', quantity: '10' }, lineOf('1', '5')], notes: '急' },
  })

  expect(changed.body).toMatchObject({ total: cny('130.00'), notes: '急', version: 2 })
  expect(changed.body.lines.map(({ id, unitPrice }: { id: string; unitPrice: string }) => [id, unitPrice])).toEqual([
    [first.id, '12.5'],
    [expect.stringMatching(/03$/), '5'],
  ])
})

test('confirming fixes who sold it and counts what is owed up front', async () => {
  const instalments = [
    { percent: '30', trigger: 'confirm', days: 3 },
    { percent: '70', trigger: 'dispatch', days: 30 },
  ]
  const order = await orderOf(tenant, rep, customer.id, { instalments })

  const confirmed = (await confirm(order.id)).body

  expect(confirmed).toMatchObject({ status: 'confirmed', salesRepId: rep.id, confirmedAt: expect.any(String) })
  expect(confirmed.instalments.map(({ amount }: { amount: object }) => amount)).toEqual([cny('383.99'), cny('895.98')])
  expect(await confirm(order.id)).toMatchObject({ status: 409, body: { code: 'order.state' } })
})

describe('above the credit limit, where the firm blocks that', () => {
  test('an order waits for a manager, who confirms it with a reason', async () => {
    const firm = await newTenant({ currency: 'CNY', creditPolicy: 'block' })
    const boss = await firm.user('manager')
    const { id } = await customerOf(firm, firm.admin, { name: '限额', creditLimit: cny('1000.00'), ownerId: boss.id })
    const order = await orderOf(firm, boss, id)

    const held = (await salesAs(firm, boss)(`/v1/orders/${order.id}/confirm`, { body: {} })).body
    const again = await salesAs(firm, boss)(`/v1/orders/${order.id}/confirm`, { body: {} })
    const allowed = (await salesAs(firm, boss)(`/v1/orders/${order.id}/confirm`, { body: { reason: '老客户' } })).body

    expect([held.status, allowed.status]).toEqual(['credit-hold', 'confirmed'])
    expect(again).toMatchObject({ status: 409, body: { code: 'credit.over-limit', limit: cny('1000.00'), exposure: cny('1279.97') } })
  })
})

describe('an amendment', () => {
  test('changes lines and dates with a reason, and keeps the former version', async () => {
    const order = await confirmedOrder(tenant, rep, customer.id, { deliverOn: day(5) })
    const [first, second] = order.lines
    const lines = [
      { id: first.id, description: '连接器', quantity: '120' },
      { id: second.id, description: '连接器', quantity: '3' },
    ]

    const amended = await call(`/v1/orders/${order.id}/amend`, { body: { reason: '加量', lines, deliverOn: day(9) } })
    const versions = (await call(`/v1/orders/${order.id}/versions`)).body.data

    expect(amended.body).toMatchObject({ total: cny('1529.97'), deliverOn: day(9), edition: 2, status: 'confirmed' })
    expect(versions).toMatchObject([{ edition: 1, total: cny('1279.97'), reason: '加量', amendedBy: rep.id, deliverOn: day(5) }])
    expect(versions[0].lines).toHaveLength(2)
  })

  test('of an order with a discount takes nothing off what was shipped, and says so', async () => {
    const lines = [lineOf('1', '100'), lineOf('1', '100')]
    const order = await confirmedOrder(tenant, rep, customer.id, { lines, discount: { amount: cny('10.00') } })
    const [shipped, other] = order.lines
    await shipmentOf(tenant, rep, { customerId: customer.id, lines: [{ orderLine: shipped.id, quantity: '1' }], dispatch: true })
    const amend = (lines: object[], more: object = {}) =>
      call(`/v1/orders/${order.id}/amend`, {
        body: { reason: '减', lines: lines.map((line) => ({ description: 'x', quantity: '1', ...line })), ...more },
      })

    const without = await amend([{ id: other.id, unitPrice: '4' }])
    const alone = await amend([{ id: shipped.id }])

    expect(without).toMatchObject({ status: 409, body: { code: 'order.below-shipped', errors: [{ pointer: '/lines' }] } })
    expect(alone).toMatchObject({ status: 422, body: { code: 'document.discount-too-large', errors: [{ pointer: '/discount/amount' }] } })
    expect(alone.body.errors[0].message).toMatch(/shipped keeps its price.* 5\.00 CNY/)
    expect((await amend([{ id: shipped.id }], { discount: { amount: cny('5.00') } })).body).toMatchObject({ total: cny('95.00') })
  })

  test('to a price below what was shipped says so, whatever the discount leaves', async () => {
    const order = await confirmedOrder(tenant, rep, customer.id, { lines: [lineOf('2', '100')], discount: { amount: cny('10.00') } })
    const [line] = order.lines
    await shipmentOf(tenant, rep, { customerId: customer.id, lines: [{ orderLine: line.id, quantity: '1' }], dispatch: true })

    const cheaper = await call(`/v1/orders/${order.id}/amend`, {
      body: { reason: '降价', lines: [{ id: line.id, quantity: '2', unitPrice: '4' }] },
    })

    expect(cheaper).toMatchObject({ status: 409, body: { code: 'order.below-shipped', errors: [{ pointer: '/lines/0/unitPrice' }] } })
  })

  test('wants a running order and a reason', async () => {
    const draft = await orderOf(tenant, rep, customer.id)

    expect(await call(`/v1/orders/${draft.id}/amend`, { body: { reason: 'x', deliverOn: day(1) } })).toMatchObject({
      status: 409,
      body: { code: 'order.state' },
    })
    expect((await call(`/v1/orders/${draft.id}/amend`, { body: { deliverOn: day(1) } })).status).toBe(422)
  })
})

test('cancelled and closed orders give their credit back, and end', async () => {
  const [one, other] = [await confirmedOrder(tenant, rep, customer.id), await confirmedOrder(tenant, rep, customer.id)]

  const cancelled = await call(`/v1/orders/${one.id}/cancel`, { body: { reason: '客户取消' } })
  const closed = await call(`/v1/orders/${other.id}/close`, { body: {} })

  expect([cancelled.body.status, closed.body.status]).toEqual(['cancelled', 'closed'])
  expect(await call(`/v1/orders/${one.id}/close`, { body: {} })).toMatchObject({ status: 409, body: { code: 'order.state' } })
})

test('of a confirmed order only what binds nobody is changed by patch, and it is not deleted', async () => {
  const order = await confirmedOrder(tenant, rep, customer.id)
  const patch = (body: object) => call(`/v1/orders/${order.id}`, { method: 'PATCH', body })

  expect(await patch({ customerPo: 'PO-9', contract: { number: 'HT-1' } })).toMatchObject({ status: 200, body: { customerPo: 'PO-9' } })
  expect(await patch({ orderedOn: day(-1) })).toMatchObject({ status: 409, body: { code: 'order.confirmed' } })
  expect(await call(`/v1/orders/${order.id}`, { method: 'DELETE' })).toMatchObject({ status: 409, body: { code: 'order.state' } })
})

describe('lists', () => {
  test('show orders by day, by state, customer, number, purchase order and own key, without their lines', async () => {
    const { id } = await customerOf(tenant, rep, { name: '列表客户' })
    const draft = await orderOf(tenant, rep, id, { orderedOn: day(-30), customerPo: 'po-77', externalId: 'list-1' })
    const sold = await confirmedOrder(tenant, rep, id, { orderedOn: day(-29) })
    const list = async (query: string) => (await call(`/v1/orders?${query}`)).body.data.map((row: { id: string }) => row.id)

    expect(await list(`filter[orderedOn][between]=${day(-30)},${day(-29)}`)).toEqual([sold.id, draft.id])
    expect(await list(`filter[status]=confirmed&filter[orderedOn][lte]=${day(-29)}`)).toEqual([sold.id])
    expect(await list(`filter[customerId]=${id}`)).toEqual([sold.id, draft.id])
    expect(await list(`filter[number]=${draft.number}`)).toEqual([draft.id])
    expect(await list('filter[customerPo]=PO-77')).toEqual([draft.id])
    expect(await list('filter[externalId]=list-1')).toEqual([draft.id])
    expect((await call('/v1/orders?limit=1')).body.data[0].lines).toBeUndefined()
    expect((await call(`/v1/customers/${id}/orders`)).body.data).toHaveLength(2)
    expect(await salesAs(tenant, manager)(`/v1/orders/${draft.id}`)).toMatchObject({ status: 404 })
  })
})
