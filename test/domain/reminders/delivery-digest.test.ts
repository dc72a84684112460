import { expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import { dueItems } from '../../../domain/parties/index.ts'
import { gatherDeliveries, lastDeliveryDay } from '../../../domain/reminders/digest/gather-deliveries.ts'
import { customerOf, day } from '../../support/parties.ts'
import { confirmedOrder, lineOf, orderOf, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant({ currency: 'CNY' })
const rep = await tenant.user('rep')
const other = await tenant.user('rep')
const assistant = await tenant.user('assistant')
const customer = await customerOf(tenant, rep, { name: '待交货客户' })

const told = async (reader: User, on: string) => {
  const ctx = await tenant.as(reader)
  const [section] = await gatherDeliveries(ctx, reader, await dueItems(ctx, reader.id, lastDeliveryDay(on)), on)
  return section?.lines.map(({ subject, daysLate }) => [subject, daysLate]) ?? []
}

test('deliveries in three days, today and late are told to the owner and to assistants, until all is shipped', async () => {
  const lines = [lineOf('10', '5'), lineOf('10', '5', { deliverOn: day(10) })]
  await orderOf(tenant, rep, customer.id, { deliverOn: day(3), lines })
  const { id, number, lines: sold } = await confirmedOrder(tenant, rep, customer.id, { deliverOn: day(3), lines })

  const days = [day(-1), day(0), day(3), day(5)]
  const toOwner = await Promise.all(days.map((on) => told(rep, on)))
  const toAssistant = await told(assistant, day(0))
  const toOther = await told(other, day(0))
  await shipmentOf(tenant, rep, { customerId: customer.id, lines: [{ orderLine: sold[0].id, quantity: '10' }], dispatch: true })
  const afterFirst = [await told(rep, day(5)), await told(assistant, day(8))]
  await shipmentOf(tenant, rep, { customerId: customer.id, lines: [{ orderLine: sold[1].id, quantity: '10' }], dispatch: true })

  expect(id).toMatch(/^ord_/)
  expect(toOwner).toEqual([[], [[number, -3]], [[number, 0]], [[number, 2]]])
  expect([toAssistant, toOther]).toEqual([[[number, -3]], []])
  expect(afterFirst).toEqual([[], [[number, -2]]])
  expect(await told(assistant, day(20))).toEqual([])
})
