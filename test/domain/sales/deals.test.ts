import { beforeAll, expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { addDays, localDate } from '../../../domain/kernel/dates.ts'
import { getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { undoMerge } from '../../../domain/parties/merge/undo-merge.ts'
import { searchCustomers } from '../../../domain/parties/search/search-customers.ts'
import { noteDealsOf } from '../../../domain/sales/note-deals-of.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { handler as openReceivables } from '../../../functions/consumers/finance/open-receivables-on-shipment-dispatched.ts'
import { handler as noteDeals } from '../../../functions/consumers/parties/note-deals-on-deal-moved.ts'
import { handler as partDeals } from '../../../functions/consumers/parties/part-deals-on-customer-merge-undone.ts'
import { deliver } from '../../support/deliver.ts'
import { createAnyway } from '../../support/duplicates.ts'
import { firmName } from '../../support/firm-names.ts'
import { merged } from '../../support/merge.ts'
import { partiesAs } from '../../support/parties.ts'
import { claim, pooledCustomer } from '../../support/pool.ts'
import { confirmedOrder, lineOf, orderOf, salesAs, shipmentOf } from '../../support/sales.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

const today = localDate(new Date().toISOString(), 'Asia/Shanghai')
const ago = (days: number) => addDays(today, -days)

let tenant: TestTenant
let rep: User
let ctx: Context
beforeAll(async () => {
  tenant = await newTenant()
  rep = await tenant.user('rep')
  ctx = await tenant.as(tenant.admin)
})

const deals = ['quote.sent', 'order.confirmed', 'order.cancelled', 'shipment.dispatched', 'shipment.cancelled']
const settle = (order?: (bodies: string[]) => string[]) => deliver(ctx, noteDeals, deals, order)
const customer = async () => (await createAnyway(ctx, { name: firmName(), ownerId: rep.id })).id
const daysOf = async (id: string) => {
  const { lastQuotedOn, lastOrderedOn } = await getCustomer(ctx, { id })
  return [lastQuotedOn, lastOrderedOn]
}
const quoted = async (customerId: string) => {
  const { body } = await salesAs(tenant, rep)('/v1/quotes', { body: { customerId, quotedOn: ago(3), lines: [lineOf(1, '10')] } })
  return () => salesAs(tenant, rep)(`/v1/quotes/${body.id}/send`, { body: { channel: 'paper' } })
}

test('a quote counts on the day it is sent, an order on its business date, whenever it was typed and in whatever order news comes', async () => {
  const id = await customer()
  const send = await quoted(id)
  await orderOf(tenant, rep, id, { orderedOn: today })
  await settle()
  const drafts = await daysOf(id)

  await send()
  await confirmedOrder(tenant, rep, id, { orderedOn: ago(2) })
  await confirmedOrder(tenant, rep, id, { orderedOn: ago(9) })
  await settle((bodies) => [...bodies, ...bodies].reverse())

  expect(drafts).toEqual([undefined, undefined])
  expect(await daysOf(id)).toEqual([today, ago(2)])
})

test('an order that is cancelled, or goods that came back before they were paid, count no more', async () => {
  const id = await customer()
  await confirmedOrder(tenant, rep, id, { orderedOn: ago(5) })
  const later = await confirmedOrder(tenant, rep, id, { orderedOn: ago(4) })
  const direct = await shipmentOf(tenant, rep, { customerId: id, shippedOn: ago(3), dispatch: true, lines: [lineOf(1, '10')] })
  await settle()
  await deliver(ctx, openReceivables, ['shipment.dispatched'])
  const first = await daysOf(id)

  await salesAs(tenant, tenant.admin)(`/v1/shipments/${direct.id}/cancel`, { body: { reason: 'x' } })
  await settle()
  const second = await daysOf(id)
  await salesAs(tenant, tenant.admin)(`/v1/orders/${later.id}/cancel`, { body: { reason: 'x' } })
  await settle()

  expect([first[1], second[1], (await daysOf(id))[1]]).toEqual([ago(3), ago(4), ago(5)])
})

test('goods of an order are no order of their own: its news says so, else one call finds it out, and a day that is known costs no write', async () => {
  const id = await customer()
  const order = await confirmedOrder(tenant, rep, id, { orderedOn: ago(5) })
  await settle()
  const before = await getCustomer(ctx, { id })
  const lines = [{ orderLine: order.lines[0].id, quantity: '1' }]
  const subject = await shipmentOf(tenant, rep, { customerId: id, shippedOn: today, dispatch: true, lines })

  const callsFor = async (data: object) =>
    (await measure(() => noteDealsOf(ctx, { subject: { type: 'shipment', id: subject.id }, data }))).spent.calls

  expect([await callsFor({}), await callsFor({ direct: true }), await callsFor({ direct: false })]).toEqual([1, 1, 0])
  expect(before.lastOrderedOn).toBe(ago(5))
  expect(await getCustomer(ctx, { id })).toEqual(before)
})

test('customers are searched and sorted by their deals, and shown with them; a pool shows the last order, not the last quote', async () => {
  const [quiet, lately, long] = [await customer(), await customer(), await customer()]
  await confirmedOrder(tenant, rep, lately, { orderedOn: ago(20) })
  await confirmedOrder(tenant, rep, long, { orderedOn: ago(200) })
  const { id: pooled } = await pooledCustomer(tenant)
  await claim(tenant, rep, pooled)
  await (await quoted(pooled))()
  const direct = await confirmedOrder(tenant, rep, pooled, { orderedOn: ago(300) })
  await settle()
  await salesAs(tenant, tenant.admin)(`/v1/orders/${direct.id}/close`, { body: { reason: 'x' } })
  await partiesAs(tenant, rep)(`/v1/customers/${pooled}/release`, { body: { reason: 'x' } })

  const before = { field: 'lastOrderedOn', op: 'lt', value: ago(100) } as const
  const found = await searchCustomers(await tenant.as(rep), { where: before, sort: '-lastOrderedOn', fields: ['lastOrderedOn'] })
  const never = await searchCustomers(ctx, { where: { field: 'lastOrderedOn', op: 'isNull', value: true } })
  const { body: shown } = await partiesAs(tenant, rep)(`/v1/customers/${long}/summary`)
  const { body: hidden } = await partiesAs(tenant, rep)(`/v1/customers/${pooled}`)

  expect(found.data.map(({ id }) => id)).toEqual([long, pooled])
  const idle = never.data.map(({ id }) => id)
  expect([idle.includes(quiet), idle.includes(lately)]).toEqual([true, false])
  expect(shown.customer.lastOrderedOn).toBe(ago(200))
  expect([hidden.lastOrderedOn, 'lastQuotedOn' in hidden && hidden.lastQuotedOn]).toEqual([ago(300), null])
})

test('a merge keeps the later days; taken apart again each has its own, whatever was agreed in between', async () => {
  const [survivor, duplicate] = [await customer(), await customer()]
  await confirmedOrder(tenant, rep, survivor, { orderedOn: ago(30) })
  await confirmedOrder(tenant, rep, duplicate, { orderedOn: ago(10) })
  const waiting = await orderOf(tenant, rep, duplicate, { orderedOn: ago(1) })
  await settle()

  const mergeId = await merged(ctx, survivor, { duplicateId: duplicate })
  const united = await daysOf(survivor)
  await salesAs(tenant, rep)(`/v1/orders/${waiting.id}/confirm`, { body: {} })
  await settle()
  const together = await daysOf(survivor)
  await undoMerge(ctx, { id: mergeId })
  await deliver(ctx, partDeals, ['customer.merge-undone'])

  expect([united[1], together[1]]).toEqual([ago(10), ago(1)])
  expect([(await daysOf(survivor))[1], (await daysOf(duplicate))[1]]).toEqual([ago(30), ago(1)])
})
