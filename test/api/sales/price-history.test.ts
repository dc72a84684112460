import { expect, test } from 'vitest'
import { handler as recordPrices } from '../../../functions/consumers/sales/record-prices-on-price-agreed.ts'
import { deliver } from '../../support/deliver.ts'
import { customerOf, day } from '../../support/parties.ts'
import { confirmedOrder, productOf, salesAs } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

test('a customer has a history of prices, newest first, of all products or of one, by day', async () => {
  const tenant = await newTenant()
  const { admin } = tenant
  const call = salesAs(tenant, admin)
  const { id: customerId } = await customerOf(tenant, admin)
  const [a, b] = [await productOf(tenant), await productOf(tenant, { sku: 'B', name: '电容', unit: '只' })]
  const lines = (unitPrice: string) => [
    { productId: a.id, quantity: 5, unitPrice, discountPercent: 50 },
    { productId: b.id, quantity: 7, unitPrice },
  ]
  const quote = (await call('/v1/quotes', { body: { customerId, lines: lines('2') } })).body
  await call(`/v1/quotes/${quote.id}/send`, { body: { channel: 'link' } })
  await call(`/v1/quotes/${quote.id}/accept`, { body: {} })
  const order = await confirmedOrder(tenant, admin, customerId, { orderedOn: day(-10), lines: lines('3') })
  await call('/v1/shipments', {
    body: { customerId, dispatch: true, shippedOn: day(-1), lines: [{ productId: a.id, quantity: 1, unitPrice: '4' }] },
  })
  await deliver(
    await tenant.as(admin),
    recordPrices,
    ['quote.sent', 'quote.accepted', 'order.confirmed', 'shipment.dispatched'],
    (bodies) => [...bodies, ...bodies],
  )
  const at = `/v1/customers/${customerId}/price-history`
  const shown = (answer: { body: { data: { on: string; unitPrice: string; source: { kind: string } }[] } }) =>
    answer.body.data.map(({ on, unitPrice, source }) => [on, unitPrice, source.kind])

  const all = await call(`${at}?limit=4`)
  const rest = await call(`${at}?limit=4&cursor=${all.body.page.next}`)
  const ofOne = await call(`${at}?filter[productId]=${a.id}`)
  const early = await call(`${at}?filter[on][lt]=${day(-1)}&sort=on`)
  const stranger = await salesAs(tenant, await tenant.user('rep'))(at)

  expect(all.body.data).toHaveLength(4)
  expect(rest.body.data).toHaveLength(3)
  expect(shown(ofOne)).toEqual([
    [day(), '1', 'quote-sent'],
    [day(), '1', 'quote-accepted'],
    [day(-1), '4', 'shipment'],
    [day(-10), '1.5', 'order'],
  ])
  expect(early.body.data.map(({ productId }: { productId: string }) => productId)).toEqual([a.id, b.id])
  expect(early.body.data[1]).toMatchObject({
    ...{ description: '电容', unit: '只', quantity: '7', unitPrice: '3', currency: 'CNY', pricesIncludeTax: true, taxRate: '13' },
    source: { kind: 'order', id: order.id, number: order.number, lineId: order.lines[1].id },
  })
  expect(stranger.status).toBe(404)
})

test('what an amendment agrees on is the last agreed price', async () => {
  const tenant = await newTenant()
  const call = salesAs(tenant, tenant.admin)
  const { id: customerId } = await customerOf(tenant, tenant.admin)
  const { id: productId } = await productOf(tenant)
  const order = await confirmedOrder(tenant, tenant.admin, customerId, { lines: [{ productId, quantity: 5, unitPrice: '3' }] })
  const record = async () => deliver(await tenant.as(tenant.admin), recordPrices, ['order.confirmed', 'order.amended'])
  await record()
  const lines = [{ id: order.lines[0].id, productId, quantity: 5, unitPrice: '2.8' }]
  await call(`/v1/orders/${order.id}/amend`, { body: { reason: '议价', lines } })

  await record()
  const { body } = await call('/v1/quotes', { body: { customerId, lines: [{ productId, quantity: 1 }] } })

  expect(body.lines[0].unitPrice).toBe('2.8')
  expect((await call(`/v1/customers/${customerId}/price-history`)).body.data).toMatchObject([{ unitPrice: '2.8' }])
})
