import { expect, test } from 'vitest'
import { approversOf, sendHoldNotice } from '../../../domain/reminders/order-hold/hold-notice.ts'
import { fakeClock, fakeSes, withMail } from '../../support/mail.ts'
import { customerOf } from '../../support/parties.ts'
import { eventsOf, orderOf, salesAs } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

async function heldOrder() {
  const tenant = await newTenant({ currency: 'CNY', creditPolicy: 'block', creditLimit: { amount: '1000.00', currency: 'CNY' } })
  const manager = await tenant.user('manager', { name: 'Mona' })
  const rep = await tenant.user('rep', { managerId: manager.id })
  const customer = await customerOf(tenant, rep, { name: '超额贸易' })
  const order = await orderOf(tenant, rep, customer.id)
  await salesAs(tenant, rep)(`/v1/orders/${order.id}/confirm`, { body: {} })
  const ses = fakeSes()
  const ctx = withMail(
    { ...(await tenant.as(tenant.admin)), actor: { kind: 'system', id: 'system', userId: null, roles: [], scopes: null } },
    fakeClock(),
    ses,
  )
  return { tenant, manager, rep, customer, order, ses, ctx }
}

test('the manager of the owner is mailed once of an order that waits, with the figures; not when it waits no more', async () => {
  const { tenant, manager, rep, customer, order, ses, ctx } = await heldOrder()
  const [event] = await eventsOf(ctx, customer.id, 'order.held')
  const { base, exposure, limit } = event!.data as { base: number; exposure: number; limit: number }

  const approvers = await approversOf(ctx, order.id, rep.id)
  const notice = { eventId: event!.id, orderId: order.id, managerId: manager.id, base, exposure, limit }
  const outcomes = [await sendHoldNotice(ctx, notice), await sendHoldNotice(ctx, notice)]
  await salesAs(tenant, manager)(`/v1/orders/${order.id}/confirm`, { body: { reason: '老客户' } })
  const later = await sendHoldNotice(ctx, { ...notice, eventId: 'evt_2' })

  expect(approvers).toEqual([manager.id])
  expect([...outcomes, later]).toEqual(['sent', 'already', 'nothing-due'])
  expect(ses.taken).toMatchObject([{ to: manager.email, subject: `超额贸易 的订单 ${order.number} 超出信用额度，待您处理` }])
  expect(ses.taken[0]!.text).toContain('信用占用为 1279.97 CNY，信用额度为 1000.00 CNY')
})
