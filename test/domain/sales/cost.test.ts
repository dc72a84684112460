import { expect, test } from 'vitest'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { createOrder, getOrder } from '../../../domain/sales/order/change-order.ts'
import { confirmOrder } from '../../../domain/sales/order/confirm-order.ts'
import { listOrders } from '../../../domain/sales/order/list-orders.ts'
import { createShipment } from '../../../domain/sales/shipment/change-shipment.ts'
import { dispatchShipment } from '../../../domain/sales/shipment/dispatch-shipment.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { firmName } from '../../support/firm-names.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant({ currency: 'CNY' })
const ctx = await tenant.as(tenant.admin)
const customer = await createCustomer(ctx, { name: firmName(), paymentTerms: { kind: 'days', from: 'shipment', days: 30 } })
const line = { description: '板对板连接器', model: 'BTB-0.5-40P', unit: '只', quantity: '100', unitPrice: '12.5', taxRate: '13' as const }
const lines = Array(5).fill(line)

test('an order of five lines is confirmed and shipped at its share of P6: three calls, 90 WRU with what finance writes', async () => {
  const created = await measure(() => createOrder(ctx, { customerId: customer.id, lines }))
  const confirmed = await measure(() => confirmOrder(ctx, { id: created.result.id }))
  const parts = confirmed.result.lines.map(({ id }) => ({ orderLine: id, quantity: '100' }))
  const drafted = await measure(() => createShipment(ctx, { customerId: customer.id, lines: parts }))
  const dispatched = await measure(() => dispatchShipment(ctx, { id: drafted.result.id }))

  const spent = [created, confirmed, drafted, dispatched].map(({ spent: { writeUnits, calls } }) => ({ writeUnits, calls }))

  expect(spent).toEqual([
    { writeUnits: 15, calls: 3 },
    { writeUnits: 12, calls: 2 },
    { writeUnits: 17, calls: 3 },
    { writeUnits: 16, calls: 3 },
  ])
})

test('an order is read in one call, and a list of them without their lines', async () => {
  const { id } = await createOrder(ctx, { customerId: customer.id, lines })

  const one = await measure(() => getOrder(ctx, { id }))
  const list = await measure(() => listOrders(ctx, { limit: 25, sort: '-orderedOn', filter: {} }))

  expect(one.spent).toMatchObject({ calls: 1, readUnits: 1.5 })
  expect(list.spent.byCommand).toEqual({ QueryCommand: 3, BatchGetItemCommand: 1 })
})
