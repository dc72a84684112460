import { expect, test } from 'vitest'
import { reminderHourPartition, reminderHours } from '../../../domain/identity/index.ts'
import { systemQuery } from '../../../domain/store/system.ts'
import { systemContext } from '../../../functions/runtime.ts'
import { callAs } from '../../support/api.ts'
import { newTenant } from '../../support/tenant.ts'

test('everybody reads the settings, only an admin changes them, and the signing key stays inside', async () => {
  const { id, admin, user } = await newTenant()
  const rep = await user('rep')

  const read = await callAs(id, rep)('/v1/tenant')
  const refused = await callAs(id, rep)('/v1/tenant', { method: 'PATCH', body: { name: 'Mine' } })
  const changed = await callAs(id, admin)('/v1/tenant', { method: 'PATCH', body: { name: 'Renamed', postalAddress: '上海市张江路 88 号' } })

  expect(read).toMatchObject({
    status: 200,
    body: { id, timeZone: 'Asia/Shanghai', reminderHour: 8, sender: null },
    headers: { etag: '"1"' },
  })
  expect(JSON.stringify(read.body)).not.toMatch(/signing/i)
  expect(refused.status).toBe(403)
  expect(changed).toMatchObject({ status: 200, body: { name: 'Renamed', postalAddress: '上海市张江路 88 号', version: 2 } })
})

test('settings are merged: a part of the calendar or of the sender stands for itself, null removes', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const change = async (body: object) => (await call('/v1/tenant', { method: 'PATCH', body })).body

  const first = await change({ sender: { name: 'Ming Hui', email: 'crm@minghui.example' }, calendar: { holidays: ['2027-02-06'] } })
  const second = await change({ sender: { email: null }, calendar: { workdays: [1, 2, 3, 4, 5, 6] } })
  const third = await change({ sender: null })

  expect(first).toMatchObject({
    sender: { name: 'Ming Hui', email: 'crm@minghui.example' },
    calendar: { workdays: [1, 2, 3, 4, 5], holidays: ['2027-02-06'] },
  })
  expect(second.sender).toEqual({ name: 'Ming Hui' })
  expect(second.calendar).toEqual({ workdays: [1, 2, 3, 4, 5, 6], holidays: ['2027-02-06'] })
  expect(third.sender).toBeNull()
})

test('the currency of the books stays once there is something in them', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const change = (currency: string) => call('/v1/tenant', { method: 'PATCH', body: { currency } })

  const early = await change('EUR')
  const { body: customer } = await call('/v1/customers', { body: { name: 'x' } })
  const customers = await change('USD')
  await call('/v1/quotes', { body: { customerId: customer.id, lines: [{ description: 'x', quantity: 1, unitPrice: '1' }] } })

  expect([early.status, customers.status, (await change('USD')).status]).toEqual([200, 200, 200])
  expect((await change('EUR')).body).toMatchObject({ status: 409, code: 'tenant.currency-in-use', errors: [{ pointer: '/currency' }] })
})

test.each([
  ['/timeZone', { timeZone: 'Mars/Phobos' }],
  ['/timeZone', { timeZone: '+08:00' }],
  ['/timeZone', { timeZone: '' }],
  ['/reminderHour', { reminderHour: 24 }],
  ['/reminderHour', { reminderHour: -1 }],
  ['/reminderHour', { reminderHour: 7.5 }],
  ['/reminderHour', { reminderHour: '8' }],
  ['/reminderHour', { reminderHour: null }],
  ['/currency', { currency: 'RMB' }],
  ['/locale', { locale: 'fr' }],
  ['/calendar/workdays', { calendar: { workdays: [] } }],
  ['/calendar/workdays', { calendar: { workdays: [1, 1] } }],
  ['/calendar/workdays/0', { calendar: { workdays: [8] } }],
  ['/calendar/holidays/0', { calendar: { holidays: ['2027-02-30'] } }],
  ['/sender/name', { sender: { email: 'crm@minghui.example' } }],
  ['/sender/name', { sender: { name: 'Two\r\nBcc: lines' } }],
  ['/sender/email', { sender: { name: 'x', email: 'no address' } }],
  ['/name', { name: 'bell\u0007' }],
  ['/name', { name: null }],
  ['/signingKey', { signingKey: 'mine' }],
  ['/id', { id: 'other' }],
])('%s is refused at its place: %j', async (pointer, body) => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)

  const answer = await call('/v1/tenant', { method: 'PATCH', body })

  expect(answer).toMatchObject({ status: 422, body: { code: 'input.invalid' } })
  expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
  expect((await call('/v1/tenant')).body.version).toBe(1)
})

test('another zone or hour lists the firm there for its reminders, and only there', async () => {
  const { id, admin } = await newTenant({ timeZone: 'Asia/Kathmandu', reminderHour: 5 })
  const listed = async (zone: string, hour: number) =>
    (await systemQuery<{ tenantId: string }>(systemContext(), reminderHourPartition(zone, hour))).some((entry) => entry.tenantId === id)

  const before = await listed('Asia/Kathmandu', 5)
  await callAs(id, admin)('/v1/tenant', { method: 'PATCH', body: { timeZone: 'Australia/Lord_Howe', reminderHour: 23 } })

  expect(before).toBe(true)
  expect(await listed('Asia/Kathmandu', 5)).toBe(false)
  expect(await listed('Australia/Lord_Howe', 23)).toBe(true)
  expect((await systemQuery(systemContext(), reminderHours)).map((entry) => entry.sk)).toContain('Australia/Lord_Howe 23')
})
