import { expect, test } from 'vitest'
import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { listEvents } from '../../../domain/platform/event/list-events.ts'
import { alarmsOf, sendExportAlarm } from '../../../domain/platform/export/export-alarm.ts'
import { ask, exporter, runJob } from '../../support/exports.ts'
import { fakeClock, fakeSes, withMail } from '../../support/mail.ts'
import { newTenant } from '../../support/tenant.ts'

/** A tenant that takes two rows a day for usual, and a rep with two customers. */
async function world() {
  const tenant = await newTenant({ locale: 'en', unusualExport: 2 })
  const rep = await tenant.user('rep', { name: 'Rita <Rep>' })
  const who = await exporter(tenant, rep)
  for (const name of ['Anchor Chains', 'Bilge Pumps']) await createCustomer(who.ctx, { name })
  const boss = await tenant.as(tenant.admin)
  const unusual = async () => (await listEvents(boss, { limit: 100, sort: '-at', filter: { type: { eq: 'export.unusual' } } })).data
  const take = async () => {
    const { id } = await ask(who, { kind: 'customers', columns: ['name'] })
    await runJob(who.job, id)
    return id
  }
  return { tenant, rep, who, boss, unusual, take }
}

test('what a person exports on a day is summed up, and each export beyond the usual is told', async () => {
  const { rep, unusual, take } = await world()

  await take()
  const before = await unusual()
  const second = await take()
  await take()

  expect(before).toEqual([])
  expect((await unusual()).map(({ data }) => data)).toMatchObject([
    { userId: rep.id, kind: 'customers', rows: 2, rowsOfDay: 6, usual: 2 },
    { userId: rep.id, kind: 'customers', rows: 2, rowsOfDay: 4, usual: 2 },
  ])
  expect((await unusual())[1]).toMatchObject({ subject: { type: 'export', id: second } })
})

test('two exports that end at the same moment are both counted', async () => {
  const { who, unusual, boss } = await world()
  await changeTenant(boss, { changes: { unusualExport: 3 } })
  const both = [await ask(who, { kind: 'customers' }), await ask(who, { kind: 'customers' })]

  await Promise.all(both.map(({ id }) => runJob(who.job, id)))

  expect((await unusual()).map(({ data }) => data)).toMatchObject([{ rowsOfDay: 4 }])
})

test('every admin with access gets one mail for it, in the own language, by the one rule', async () => {
  const { tenant, rep, boss } = await world()
  const second = await tenant.user('admin', { locale: 'zh-CN' })
  const told = { exportId: 'exp_1', userId: rep.id, kind: 'customers', rows: 2, rowsOfDay: 6000, usual: 2, on: '2026-11-20' }
  const ses = fakeSes()
  const ctx = withMail({ ...boss, actor: { kind: 'system', id: 'system', userId: null, roles: [], scopes: null } }, fakeClock(), ses)

  const alarms = await alarmsOf(ctx, told)
  const outcomes = []
  for (const alarm of [...alarms, ...alarms]) outcomes.push(await sendExportAlarm(ctx, alarm))

  expect(outcomes).toEqual(['sent', 'sent', 'already', 'already'])
  const mails = new Map(ses.taken.map((mail) => [mail.to, mail]))
  expect([...mails.keys()].sort()).toEqual([tenant.admin.email, second.email].sort())
  expect(mails.get(tenant.admin.email)).toMatchObject({
    subject: 'Rita <Rep> exported 6,000 rows today',
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  expect(mails.get(tenant.admin.email)!.html).not.toContain('<Rep>')
  expect(mails.get(second.email)!.subject).toContain('6,000 行')
})
