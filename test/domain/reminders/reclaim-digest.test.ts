import { expect, test } from 'vitest'
import { addDays, localDate } from '../../../domain/kernel/dates.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { listAgenda } from '../../../domain/reminders/agenda/list-agenda.ts'
import { setPoolRules, tenantWithPool } from '../../support/pool.ts'
import { customerDue, remindersOf } from '../../support/reminders.ts'

const today = localDate(new Date().toISOString(), 'Asia/Shanghai')
const inDays = (days: number) => addDays(today, days)
const eightOn = (day: string) => `${day}T00:00:00Z`
const rules = { warnDays: 3, levels: { small: { noContactDays: 10 } } }

test('the owner reads of a reclaim in the digest from the days of the warning on, with the day it happens', async () => {
  const tenant = await tenantWithPool(rules)
  const rep = await tenant.user('rep')
  await createCustomer(await tenant.as(rep), { name: '明辉贸易', level: 'small', phones: ['021-6543 2100'] })
  const reminders = await remindersOf(tenant)

  const early = await reminders.run(eightOn(inDays(7)))
  const first = (await reminders.run(eightOn(inDays(8)))).get(rep.email)
  const last = (await reminders.run(eightOn(inDays(11)))).get(rep.email)

  expect(early.size).toBe(0)
  expect(first?.subject).toBe('即将回收 1 位')
  expect(first?.text).toMatch(/== 即将回收到公海 \(1\) ==\n\n\* 明辉贸易 \| 还有 3 天\n {2}如不联系，.*起回收到公海\n/)
  expect(first?.html).toContain('class="reclaim"')
  expect(last?.text).toContain('* 明辉贸易 | 今天')
})

test('the warning stands beside what else is due, in the language of the reader', async () => {
  const tenant = await tenantWithPool(rules)
  const rep = await tenant.user('rep', { locale: 'en' })
  await customerDue(tenant, rep, [inDays(9)], { name: 'Ernst Handel', level: 'small' })
  const reminders = await remindersOf(tenant)

  const mail = (await reminders.run(eightOn(inDays(9)))).get(rep.email)

  expect(mail?.subject).toBe('1 to contact today, 1 about to go to the pool')
  expect(mail?.text).toContain('== About to go to the public pool (1) ==\n\n* Ernst Handel | 2 days left\n  Goes to the public pool on ')
})

test('what is not true any more is not told: after a contact, and when the rules have changed', async () => {
  const tenant = await tenantWithPool(rules)
  const [contacted, spared] = [await tenant.user('rep'), await tenant.user('rep')]
  const ctx = await tenant.as(contacted)
  const { id } = await createCustomer(ctx, { name: 'a', level: 'small' })
  await createCustomer(await tenant.as(spared), { name: 'b', level: 'small' })
  const reminders = await remindersOf(tenant)
  const before = await reminders.run(eightOn(inDays(9)))

  await logActivity(ctx, { customerId: id, kind: 'visit', at: new Date(Date.now() + 60_000).toISOString(), summary: 'x' })
  await setPoolRules(tenant, { levels: { small: { noContactDays: 20 } } })
  const after = await reminders.run(eightOn(inDays(10)))

  expect(before.size).toBe(2)
  expect(after.size).toBe(0)
})

test('a warning of today stands in the agenda of the owner', async () => {
  const tenant = await tenantWithPool({ warnDays: 30, levels: { small: { noContactDays: 1 } } })
  const rep = await tenant.user('rep')
  const ctx = await tenant.as(rep)
  const { id } = await createCustomer(ctx, { name: 'a', level: 'small' })
  await (await remindersOf(tenant)).run(eightOn(today))
  const look = () => listAgenda(ctx, { limit: 10, sort: 'on', filter: {} })

  const warned = await look()
  await setPoolRules(tenant, { levels: { small: null } })

  expect(warned.data).toMatchObject([{ kind: 'reclaim', customerId: id, followUpId: null, subject: `如不联系，${inDays(2)} 起回收到公海` }])
  expect((await look()).data).toEqual([])
})
