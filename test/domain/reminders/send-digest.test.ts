import { describe, expect, it } from 'vitest'
import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import { changeUser } from '../../../domain/identity/user/change-user.ts'
import { MailRefused } from '../../../domain/kernel/errors.ts'
import { changeCustomer, deleteCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { createFollowUp } from '../../../domain/parties/follow-up/change-follow-up.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { manyCustomers } from '../../support/parties.ts'
import { customerDue, remindersOf } from '../../support/reminders.ts'
import { newTenant } from '../../support/tenant.ts'

const day = '2026-11-20' // a Friday
const eight = '2026-11-20T00:00:00Z' // 08:00 in Shanghai

describe('the digest of a rep', () => {
  it('holds what the rep planned until tomorrow, with phone, last contact and a short link', async () => {
    const tenant = await newTenant({ locale: 'en' })
    const rep = await tenant.user('rep', { name: 'Nancy' })
    await customerDue(tenant, rep, ['2026-11-17'], { name: 'Ernst Handel', phones: ['+43 7675-3425'] })
    await customerDue(tenant, rep, [day, '2026-11-21', '2026-11-22'], { name: 'Alfreds Futterkiste' })
    const reminders = await remindersOf(tenant)

    const mail = (await reminders.run(eight)).get(rep.email)

    expect(mail).toMatchObject({ subject: '1 to contact today, 1 overdue', from: { name: 'Test Trading' } })
    expect(mail?.text).toContain('* Ernst Handel | 3 days late\n  Call on 2026-11-17\n  Not contacted yet | +43 7675-3425')
    expect(mail?.text).toContain('== Tomorrow (1) ==')
    expect(mail?.text).not.toContain('2026-11-22')
    const links = mail?.text.match(/https:\S+/g) ?? []
    expect(links).toHaveLength(3)
    for (const link of links) expect(link.length).toBeLessThanOrEqual(250)
  })

  it('is not sent when nothing is due, nor to whoever has no access or may not see customers', async () => {
    const tenant = await newTenant()
    const idle = await tenant.user('rep')
    await customerDue(tenant, idle, ['2026-11-25'])
    const left = await tenant.user('rep')
    await customerDue(tenant, left, [day])
    await changeUser(await tenant.as(tenant.admin), { id: left.id, changes: { active: false } })
    const buyer = await tenant.user('rep')
    await customerDue(tenant, buyer, [day])
    await changeUser(await tenant.as(tenant.admin), { id: buyer.id, changes: { roles: ['purchasing'] } })
    const reminders = await remindersOf(tenant)

    const mails = await reminders.run(eight)
    const directly = await reminders.send({ userId: left.id, day })

    expect([...mails.keys()]).toEqual([])
    expect(directly).toBe('nothing-due')
  })

  it('is sent once, however often the job runs', async () => {
    const tenant = await newTenant()
    const rep = await tenant.user('rep')
    await customerDue(tenant, rep, [day])
    const reminders = await remindersOf(tenant)

    const runs = [await reminders.run(eight), await reminders.run(eight), await reminders.run(eight)]

    expect(runs.map((mails) => mails.size)).toEqual([1, 0, 0])
  })

  it('waits out a refusal of SES and is sent later', async () => {
    const tenant = await newTenant()
    const rep = await tenant.user('rep')
    await customerDue(tenant, rep, [day])
    const reminders = await remindersOf(tenant)
    reminders.ses.faults.push(new MailRefused('Throttling', true))

    const first = await reminders.send({ userId: rep.id, day })
    reminders.clock.pass(15)

    expect(first).toHaveProperty('waitUntil')
    expect(await reminders.send({ userId: rep.id, day })).toBe('sent')
  })

  it("speaks the user's language, else the tenant's, and comes from the tenant's sender", async () => {
    const tenant = await newTenant({ locale: 'zh-CN', sender: { name: '远航贸易', email: 'crm@far.example' } })
    const [chinese, english] = [await tenant.user('rep', { name: '王芳' }), await tenant.user('rep', { locale: 'en' })]
    for (const rep of [chinese, english]) await customerDue(tenant, rep, [day])
    const reminders = await remindersOf(tenant)

    const mails = await reminders.run(eight)

    expect(mails.get(chinese.email)).toMatchObject({ subject: '今日联系 1 位客户', from: { name: '远航贸易', email: 'crm@far.example' } })
    expect(mails.get(english.email)?.subject).toBe('1 to contact today')
    expect(mails.get(english.email)?.headers).toEqual({ 'Auto-Submitted': 'auto-generated' })
  })

  it('comes on working days only, with the weekend, for whoever wants it so', async () => {
    const tenant = await newTenant({ locale: 'en' })
    const rep = await tenant.user('rep')
    await changeUser(await tenant.as(tenant.admin), { id: rep.id, changes: { digestOnWorkingDaysOnly: true } })
    await customerDue(tenant, rep, ['2026-11-21', '2026-11-23'])
    const reminders = await remindersOf(tenant)

    const friday = await reminders.run(eight)
    const saturday = await reminders.run('2026-11-21T00:00:00Z')

    expect(friday.get(rep.email)?.text).toContain('== Until Mon 23 Nov (1) ==')
    expect(saturday.size).toBe(0)
  })
})

describe('what is not to be mailed any more', () => {
  it('is left out when the customer was deleted or given away, and the next ones take its place', async () => {
    const tenant = await newTenant({ locale: 'en' })
    const [rep, other] = [await tenant.user('rep'), await tenant.user('rep')]
    const gone = await Promise.all(
      ['2026-11-01', '2026-11-02', '2026-11-03'].map((on) => customerDue(tenant, rep, [on], { name: `Gone ${on}` })),
    )
    await Promise.all(Array.from({ length: 22 }, (_, n) => customerDue(tenant, rep, ['2026-11-10'], { name: `Kept ${n}` })))
    const admin = await tenant.as(tenant.admin)
    await deleteCustomer(admin, { id: gone[0]!.id })
    await changeCustomer(admin, { id: gone[1]!.id, changes: { ownerId: other.id } })
    await changeCustomer(admin, { id: gone[2]!.id, changes: { ownerId: null } })
    const reminders = await remindersOf(tenant)

    const text = (await reminders.run(eight)).get(rep.email)?.text ?? ''

    expect(text).not.toContain('Gone')
    expect(text.match(/^\* Kept/gm)).toHaveLength(20)
    expect(text).toContain('and 2 more')
  })

  it('leaves no mail when nothing else was due', async () => {
    const tenant = await newTenant()
    const rep = await tenant.user('rep')
    const { id } = await customerDue(tenant, rep, [day])
    await deleteCustomer(await tenant.as(tenant.admin), { id })
    const reminders = await remindersOf(tenant)

    const outcome = await reminders.send({ userId: rep.id, day })

    expect(outcome).toBe('nothing-due')
  })
})

describe('the digest of a manager', () => {
  it("tells what everybody below is over 7 days late with, a leaver's too, and whose it is", async () => {
    const tenant = await newTenant({ locale: 'en' })
    const boss = await tenant.user('manager')
    const middle = await tenant.user('manager', { managerId: boss.id, name: 'Middle' })
    const rep = await tenant.user('rep', { managerId: middle.id, name: 'Robert' })
    const left = await tenant.user('rep', { managerId: middle.id, name: 'Laura' })
    await customerDue(tenant, rep, ['2026-11-12'], { name: 'Eight days' })
    await customerDue(tenant, rep, ['2026-11-13'], { name: 'Seven days' })
    await customerDue(tenant, left, ['2026-10-01'], { name: 'Orphaned' })
    await changeUser(await tenant.as(tenant.admin), { id: left.id, changes: { active: false } })
    const reminders = await remindersOf(tenant)

    const mails = await reminders.run(eight)

    for (const manager of [boss, middle]) {
      expect(mails.get(manager.email)?.subject).toBe('2 overdue in your team')
      expect(mails.get(manager.email)?.text).toContain('* Eight days | 8 days late\n  Call on 2026-11-12\n  Owner Robert')
      expect(mails.get(manager.email)?.text).toContain('Owner Laura')
      expect(mails.get(manager.email)?.text).not.toContain('Seven days')
    }
    expect([...mails.keys()].sort()).toEqual([boss.email, middle.email, rep.email].sort())
  })

  it('is not for somebody with people below who may not see their customers', async () => {
    const tenant = await newTenant()
    const senior = await tenant.user('rep')
    const junior = await tenant.user('rep', { managerId: senior.id })
    await customerDue(tenant, junior, ['2026-11-01'])
    const reminders = await remindersOf(tenant)

    const mails = await reminders.run(eight)

    expect([...mails.keys()]).toEqual([junior.email])
  })
})

describe('the run', () => {
  it('catches up a missed hour once, and no day that is over', async () => {
    const tenant = await newTenant()
    const rep = await tenant.user('rep')
    await customerDue(tenant, rep, [day])
    const reminders = await remindersOf(tenant)

    const early = await reminders.run('2026-11-19T23:00:00Z')
    const late = await reminders.run('2026-11-20T03:00:00Z')
    const later = await reminders.start('2026-11-20T04:00:00Z')
    const nextNight = await reminders.start('2026-11-20T17:00:00Z')

    expect([early.size, late.size]).toEqual([0, 1])
    expect([later, nextNight]).toEqual([[], []])
  })

  it('is repeated for its own hour, also for a day long past, without lowering the last day', async () => {
    const tenant = await newTenant()
    const reminders = await remindersOf(tenant)
    await reminders.run(eight)

    const again = await reminders.start(eight)
    await reminders.run('2026-10-01T00:00:00Z')
    const caughtUp = await reminders.start('2026-11-20T05:00:00Z')

    expect(again).toMatchObject([{ day }])
    expect(caughtUp).toEqual([])
  })

  it('starts again a day whose fan-out died', async () => {
    const tenant = await newTenant()
    const rep = await tenant.user('rep')
    await customerDue(tenant, rep, [day])
    const reminders = await remindersOf(tenant)
    await reminders.start(eight)

    const mails = await reminders.run('2026-11-20T01:00:00Z')

    expect(mails.size).toBe(1)
  })

  it('neither loses nor doubles a day when the tenant changes its zone or hour', async () => {
    const tenant = await newTenant()
    const rep = await tenant.user('rep')
    await customerDue(tenant, rep, [day, '2026-11-21'])
    const reminders = await remindersOf(tenant)
    const move = async (changes: object) => changeTenant(await tenant.as(tenant.admin), { changes })
    await reminders.run(eight)

    await move({ reminderHour: 10 })
    const atTen = await reminders.run('2026-11-20T02:00:00Z')
    await move({ timeZone: 'Pacific/Honolulu', reminderHour: 8 })
    const inHonolulu = await reminders.run('2026-11-20T18:00:00Z') // the 20th there too
    const nextDay = await reminders.run('2026-11-21T18:00:00Z')

    expect([atTen.size, inHonolulu.size, nextDay.size]).toEqual([0, 0, 1])
  })

  it('passes over a tenant found where it does not belong', async () => {
    const tenant = await newTenant()
    const rep = await tenant.user('rep')
    await customerDue(tenant, rep, [day])
    const reminders = await remindersOf(tenant)

    const people = await reminders.plan({ tenantId: tenant.id, day, timeZone: 'Asia/Shanghai', reminderHour: 6 })

    expect(people).toEqual([])
  })
})

describe('what a digest costs', () => {
  it('is a Query of what is due, one of receivables, and one BatchGet of what is shown, besides what is kept in memory', async () => {
    const tenant = await newTenant()
    const rep = await tenant.user('rep')
    const ctx = await tenant.as(rep)
    const others = await manyCustomers(ctx, await customerDue(tenant, rep, ['2026-11-10']), 99)
    const dueOn = (n: number) => (n < 69 ? '2026-11-10' : day)
    await Promise.all(others.map((customerId, n) => createFollowUp(ctx, { customerId, dueOn: dueOn(n), subject: 'Call' })))
    const reminders = await remindersOf(tenant)
    await reminders.plan({ tenantId: tenant.id, day, timeZone: 'Asia/Shanghai', reminderHour: 8 })

    const { spent } = await measure(() => reminders.send({ userId: rep.id, day }))

    expect(spent.byCommand).toEqual({ QueryCommand: 2, BatchGetItemCommand: 1, PutItemCommand: 1, UpdateItemCommand: 1 })
    expect(spent.readUnits / 100).toBeLessThanOrEqual(0.25)
    expect(spent.writeUnits).toBe(2)
  })
})
