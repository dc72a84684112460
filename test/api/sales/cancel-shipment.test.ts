import { expect, test } from 'vitest'
import { handler as openReceivables } from '../../../functions/consumers/finance/open-receivables-on-shipment-dispatched.ts'
import { handler as openSigned } from '../../../functions/consumers/finance/open-receivables-on-shipment-signed.ts'
import { deliver } from '../../support/deliver.ts'
import { financeAs } from '../../support/finance.ts'
import { customerOf } from '../../support/parties.ts'
import { confirmedOrder, lineOf, salesAs, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant({ currency: 'CNY' })
const rep = await tenant.user('rep')
const call = salesAs(tenant, rep)
const customer = await customerOf(tenant, rep, { name: '取消出货客户' })
const opened = async () => deliver(await tenant.as(tenant.admin), openReceivables, ['shipment.dispatched'])

test('a shipment that is cancelled gives its goods back to the order, which can ship them again', async () => {
  const order = await confirmedOrder(tenant, rep, customer.id)
  const lines = [{ orderLine: order.lines[0].id, quantity: '100' }, lineOf('1', '5')]
  const shipment = await shipmentOf(tenant, rep, { customerId: customer.id, lines, dispatch: true })
  await opened()

  const cancelled = await call(`/v1/shipments/${shipment.id}/cancel`, { body: { reason: '录入错误' } })
  const after = (await call(`/v1/orders/${order.id}`)).body
  const again = await call('/v1/shipments', { body: { customerId: customer.id, lines: lines.slice(0, 1), dispatch: true } })

  expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled', cancelledOn: expect.any(String) } })
  expect(after).toMatchObject({ status: 'confirmed', lines: [{ shipped: '0', open: '100' }, { open: '3' }] })
  expect(again.status).toBe(201)
  expect(await call(`/v1/shipments/${shipment.id}/cancel`, { body: {} })).toMatchObject({ status: 409, body: { code: 'shipment.state' } })
})

test('one of which something came back is not cancelled', async () => {
  const shipment = await shipmentOf(tenant, rep, { customerId: customer.id, lines: [lineOf('10', '5')], dispatch: true })
  await opened()
  await call(`/v1/shipments/${shipment.id}/return`, { body: { mode: 'refund', lines: [{ line: shipment.lines[0].id, quantity: '1' }] } })

  expect(await call(`/v1/shipments/${shipment.id}/cancel`, { body: {} })).toMatchObject({
    status: 409,
    body: { code: 'shipment.returned' },
  })
})

test.each([
  ['by its terms', { paymentTerms: { kind: 'days', from: 'signed', days: 45 } }],
  ['by an instalment', { instalments: [{ percent: '100', trigger: 'signed', days: 30 }] }],
])('one that is owed %s once it is signed for is cancelled before as well as after', async (_how, agreed) => {
  const order = await confirmedOrder(tenant, rep, customer.id, agreed)
  const lines = [{ orderLine: order.lines[0].id, quantity: '100' }]
  const shipped = () => shipmentOf(tenant, rep, { customerId: customer.id, lines, dispatch: true })
  const receivable = async () => (await financeAs(tenant, tenant.admin)(`/v1/customers/${customer.id}/credit`)).body.receivable
  const before = await receivable()

  const unsigned = await call(`/v1/shipments/${(await shipped()).id}/cancel`, { body: {} })
  const { id, shippedOn } = await shipped()
  await call(`/v1/shipments/${id}/sign-off`, { body: { signedOn: shippedOn, signedBy: '李四' } })
  await deliver(await tenant.as(tenant.admin), openSigned, ['shipment.signed'])
  const owed = await receivable()
  const signed = await call(`/v1/shipments/${id}/cancel`, { body: {} })

  expect(unsigned).toMatchObject({ status: 200, body: { status: 'cancelled' } })
  expect(signed).toMatchObject({ status: 200, body: { status: 'cancelled' } })
  expect(Number(owed.amount) - Number(before.amount)).toBe(1250)
  expect(await receivable()).toEqual(before)
})
