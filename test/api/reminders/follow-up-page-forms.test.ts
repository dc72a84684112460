import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import { addDays } from '../../../domain/kernel/dates.ts'
import { summariseCustomer } from '../../../domain/parties/customer/summarise-customer.ts'
import { weekdayText } from '../../../domain/reminders/wording.ts'
import { log, remindedRep, today, yesterday } from '../../support/follow-up-page.ts'
import { customerDue } from '../../support/reminders.ts'
import type { TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let rep: User
let pageOf: Awaited<ReturnType<typeof remindedRep>>['pageOf']

beforeAll(async () => {
  ;({ tenant, rep, pageOf } = await remindedRep())
})

describe('logging a result', () => {
  it('is kept with the next date, and settles what was due', async () => {
    const customer = await customerDue(tenant, rep, [yesterday, today])
    const page = await pageOf(customer.id)

    const answer = await page.post({ ...log, nonce: await page.nonce(), nextContactOn: addDays(today, 7) })

    expect(answer.status).toBe(200)
    expect(answer.body).toContain('Saved')
    expect(await page.now()).toMatchObject({ nextContactOn: addDays(today, 7) })
    expect(await page.history()).toMatchObject([{ kind: 'call', summary: 'They want a quote', authorId: rep.id }])
    expect((await page.get()).body).toContain('They want a quote')
  })

  it('keeps the lines of a browser as lines, up to the length the page allows', async () => {
    const page = await pageOf((await customerDue(tenant, rep, [yesterday])).id)

    const { status } = await page.post({ ...log, nonce: 'n-0', summary: `${'x'.repeat(999)}\r\n${'y'.repeat(1000)}` })

    expect(status).toBe(200)
    expect(await page.history()).toMatchObject([{ summary: `${'x'.repeat(999)}\n${'y'.repeat(1000)}` }])
  })

  it('plans nothing without a next date, and settles what was planned for tomorrow', async () => {
    const customer = await customerDue(tenant, rep, [addDays(today, 1)])
    const page = await pageOf(customer.id)

    const answer = await page.post({ ...log, nonce: await page.nonce(), nextContactOn: '' })

    expect(answer.status).toBe(200)
    expect((await page.now()).nextContactOn).toBeUndefined()
  })

  it('has one effect when the same form is sent twice, also at the same moment', async () => {
    const customer = await customerDue(tenant, rep, [yesterday])
    const page = await pageOf(customer.id)
    const form = { ...log, nonce: await page.nonce(), nextContactOn: addDays(today, 3) }

    const answers = await Promise.all([page.post(form), page.post(form), page.post(form)])
    const later = await page.post(form)

    expect([...answers, later].map(({ status }) => status)).toEqual([200, 200, 200, 200])
    for (const { body } of [...answers, later]) expect(body).toContain('Saved')
    expect(await page.history()).toHaveLength(1)
  })

  it('is asked for again when the form changed after it was sent', async () => {
    const page = await pageOf((await customerDue(tenant, rep, [yesterday])).id)
    const nonce = await page.nonce()
    await page.post({ ...log, nonce })

    const answer = await page.post({ ...log, nonce, summary: 'Something else' })

    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Something else</textarea>')
    expect(answer.body).not.toContain(`value="${nonce}"`)
    expect(await page.history()).toHaveLength(1)
  })

  it.each([
    ['without a result', { summary: '  ' }, 'Please enter a result'],
    ['with a result that is too long', { summary: 'x'.repeat(2001) }, 'Please enter a result'],
    ['with a date in the past', { nextContactOn: addDays(today, -1) }, 'Please choose today'],
    ['with a date that is none', { nextContactOn: '2026-02-30' }, 'Please choose today'],
    ['with a kind that is none', { kind: 'party' }, 'That was not saved'],
    ['with more than the form has', { ownerId: 'usr_1' }, 'That was not saved'],
    ['with another action', { action: 'delete' }, 'That was not saved'],
  ])('is not taken %s, and what was typed is kept', async (_, wrong, says) => {
    const page = await pageOf((await customerDue(tenant, rep, [yesterday])).id)

    const answer = await page.post({ ...log, nonce: 'n-1', nextContactOn: '', ...wrong })

    expect(answer.status).toBe(422)
    expect(answer.body).toContain(says)
    expect(await page.history()).toEqual([])
  })

  it('by a manager settles what the team is late with, and leaves the plan to the owner', async () => {
    const boss = await tenant.user('manager')
    const member = await tenant.user('rep', { managerId: boss.id })
    const customer = await customerDue(tenant, member, [addDays(today, -9)])
    const page = await pageOf(customer.id, boss)

    const answer = await page.post({ ...log, nonce: await page.nonce(), nextContactOn: addDays(today, 2) })

    expect(answer.status).toBe(200)
    const { openFollowUps } = await summariseCustomer(await tenant.as(tenant.admin), { id: customer.id })
    expect(openFollowUps).toMatchObject([{ ownerId: member.id, dueOn: addDays(today, 2) }])
  })
})

describe('postponing', () => {
  it('moves what is late to a day counted from today', async () => {
    const page = await pageOf((await customerDue(tenant, rep, [addDays(today, -5)])).id)
    const nonce = await page.nonce()

    const answers = [await page.post({ action: 'postpone', nonce, days: '3' }), await page.post({ action: 'postpone', nonce, days: '3' })]

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers[0]!.body).toContain('Postponed')
    expect(await page.now()).toMatchObject({ nextContactOn: addDays(today, 3) })
  })

  it('moves everything that is due, and tells the day that comes next', async () => {
    const page = await pageOf((await customerDue(tenant, rep, [addDays(today, -5), yesterday, today])).id)
    const between = await pageOf((await customerDue(tenant, rep, [yesterday, addDays(today, 2)])).id)

    const all = await page.post({ action: 'postpone', nonce: await page.nonce(), days: '3' })
    const one = await between.post({ action: 'postpone', nonce: await between.nonce(), days: '7' })

    expect(await page.planned()).toEqual(Array(3).fill(addDays(today, 3)))
    expect(all.body).toContain(weekdayText(addDays(today, 3), 'en', today))
    expect(await between.planned()).toEqual([addDays(today, 2), addDays(today, 7)])
    expect(one.body).toContain(weekdayText(addDays(today, 2), 'en', today))
  })

  it('says so when nothing is left to postpone', async () => {
    const page = await pageOf((await customerDue(tenant, rep, [yesterday])).id)
    const nonce = await page.nonce()
    await page.post({ ...log, nonce })

    const answer = await page.post({ action: 'postpone', nonce: 'n-2', days: '1' })

    expect(answer.status).toBe(409)
    expect(answer.body).toContain('Already done')
  })

  it.each(['0', '2', '365', '-1', '1e3', ''])('is not possible by %j days', async (days) => {
    const page = await pageOf((await customerDue(tenant, rep, [yesterday])).id)

    const answer = await page.post({ action: 'postpone', nonce: 'n-3', days })

    expect(answer.status).toBe(422)
    expect(await page.now()).toMatchObject({ nextContactOn: yesterday })
  })
})
