import { expect, test } from 'vitest'
import { noticeOf, sendOverrideNotice } from '../../../domain/reminders/duplicate/override-notice.ts'
import { createAnyway } from '../../support/duplicates.ts'
import { fakeClock, fakeSes, withMail } from '../../support/mail.ts'
import { newTenant } from '../../support/tenant.ts'

async function world() {
  const tenant = await newTenant({ locale: 'en' })
  const manager = await tenant.user('manager', { name: 'Mona', locale: 'zh-CN' })
  const rep = await tenant.user('rep', { name: 'Rita <Rep>', managerId: manager.id })
  const asRep = await tenant.as(rep)
  const first = await createAnyway(asRep, { name: '恒泰五金' })
  const second = await createAnyway(asRep, { name: '恒泰五金有限公司' })
  const told = { eventId: 'evt_1', userId: rep.id, customerId: second.id, candidateIds: [first.id], reason: '同名的个体户' }
  const ses = fakeSes()
  const ctx = withMail(
    { ...(await tenant.as(tenant.admin)), actor: { kind: 'system', id: 'system', userId: null, roles: [], scopes: null } },
    fakeClock(),
    ses,
  )
  return { tenant, manager, rep, told, ses, ctx }
}

test('the manager is told once who took what in spite of whom, and why, in the own language', async () => {
  const { manager, told, ses, ctx } = await world()

  const notice = await noticeOf(ctx, told)
  const outcomes = [await sendOverrideNotice(ctx, notice!), await sendOverrideNotice(ctx, notice!)]

  expect(notice).toEqual({ ...told, managerId: manager.id })
  expect(outcomes).toEqual(['sent', 'already'])
  expect(ses.taken).toMatchObject([{ to: manager.email, subject: 'Rita <Rep> 忽略查重提示，保存了客户 恒泰五金有限公司' }])
  expect(ses.taken[0]!.text).toContain('恒泰五金。\n\n填写的理由：同名的个体户')
  expect(ses.taken[0]!.html).toContain('Rita &#60;Rep&#62;')
})

test('nobody is told of who has no manager, nor more than 20 times a day of one person', async () => {
  const { tenant, told, ctx } = await world()
  const notices = []
  for (let i = 0; i < 21; i++) notices.push(await noticeOf(ctx, { ...told, eventId: `evt_${i}` }))

  expect(notices.map((notice) => notice !== undefined)).toEqual([...Array(20).fill(true), false])
  expect(await noticeOf(ctx, { ...told, userId: tenant.admin.id })).toBeUndefined()
})
