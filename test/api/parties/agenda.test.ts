import { expect, test } from 'vitest'
import { changeUser } from '../../../domain/identity/user/change-user.ts'
import { financeAs, receivableOf } from '../../support/finance.ts'
import { customerOf, day, partiesAs } from '../../support/parties.ts'
import { newTenant } from '../../support/tenant.ts'

test('the agenda shows what is late and what is due in the next seven days, in order, with the customers', async () => {
  const tenant = await newTenant()
  const rep = await tenant.user('rep')
  const call = partiesAs(tenant, rep)
  const a = await customerOf(tenant, rep, { name: 'A', nextContactOn: day(-40) })
  const b = await customerOf(tenant, rep, { name: 'B', nextContactOn: day() })
  await customerOf(tenant, rep, { name: 'C', nextContactOn: day(7) })
  await customerOf(tenant, rep, { name: 'D', nextContactOn: day(8) })
  const names = async (query = '') => (await call(`/v1/agenda${query}`)).body.data.map((row: { customerName: string }) => row.customerName)

  const rows = (await call('/v1/agenda')).body.data
  const first = await call('/v1/agenda?limit=2')
  const second = await call(`/v1/agenda?limit=2&cursor=${first.body.page.next}`)

  expect(rows).toMatchObject([
    { kind: 'contact', on: day(-40), daysLate: 40, customerId: a.id, customerName: 'A', subject: '跟进', ownerId: rep.id },
    { on: day(), daysLate: 0, customerId: b.id, customerName: 'B' },
    { on: day(7), daysLate: -7, customerName: 'C' },
  ])
  expect((await call(`/v1/follow-ups/${rows[0].followUpId}`)).status).toBe(200)
  expect([...first.body.data, ...second.body.data]).toEqual(rows)
  expect(second.body.page.next).toBe(null)
  expect(await names(`?from=${day()}`)).toEqual(['B', 'C'])
  expect(await names(`?to=${day(-1)}`)).toEqual(['A'])
  expect(await names(`?from=${day(8)}&to=${day(8)}`)).toEqual(['D'])
  expect(await names(`?from=${day(-2)}&to=${day(90)}`)).toEqual(['B', 'C', 'D'])
})

test('what customers owe stands among all else that is due, for those who may see it, page by page', async () => {
  const tenant = await newTenant({ currency: 'CNY', locale: 'zh-CN' })
  const [rep, other, service] = [await tenant.user('rep'), await tenant.user('rep'), await tenant.user('service')]
  const customer = await customerOf(tenant, rep, { name: 'A', nextContactOn: day() })
  await customerOf(tenant, rep, { name: 'B', nextContactOn: day(3) })
  const foreign = await customerOf(tenant, other, { name: 'C' })
  const owed = (dueOn: string, number: string, of = customer) =>
    receivableOf(tenant, tenant.admin, of.id, '1234.5', { number, issuedOn: day(-90), dueOn })
  await owed(day(-3), 'R1')
  const disputed = await owed(day(), 'R2')
  await owed(day(1), 'R3')
  await owed(day(8), 'R4')
  await owed(day(), 'R5', foreign)
  await financeAs(tenant, tenant.admin)(`/v1/receivables/${disputed.id}`, {
    method: 'PATCH',
    body: { disputed: { since: day(), reason: '短装' } },
  })
  const call = partiesAs(tenant, rep)
  const agendaOf = async (who: typeof rep) => (await partiesAs(tenant, who)(`/v1/agenda?userId=${rep.id}`)).body.data

  const rows = (await call('/v1/agenda')).body.data
  const single = []
  for (let next: string | null = ''; next !== null; ) {
    const { body } = await call(`/v1/agenda?limit=1${next && `&cursor=${next}`}`)
    single.push(...body.data)
    next = body.page.next
  }

  const told = ({ kind, on, customerName, subject }: Record<string, string>) => [kind, on, customerName, subject]
  expect(rows.map(told)).toEqual([
    ['receivable', day(-3), 'A', '应收 R1 未收 ¥1,234.50'],
    ['contact', day(), 'A', '跟进'],
    ['receivable', day(), 'A', '应收 R2 未收 ¥1,234.50，有争议'],
    ['receivable', day(1), 'A', '应收 R3 未收 ¥1,234.50'],
    ['contact', day(3), 'B', '跟进'],
  ])
  expect(single).toEqual(rows)
  expect((await agendaOf(service)).map(({ kind }: { kind: string }) => kind)).toEqual(['contact', 'contact'])
  expect((await call(`/v1/agenda?from=${day(8)}&to=${day(8)}`)).body.data.map(told)).toEqual([
    ['receivable', day(8), 'A', '应收 R4 未收 ¥1,234.50'],
  ])
})

test('another agenda is shown to those who see that person, and only of customers in sight', async () => {
  const tenant = await newTenant()
  const manager = await tenant.user('manager')
  const rep = await tenant.user('rep', { managerId: manager.id })
  const stranger = await tenant.user('rep')
  const viewer = await tenant.user('viewer')
  await customerOf(tenant, rep, { nextContactOn: day() })
  const status = async (who: typeof rep, userId: string) => (await partiesAs(tenant, who)(`/v1/agenda?userId=${userId}`)).status
  const count = async (who: typeof rep, query = '') => (await partiesAs(tenant, who)(`/v1/agenda${query}`)).body.data.length

  expect(await count(rep)).toBe(1)
  expect(await count(manager)).toBe(0)
  expect(await count(manager, `?userId=${rep.id}`)).toBe(1)
  expect(await count(viewer, `?userId=${rep.id}`)).toBe(1)
  expect(await status(stranger, rep.id)).toBe(404)
  expect(await status(rep, manager.id)).toBe(404)
  expect(await status(viewer, 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3')).toBe(404)
})

test('an agenda forgets what belongs to others by now, before any clean-up has run', async () => {
  const tenant = await newTenant()
  const [rep, other] = [await tenant.user('rep'), await tenant.user('rep')]
  const given = await customerOf(tenant, rep, { nextContactOn: day() })
  const deleted = await customerOf(tenant, rep, { nextContactOn: day() })
  const call = partiesAs(tenant, tenant.admin)

  await call(`/v1/customers/${given.id}`, { method: 'PATCH', body: { ownerId: other.id } })
  await call(`/v1/customers/${deleted.id}`, { method: 'DELETE' })

  expect((await partiesAs(tenant, rep)('/v1/agenda')).body.data).toEqual([])
  await changeUser(await tenant.as(tenant.admin), { id: rep.id, changes: { active: false } })
  expect(await call(`/v1/agenda?userId=${rep.id}`)).toMatchObject({ status: 200, body: { data: [] } })
})

test('bad days are 400', async () => {
  const tenant = await newTenant()
  const call = partiesAs(tenant, tenant.admin)
  const status = async (query: string) => (await call(`/v1/agenda?${query}`)).status

  for (const query of [
    'from=2026-02-30',
    'to=tomorrow',
    `from=${day(2)}&to=${day(1)}`,
    `from=${day()}&to=${day(93)}`,
    `to=${day(93)}`,
    'userId=me',
    'until=2026-01-01',
    'sort=-on',
    'filter[kind][eq]=contact',
    'limit=101',
  ])
    expect([query, await status(query)]).toEqual([query, 400])
  expect(await status(`from=${day()}&to=${day(92)}`)).toBe(200)
})
