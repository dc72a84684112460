import { expect, test } from 'vitest'
import type { Call } from '../../support/api.ts'
import { customerOf, day } from '../../support/parties.ts'
import { lineOf, salesAs } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant({ currency: 'CNY' })
const rep = await tenant.user('rep')
const call = salesAs(tenant, rep)
const customer = await customerOf(tenant, rep, { name: '报价转单客户' })
const cny = (amount: string) => ({ amount, currency: 'CNY' })

/** A quote that the customer accepted. */
async function acceptedQuote(more: object = {}) {
  const fields = {
    customerId: customer.id,
    validUntil: day(10),
    lines: [lineOf('100', '12.5', { discountPercent: '4' }), lineOf('3', '9.99')],
    ...more,
  }
  const { body } = await call('/v1/quotes', { body: fields })
  await call(`/v1/quotes/${body.id}/send`, { body: { channel: 'paper' } })
  return (await call(`/v1/quotes/${body.id}/accept`, { body: { by: { name: '王小姐' } } })).body
}
const orderFrom: (quoteId: string, more?: object) => ReturnType<Call> = (quoteId, more = {}) =>
  call('/v1/orders', { body: { customerId: customer.id, quoteId, ...more } })

test('an order of a quote is what was quoted', async () => {
  const quote = await acceptedQuote({ discount: { amount: cny('9.97') } })

  const { status, body } = await orderFrom(quote.id)

  expect({ status, total: body.total, quoteId: body.quoteId }).toEqual({ status: 201, total: quote.total, quoteId: quote.id })
  expect(body.lines).toMatchObject([
    { quoteLine: quote.lines[0].id, quantity: '100', unitPrice: '12.5', discountPercent: '4' },
    { quantity: '3' },
  ])
})

test('orders take parts of it, together never above what was quoted; what is cancelled can be ordered again', async () => {
  const quote = await acceptedQuote()
  const part = (quantity: string) => orderFrom(quote.id, { lines: [{ quoteLine: quote.lines[0].id, quantity }] })

  const first = await part('60')
  const tooMuch = await part('40.5')
  const changed = await call(`/v1/orders/${first.body.id}`, {
    method: 'PATCH',
    body: { lines: [{ id: first.body.lines[0].id, description: '连接器', quantity: '30' }] },
  })
  const second = await part('70')
  await call(`/v1/orders/${second.body.id}/confirm`, { body: {} })
  await call(`/v1/orders/${second.body.id}/cancel`, { body: {} })
  const third = await part('70')

  expect([first.status, changed.status, second.status, third.status]).toEqual([201, 200, 201, 201])
  expect(tooMuch).toMatchObject({ status: 409, body: { code: 'quote.over-ordered' } })
  expect(await part('0.1')).toMatchObject({ status: 409, body: { code: 'quote.over-ordered' } })
})

test('orders of all parts of a quote together take its discount to the cent', async () => {
  const lines = [lineOf('3', '100'), lineOf('3', '50')]
  const quote = await acceptedQuote({ lines, discount: { amount: cny('0.10') } })
  const part = (i: number, quantity: string) => orderFrom(quote.id, { lines: [{ quoteLine: quote.lines[i].id, quantity }] })

  const orders = [await part(0, '1'), await part(1, '1'), await part(0, '1'), await part(1, '1'), await orderFrom(quote.id)]

  const totals = orders.map(({ body }) => Math.round(Number(body.total.amount) * 100))
  expect(totals.reduce((sum, total) => sum + total, 0)).toBe(Number(quote.total.amount) * 100)
})

test('what was not shipped goes back to the quote when the order is closed', async () => {
  const quote = await acceptedQuote()
  const { body: order } = await orderFrom(quote.id)
  await call(`/v1/orders/${order.id}/confirm`, { body: {} })
  const lines = [{ orderLine: order.lines[0].id, quantity: '25' }]
  await call('/v1/shipments', { body: { customerId: customer.id, lines, dispatch: true } })
  await call(`/v1/orders/${order.id}/close`, { body: {} })

  const again = await orderFrom(quote.id)

  expect(again.body.lines.map(({ quantity }: { quantity: string }) => quantity)).toEqual(['75', '3'])
})

test('a draft of a quote, a foreign line and another currency are refused', async () => {
  const { body: draft } = await call('/v1/quotes', { body: { customerId: customer.id, validUntil: day(10), lines: [lineOf('1', '1')] } })
  const quote = await acceptedQuote()

  expect(await orderFrom(draft.id)).toMatchObject({ status: 409, body: { code: 'quote.not-accepted' } })
  expect(await orderFrom(quote.id, { lines: [{ quoteLine: draft.lines[0].id, quantity: '1' }] })).toMatchObject({ status: 422 })
  expect(await orderFrom(quote.id, { currency: 'USD', exchangeRate: '7' })).toMatchObject({ body: { code: 'document.currency-mismatch' } })
  expect(
    await call('/v1/orders', { body: { customerId: customer.id, lines: [{ quoteLine: quote.lines[0].id, quantity: '1' }] } }),
  ).toMatchObject({
    status: 422,
    body: { code: 'order.quote-missing' },
  })
})
