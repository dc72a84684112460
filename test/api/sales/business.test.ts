import { expect, test } from 'vitest'
import { measure } from '../../../domain/store/capacity.ts'
import { handler as openOnDispatched } from '../../../functions/consumers/finance/open-receivables-on-shipment-dispatched.ts'
import { callAs } from '../../support/api.ts'
import { httpEvent } from '../../support/call.ts'
import { deliver } from '../../support/deliver.ts'
import { cny } from '../../support/finance.ts'
import { customerOf, day } from '../../support/parties.ts'
import { confirmedOrder, lineOf, orderOf, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

test('the summary of a customer shows its latest business and what it owes today, in few calls, to those who may read it', async () => {
  const tenant = await newTenant({ currency: 'CNY' })
  const rep = await tenant.user('rep')
  const call = callAs(tenant.id, rep)
  const customer = await customerOf(tenant, rep, { paymentTerms: { kind: 'days', from: 'shipment', days: 30 } })
  const path = `/v1/customers/${customer.id}/summary`
  const before = (await call(path)).body
  const first = (await call('/v1/quotes', { body: { customerId: customer.id, lines: [lineOf('1', '5')] } })).body
  await call(`/v1/quotes/${first.id}/send`, { body: { channel: 'paper' } })
  const second = (await call(`/v1/quotes/${first.id}/revise`, { method: 'POST' })).body
  const sold = await confirmedOrder(tenant, rep, customer.id, { lines: [lineOf('100', '11.3')] })
  for (let i = 0; i < 5; i++) await orderOf(tenant, rep, customer.id)
  const note = { customerId: customer.id, shippedOn: day(-40), lines: [{ orderLine: sold.lines[0].id, quantity: '40' }], dispatch: true }
  const shipment = await shipmentOf(tenant, rep, note)
  await deliver(await tenant.as(tenant.admin), openOnDispatched, ['shipment.dispatched'])
  const receive = (amount: string, receivedOn: string) =>
    callAs(tenant.id, tenant.admin)('/v1/receipts', {
      body: { customerId: customer.id, receivedOn, amount: cny(amount), method: 'bank', allocate: 'oldest-first' },
    })
  const paid = (await receive('52', day(-1))).body
  await receive('100', day(-9))

  const { result, spent } = await measure(() => call(path))
  const { quotes, orders, shipments, money } = result.body
  const service = (await callAs(tenant.id, await tenant.user('service'))(path)).body
  const other = await callAs(tenant.id, await tenant.user('rep'))(path)

  expect(before).toMatchObject({ quotes: { data: [], more: false }, orders: { data: [] }, money: { exposure: cny(0), lastReceipt: null } })
  expect(quotes).toMatchObject({ data: [{ id: second.id, revision: 2, status: 'draft' }], more: false })
  expect([orders.data.length, orders.more, orders.data[0].status]).toEqual([5, true, 'draft'])
  expect(shipments).toMatchObject({ data: [{ id: shipment.id, total: cny(452) }], more: false })
  expect(money).toMatchObject({
    ordered: cny(678),
    receivable: cny(300),
    exposure: cny(978),
    overdue: { amount: cny(300), count: 1, oldestDays: 10 },
    lastReceipt: { id: paid.id, receivedOn: day(-1), amount: cny(52) },
  })
  expect(service).toMatchObject({ orders: { data: expect.any(Array) }, money: null })
  expect(other.status).toBe(404)
  expect([spent.calls, spent.readUnits, spent.writeUnits]).toEqual([7, 5, 0])
})

test('an API key sees of the business only what its scopes reach', async () => {
  const tenant = await newTenant()
  const customer = await customerOf(tenant, tenant.admin)
  const { api } = await import('../../support/api.ts')
  const event = httpEvent(tenant.id, tenant.admin, `/v1/customers/${customer.id}/summary`)
  const { id, roles } = tenant.admin
  const caller = {
    tenantId: tenant.id,
    kind: 'key',
    id: 'key_1',
    userId: id,
    roles,
    scopes: ['customers.read', 'orders.read', 'credit.read'],
  }
  event.requestContext.authorizer = { lambda: { recognised: JSON.stringify({ outcome: 'ok', caller }) } }

  const { body } = await (api as unknown as (event: unknown, context: object) => Promise<{ body: string }>)(event, {})

  expect(JSON.parse(body)).toMatchObject({ quotes: null, shipments: null, orders: { data: [] }, money: { lastReceipt: null } })
})
