import { describe, expect, test } from 'vitest'
import { callAs } from '../../support/api.ts'
import { customerOf, day } from '../../support/parties.ts'
import { confirmedOrder, eventsOf, lineOf, orderOf, salesAs, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant({ currency: 'CNY', overDeliveryPercent: 10 })
const rep = await tenant.user('rep')
const ctx = await tenant.as(rep)
const call = salesAs(tenant, rep)
const customer = await customerOf(tenant, rep, { name: '出货客户', paymentTerms: { kind: 'days', from: 'shipment', days: 30 } })
const cny = (amount: string) => ({ amount, currency: 'CNY' })
const order = async (id: string) => (await call(`/v1/orders/${id}`)).body
const ship = (lines: object[], more: object = {}) =>
  call('/v1/shipments', { body: { customerId: customer.id, lines, dispatch: true, ...more } })

/** The openings of all shipments of an order. */
async function openingsOf(orderId: string) {
  const events = await eventsOf(ctx, customer.id, 'shipment.dispatched')
  const all = events.flatMap((event) => event.data.openings as { of: string; amount: number; base: number; isLast: boolean }[])
  return all.filter(({ of }) => of === orderId)
}

describe('a shipment of an order', () => {
  test('is drafted, dispatched and signed for; the order follows', async () => {
    const sold = await confirmedOrder(tenant, rep, customer.id)
    const draft = await shipmentOf(tenant, rep, { customerId: customer.id, lines: [{ orderLine: sold.lines[0].id, quantity: '40' }] })

    const left = await call(`/v1/shipments/${draft.id}/dispatch`, { body: {} })
    const after = await order(sold.id)
    const signed = await call(`/v1/shipments/${draft.id}/sign-off`, { body: { signedOn: day(), signedBy: '王小姐' } })

    expect(draft).toMatchObject({ status: 'draft', total: cny('500.00'), currency: 'CNY' })
    expect(draft.number).toMatch(/^DN\d{6}-\d{4}$/)
    expect(draft.lines[0]).toMatchObject({ orderLine: sold.lines[0].id, orderId: sold.id, description: '连接器', unitPrice: '12.5' })
    expect(left).toMatchObject({ status: 200, body: { status: 'dispatched', total: cny('500.00'), salesRepId: rep.id } })
    expect(after).toMatchObject({
      status: 'partly-shipped',
      lines: [
        { shipped: '40', open: '60' },
        { shipped: '0', open: '3' },
      ],
    })
    expect(signed.body).toMatchObject({ status: 'signed', signedOn: day(), signedBy: '王小姐' })
    expect(await call(`/v1/shipments/${draft.id}/dispatch`, { body: {} })).toMatchObject({ status: 409, body: { code: 'shipment.state' } })
  })

  test('is signed for with the picture of the note: a file of that customer, uploaded whole', async () => {
    const { id } = await shipmentOf(tenant, rep, { customerId: customer.id, lines: [lineOf('1', '1')], dispatch: true })
    const platform = callAs(tenant.id, rep)
    const fileOn = async (customerId: string) => {
      const body = { name: 'note.png', contentType: 'image/png', size: 11, on: { type: 'customer', id: customerId } }
      return (await platform('/v1/files', { body })).body.id as string
    }
    const [theirs, other] = [await fileOn(customer.id), await fileOn((await customerOf(tenant, rep)).id)]
    const sign = (fileId: string) => call(`/v1/shipments/${id}/sign-off`, { body: { signedOn: day(), signedBy: '王小姐', fileId } })

    const refused = [await sign(theirs), await sign(other), await sign(theirs.slice(0, -1) + (theirs.endsWith('0') ? '1' : '0'))]
    await platform(`/v1/files/${theirs}/complete`, { method: 'POST' })
    await platform(`/v1/files/${other}/complete`, { method: 'POST' })
    const foreign = await sign(other)
    const signed = await sign(theirs)

    for (const answer of [...refused, foreign])
      expect([answer.status, answer.body.code, answer.body.errors[0].pointer]).toEqual([404, 'file.not-found', '/fileId'])
    expect([signed.status, signed.body.status, signed.body.signOffFileId]).toEqual([200, 'signed', theirs])
  })

  test('comes with the others to the total of the order, however it is split', async () => {
    const sold = await confirmedOrder(tenant, rep, customer.id, { lines: [lineOf('3', '3.335'), lineOf('7', '1.001')] })
    const [one, two] = sold.lines
    for (const part of [
      [1, 2],
      [1, 2],
      [1, 3],
    ])
      await ship([
        { orderLine: one.id, quantity: part[0] },
        { orderLine: two.id, quantity: part[1] },
      ])

    const openings = await openingsOf(sold.id)

    expect((await order(sold.id)).status).toBe('shipped')
    expect(openings.map(({ isLast }) => isLast)).toEqual([false, false, true])
    expect(openings.reduce((sum, { amount }) => sum + amount, 0)).toBe(Math.round(Number(sold.total.amount) * 100))
  })

  test('takes at most what is left and the firm allows above it', async () => {
    const { id, lines } = await confirmedOrder(tenant, rep, customer.id)
    const orderLine = lines[0].id

    const tooMuch = await ship([{ orderLine, quantity: '110.000001' }])
    const above = await ship([{ orderLine, quantity: '110' }])
    const more = await ship([{ orderLine, quantity: '0.000001' }])

    expect(tooMuch).toMatchObject({ status: 409, body: { code: 'shipment.more-than-left', errors: [{ pointer: '/lines/0/quantity' }] } })
    expect(above.body).toMatchObject({ total: cny('1375.00') })
    expect(more).toMatchObject({ status: 409, body: { code: 'shipment.more-than-left' } })
    expect((await order(id)).lines[0]).toMatchObject({ shipped: '110', open: '0' })
  })

  test('takes lines of several orders of the customer, and of no other', async () => {
    const [a, b] = [await confirmedOrder(tenant, rep, customer.id), await confirmedOrder(tenant, rep, customer.id)]
    const other = await customerOf(tenant, rep, { name: '别家公司' })
    const theirs = await confirmedOrder(tenant, rep, other.id)

    const both = await ship([a, b].map(({ lines }) => ({ orderLine: lines[0].id, quantity: '100' })))
    const foreign = await ship([{ orderLine: theirs.lines[0].id, quantity: '1' }])

    expect(both.body).toMatchObject({ total: cny('2500.00') })
    expect(await Promise.all([a, b].map(async ({ id }) => (await openingsOf(id)).map(({ amount }) => amount)))).toEqual([
      [125_000],
      [125_000],
    ])
    expect(foreign).toMatchObject({ status: 404, body: { code: 'order-line.not-found' } })
  })

  test('waits for an order to be confirmed, and comes too late when it has ended', async () => {
    const draft = await orderOf(tenant, rep, customer.id)
    const closed = await confirmedOrder(tenant, rep, customer.id)
    await call(`/v1/orders/${closed.id}/close`, { body: {} })

    for (const { lines } of [draft, closed])
      expect(await ship([{ orderLine: lines[0].id, quantity: '1' }])).toMatchObject({ status: 409, body: { code: 'order.state' } })
  })

  test('of instalments opens each by its share, and the rest when the last of it leaves', async () => {
    const instalments = [
      { percent: '30', trigger: 'confirm' },
      { percent: '60', trigger: 'dispatch', days: 30 },
      { percent: '10', trigger: 'signed' },
    ]
    const sold = await confirmedOrder(tenant, rep, customer.id, { lines: [lineOf('3', '33.33')], instalments })
    const [line] = sold.lines
    const first = (await ship([{ orderLine: line.id, quantity: '1' }])).body
    await ship([{ orderLine: line.id, quantity: '2' }])
    await call(`/v1/shipments/${first.id}/sign-off`, { body: { signedOn: day(), signedBy: '李雷' } })

    const [confirmed] = (await eventsOf(ctx, customer.id, 'order.confirmed')).filter((event) => event.subject.id === sold.id)
    const shipped = (await eventsOf(ctx, customer.id, 'shipment.dispatched')).slice(-2).map(({ data }) => data)
    const signed = (await eventsOf(ctx, customer.id, 'shipment.signed')).at(-1)!.data
    const amounts = (list: unknown) =>
      (list as { amount: number; instalment: number }[]).map(({ instalment, amount }) => [instalment, amount])

    expect(amounts(confirmed!.data.openings)).toEqual([[1, 3000]])
    expect(shipped.map(({ openings, waiting }) => [amounts(openings), amounts(waiting)])).toEqual([
      [[[2, 2000]], [[3, 333]]],
      [[[2, 3999]], [[3, 667]]],
    ])
    expect(amounts(signed.openings)).toEqual([[3, 333]])
  })
})

describe('a direct shipment', () => {
  test('has its own prices and terms', async () => {
    const { status, body } = await ship([lineOf('10', '5'), { description: '赠品', quantity: 1, unitPrice: 0 }])

    expect({ status, total: body.total, paymentTerms: body.paymentTerms }).toEqual({
      status: 201,
      total: cny('50.00'),
      paymentTerms: { kind: 'days', from: 'shipment', days: 30 },
    })
    expect(await openingsOf(body.id)).toMatchObject([{ amount: 5000, base: 5000, isLast: true }])
  })

  test('is refused above the credit limit where the firm blocks that', async () => {
    const firm = await newTenant({ currency: 'CNY', creditPolicy: 'block' })
    const { id } = await customerOf(firm, firm.admin, { name: '限额', creditLimit: cny('10.00') })
    const body = { customerId: id, lines: [lineOf('10', '5')], dispatch: true }

    expect(await salesAs(firm, firm.admin)('/v1/shipments', { body })).toMatchObject({ status: 409, body: { code: 'credit.over-limit' } })
  })
})

describe('goods that come back', () => {
  test('are credited at the shipped price, and with replace are to be shipped again', async () => {
    const sold = await confirmedOrder(tenant, rep, customer.id)
    const left = (await ship(sold.lines.map(({ id, quantity }: { id: string; quantity: string }) => ({ orderLine: id, quantity })))).body
    const back = (body: object) => call(`/v1/shipments/${left.id}/return`, { body })

    const refund = await back({ lines: [{ line: left.lines[0].id, quantity: '10' }], mode: 'refund', reason: '外观不良' })
    const replaced = await back({ lines: [{ line: left.lines[0].id, quantity: '20' }], mode: 'replace' })
    const reopened = await order(sold.id)
    const again = await ship([{ orderLine: sold.lines[0].id, quantity: '20' }])
    const tooMuch = await back({ lines: [{ line: left.lines[0].id, quantity: '70.5' }], mode: 'refund' })

    expect(refund.body.returns).toMatchObject([{ mode: 'refund', amount: cny('125.00'), reason: '外观不良' }])
    expect(replaced.body.lines[0]).toMatchObject({ returned: '30' })
    expect(reopened).toMatchObject({ status: 'partly-shipped', lines: [{ open: '20', shipped: '80' }, { open: '0' }] })
    expect(again.body).toMatchObject({ total: cny('250.00') })
    expect((await order(sold.id)).status).toBe('shipped')
    expect(tooMuch).toMatchObject({ status: 409, body: { code: 'shipment.more-than-shipped' } })
  })
})

test('of a shipment that left only what its note does not say is changed', async () => {
  const left = (await ship([lineOf('1', '5')])).body
  const patch = (body: object) => call(`/v1/shipments/${left.id}`, { method: 'PATCH', body })

  expect(await patch({ trackingNumber: 'SF1' })).toMatchObject({ status: 200, body: { trackingNumber: 'SF1' } })
  expect(await patch({ shippedOn: day(-1) })).toMatchObject({ status: 409, body: { code: 'shipment.dispatched' } })
  expect(await call(`/v1/shipments/${left.id}`, { method: 'DELETE' })).toMatchObject({ status: 409, body: { code: 'shipment.state' } })
})

test('lists show shipments by day, state, customer and number', async () => {
  const { id } = await customerOf(tenant, rep, { name: '列表客户' })
  const lines = [lineOf('1', '5')]
  const draft = await shipmentOf(tenant, rep, { customerId: id, lines, shippedOn: day(-40) })
  const left = await shipmentOf(tenant, rep, { customerId: id, lines, shippedOn: day(-39), dispatch: true })
  const list = async (query: string) => (await call(`/v1/shipments?${query}`)).body.data.map((row: { id: string }) => row.id)

  expect(await list(`filter[shippedOn][lte]=${day(-39)}`)).toEqual([left.id, draft.id])
  expect(await list(`filter[status]=draft&filter[shippedOn][lte]=${day(-39)}`)).toEqual([draft.id])
  expect(await list(`filter[customerId]=${id}`)).toEqual([left.id, draft.id])
  expect(await list(`filter[number]=${left.number}`)).toEqual([left.id])
})
