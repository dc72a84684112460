import { beforeAll, expect, test } from 'vitest'
import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import type { User } from '../../../domain/identity/user/user.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { addDays, localDate } from '../../../domain/kernel/dates.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { undoMerge } from '../../../domain/parties/merge/undo-merge.ts'
import { listAgenda } from '../../../domain/reminders/agenda/list-agenda.ts'
import { handler as noteDeals } from '../../../functions/consumers/parties/note-deals-on-deal-moved.ts'
import { handler as partDeals } from '../../../functions/consumers/parties/part-deals-on-customer-merge-undone.ts'
import { handler as watchDormancy } from '../../../functions/queues/parties/watch-dormancy.ts'
import { deliver, hand } from '../../support/deliver.ts'
import { createAnyway } from '../../support/duplicates.ts'
import { firmName } from '../../support/firm-names.ts'
import { merged } from '../../support/merge.ts'
import { customerDue, remindersOf } from '../../support/reminders.ts'
import { confirmedOrder, salesAs } from '../../support/sales.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

const today = localDate(new Date().toISOString(), 'Asia/Shanghai')
const inDays = (days: number) => addDays(today, days)
const eightOn = (day: string) => `${day}T00:00:00Z`

let tenant: TestTenant
let rep: User
let ctx: Context
beforeAll(async () => {
  tenant = await newTenant()
  rep = await tenant.user('rep')
  ctx = await tenant.as(rep)
})

const settle = () => deliver(ctx, noteDeals, ['order.confirmed', 'order.cancelled'])
const agenda = async () => {
  const { data } = await listAgenda(ctx, { limit: 50, sort: 'on', filter: {}, from: inDays(-90), to: today })
  return data.map(({ kind, on, customerId }) => [kind, on, customerId])
}
const orderedOn = async (customerId: string, ...agos: number[]) => {
  const orders = []
  for (const ago of agos) orders.push(await confirmedOrder(tenant, rep, customerId, { orderedOn: inDays(-ago) }))
  await settle()
  return orders
}

test('who usually orders every ten days is told of on the fifteenth day, until it orders', async () => {
  const { id } = await createAnyway(ctx, { name: '明辉贸易' })
  await orderedOn(id, 35, 15, 25)
  const reminders = await remindersOf(tenant)

  const early = (await reminders.run(eightOn(inDays(-1)))).get(rep.email)
  const mail = (await reminders.run(eightOn(today))).get(rep.email)
  const listed = await agenda()
  await orderedOn(id, 0)

  expect(early).toBe(undefined)
  expect(mail?.subject).toBe('该下单未下单 1 位')
  expect(mail?.text).toContain(`== 该下单未下单 (1) ==\n\n* 明辉贸易\n  上次下单 ${inDays(-15)}，通常每 10 天下单一次\n`)
  expect(mail?.html).toContain('class="reorder"')
  expect(listed).toEqual([['reorder', today, id]])
  expect(await agenda()).toEqual([])
})

test('an order that is cancelled counts no more, and two customers that were merged order together until they are taken apart', async () => {
  const [survivor, duplicate] = [await createAnyway(ctx, { name: firmName() }), await createAnyway(ctx, { name: firmName() })]
  await orderedOn(survivor.id, 50, 40)
  const [, , last] = await orderedOn(duplicate.id, 60, 30, 5)
  await salesAs(tenant, rep)(`/v1/orders/${last!.id}/cancel`, { body: { reason: 'x' } })
  await settle()
  const before = await agenda()

  const mergeId = await merged(ctx, survivor.id, { duplicateId: duplicate.id })
  const together = await agenda()
  await undoMerge(ctx, { id: mergeId })
  await deliver(ctx, partDeals, ['customer.merge-undone'])

  expect(before).toEqual([])
  expect(together).toEqual([['reorder', inDays(-15), survivor.id]])
  expect(await agenda()).toEqual([])
})

test('customers are dormant by the days that the firm says, also those that were there before, until somebody hears of them', async () => {
  const firm = await newTenant()
  const reader = await firm.user('rep', { locale: 'en' })
  const [admin, own] = [await firm.as(firm.admin), await firm.as(reader)]
  const dormantAfter = async (dormantDays: number | null) => {
    await changeTenant(admin, { changes: { dormantDays } })
    await hand(watchDormancy, { tenantId: firm.id })
  }
  const old = await customerDue(firm, reader, [], { name: 'Ernst Handel' })
  const reminders = await remindersOf(firm)
  const mailOf = async (day: string) => (await reminders.run(eightOn(day))).get(reader.email)

  const unasked = await mailOf(inDays(20))
  await dormantAfter(30)
  await customerDue(firm, reader, [], { name: 'Alfreds' })
  const early = await mailOf(inDays(29))
  const both = await mailOf(inDays(30))
  await logActivity(own, { customerId: old.id, kind: 'note', at: new Date().toISOString(), summary: 'x' })
  await dormantAfter(40)
  const [later, longer] = [await mailOf(inDays(39)), await mailOf(inDays(40))]
  await dormantAfter(null)

  expect([unasked, early, later]).toEqual([undefined, undefined, undefined])
  expect(both?.subject).toBe('2 dormant')
  expect(both?.text).toContain('== Dormant (2) ==\n\n* Alfreds\n  No contact, quote or order for 30 days\n')
  expect(longer?.text).toContain('for 40 days')
  expect(await mailOf(inDays(60))).toBe(undefined)
})
