import { expect, test } from 'vitest'
import { orderViewOf } from '../../../domain/sales/order/order-view.ts'
import { shipmentViewOf } from '../../../domain/sales/shipment/shipment-view.ts'
import { customerOf, day } from '../../support/parties.ts'
import { confirmedOrder, lineOf, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant({ currency: 'CNY' })
const rep = await tenant.user('rep', { name: '李雷' })
const ctx = await tenant.as(rep)
const customer = await customerOf(tenant, rep, { name: '送货单客户', paymentTerms: { kind: 'days', from: 'shipment', days: 30 } })
const more = {
  customerPo: 'PO-88123',
  deliverOn: day(5),
  deliverTo: { contact: '仓库陈师傅', province: '江苏省', city: '昆山市', line: '前进路 9 号' },
  lines: [lineOf('100', '12.5', { model: 'BTB-0.5-40P' }), lineOf('3', '9.99')],
}

test('what stands on an order and on its delivery note is what was agreed and what left', async () => {
  const order = await confirmedOrder(tenant, rep, customer.id, more)
  const lines = [{ orderLine: order.lines[0].id, quantity: '40' }]
  const shipment = await shipmentOf(tenant, rep, { customerId: customer.id, lines, carrier: '顺丰速运', dispatch: true })

  const { view: onOrder } = await orderViewOf(ctx, order.id)
  const { view: onNote } = await shipmentViewOf(ctx, shipment.id)

  expect(onOrder).toMatchObject({
    kind: 'order',
    number: order.number,
    customer: { name: '送货单客户' },
    contactPerson: { name: '李雷' },
    customerPo: 'PO-88123',
    deliverTo: { name: '送货单客户', contact: '仓库陈师傅', address: '江苏省昆山市前进路 9 号' },
    totals: { total: '1279.97' },
    paymentTerms: { kind: 'days', days: 30 },
  })
  expect(onNote).toMatchObject({
    kind: 'delivery-note',
    number: shipment.number,
    date: day(),
    carrier: '顺丰速运',
    orderNumbers: [order.number],
    deliverTo: { address: '江苏省昆山市前进路 9 号' },
    lines: [{ quantity: '40', amount: '500.00', model: 'BTB-0.5-40P', orderNumber: order.number, customerPo: 'PO-88123' }],
    totals: { total: '500.00' },
  })
  expect(JSON.stringify([onOrder, onNote])).not.toMatch(/unitCost|lin_/)
})
