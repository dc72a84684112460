import { describe, expect, test } from 'vitest'
import type { DueReceivable } from '../../../domain/finance/index.ts'
import { receivableSections } from '../../../domain/reminders/digest/receivable-sections.ts'
import { callAs } from '../../support/api.ts'
import { remindersOf } from '../../support/reminders.ts'
import { newTenant } from '../../support/tenant.ts'

const day = '2026-11-20'
let n = 0
const due = (partition: string, dueOn: string, outstanding = 100_00): DueReceivable => ({
  id: `rcv_${n++}`,
  partition,
  ownerId: 'u',
  dueOn,
  outstanding,
})
const shape = (own: DueReceivable[], team: DueReceivable[] = []) =>
  receivableSections(own, team, day).map(({ kind, lines }) => [
    kind,
    lines.map((line) => [line.partition, line.count, line.total, line.daysLate]),
  ])

describe('what a digest says is owed', () => {
  test('is overdue, due today or within seven days; what comes later is not told', () => {
    expect(
      shape([due('A', '2026-11-19'), due('B', '2026-11-20'), due('C', '2026-11-21'), due('D', '2026-11-27'), due('E', '2026-11-28')]),
    ).toEqual([
      ['receivable-overdue', [['A', 1, 100_00, 1]]],
      ['receivable-today', [['B', 1, 100_00, 0]]],
      [
        'receivable-soon',
        [
          ['C', 1, 100_00, -1],
          ['D', 1, 100_00, -7],
        ],
      ],
    ])
  })

  test('is one line per customer, the oldest first and of those the largest', () => {
    const own = [due('A', '2026-11-10', 5), due('B', '2026-10-01', 1), due('A', '2026-11-18', 7), due('C', '2026-11-10', 50)]

    const [section] = receivableSections(own, [], day)

    expect(section!.lines.map(({ partition, count, total, daysLate }) => [partition, count, total, daysLate])).toEqual([
      ['B', 1, 1, 50],
      ['C', 1, 50, 10],
      ['A', 2, 12, 10],
    ])
    expect(section!.lines[0]!.byBucket).toEqual({ d31to60: 1 })
  })

  test('tells a manager what of the team is over seven days late', () => {
    expect(shape([], [due('A', '2026-11-12'), due('B', '2026-11-13')])).toEqual([['team-receivable', [['A', 1, 100_00, 8]]]])
  })

  test('counts days over month ends and the 29th of February', () => {
    const [section] = receivableSections([due('A', '2028-02-28'), due('B', '2028-01-30')], [], '2028-03-01')

    expect(section!.lines.map(({ partition, daysLate, byBucket }) => [partition, daysLate, Object.keys(byBucket)])).toEqual([
      ['B', 31, ['d31to60']],
      ['A', 2, ['d1to30']],
    ])
  })
})

/** A firm with a manager, a rep with two customers, somebody of finance, and what is owed. */
async function world(settings: Record<string, unknown> = {}) {
  const tenant = await newTenant({ locale: 'en', reminderHour: 8, ...settings })
  const manager = await tenant.user('manager', { name: 'Mona', locale: 'en' })
  const rep = await tenant.user('rep', { name: 'Rita', managerId: manager.id, locale: 'en' })
  const finance = await tenant.user('finance', { name: 'Fay', locale: 'en' })
  const owes = async (name: string, ...owed: [dueOn: string, amount: string, more?: object][]) => {
    const { body } = await callAs(tenant.id, rep)('/v1/customers', { body: { name } })
    for (const [dueOn, amount, more] of owed) {
      const fields = { customerId: body.id, issuedOn: '2026-08-01', dueOn, amount: { amount, currency: 'CNY' }, ...more }
      const answer = await callAs(tenant.id, finance)('/v1/receivables', { body: fields })
      expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    }
  }
  return { tenant, manager, rep, finance, owes }
}

describe('the digest', () => {
  test('tells reps of their customers, managers of the team, finance of all, with ages and what was promised', async () => {
    const { tenant, manager, rep, finance, owes } = await world()
    await owes('Alpha Trading', ['2026-09-10', '1000.00'], ['2026-11-10', '200.00', { promise: { on: '2026-11-25' } }])
    await owes('Bravo Metals', ['2026-11-20', '50.00'])

    const mails = await (await remindersOf(tenant)).run('2026-11-20T00:00:00Z')

    const text = (user: { email: string }) => mails.get(user.email)?.text ?? ''
    expect(text(rep)).toContain('== Overdue receivables (1) ==')
    expect(text(rep)).toContain(
      '* Alpha Trading | 71 days late\n  CN¥1,200.00, 2 receivables; 1–30 days CN¥200.00, 61–90 days CN¥1,000.00; promised for 25 Nov',
    )
    expect(text(rep)).toContain('== Receivables due today (1) ==')
    expect(text(manager)).toContain('== Your team: receivables over 7 days late (1) ==')
    expect(text(manager)).toContain('Owner Rita')
    expect(text(manager)).not.toContain('Bravo Metals')
    expect(text(finance)).toContain('Bravo Metals')
    expect(text(finance)).toContain('Owner Rita')
    expect(mails.get(rep.email)?.subject).toBe('1 overdue to pay, 1 to pay today')
    expect(mails.has(tenant.admin.email)).toBe(false)
  })

  test('tells finance of what customers in the pool owe, without how to reach them, and managers once it is a week late', async () => {
    const { tenant, manager, rep, finance, owes } = await world()
    await owes('Pooled Ltd', ['2026-11-10', '70.00'])
    const admin = callAs(tenant.id, tenant.admin)
    const [customer] = (await admin('/v1/customers')).body.data
    await admin(`/v1/customers/${customer.id}`, { method: 'PATCH', body: { ownerId: null, phones: ['021-6543 2100'] } })

    const mails = await (await remindersOf(tenant)).run('2026-11-20T00:00:00Z')

    const text = mails.get(finance.email)?.text ?? ''
    expect(text).toContain('* Pooled Ltd | 10 days late\n  CN¥70.00, 1 receivable')
    expect(text).toContain('Public pool')
    expect(text).not.toMatch(/6543|\/r\//)
    expect(mails.get(manager.email)?.text).toMatch(/over 7 days late \(1\) ==[\s\S]*Pooled Ltd[\s\S]*Public pool/)
    expect(mails.has(rep.email)).toBe(false)
  })

  test('is told beforehand of whom nothing is owed that concerns it, unless there is too much to look at', async () => {
    const { tenant, manager, rep, finance, owes } = await world()
    const idle = await tenant.user('rep')
    const reminders = await remindersOf(tenant)
    const [today] = await reminders.start('2026-11-20T00:00:00Z')
    const asked = async () => (await reminders.plan(today!)).flatMap(({ userId, nothingOwed }) => (nothingOwed ? [] : [userId])).sort()
    const ids = (...users: { id: string }[]) => users.map(({ id }) => id).sort()

    const before = await asked()
    await owes('Echo', ['2026-11-28', '5.00'])
    const later = await asked()
    await owes('Foxtrot', ['2026-11-27', '5.00'])
    const due = await asked()
    const { body: customer } = await callAs(tenant.id, rep)('/v1/customers', { body: { name: 'Golf' } })
    const one = { customerId: customer.id, issuedOn: '2026-08-01', dueOn: '2026-11-01', amount: { amount: '1.00', currency: 'CNY' } }
    const items = Array.from({ length: 100 }, () => one)
    await callAs(tenant.id, finance)('/v1/receivables/batch', { body: { operation: 'create', items } })
    const many = await asked()

    expect([before, later, due]).toEqual([[], [], ids(manager, rep, finance)])
    expect(many).toEqual(ids(tenant.admin, manager, rep, finance, idle))
  })

  test.each([
    ['Pacific/Kiritimati', 0, '2026-11-19T10:00:00Z'],
    ['Pacific/Kiritimati', 23, '2026-11-20T09:00:00Z'],
    ['America/Los_Angeles', 0, '2026-11-20T08:00:00Z'],
    ['America/Los_Angeles', 23, '2026-11-21T07:00:00Z'],
    ['Asia/Kolkata', 0, '2026-11-19T19:00:00Z'],
  ])('in %s at %i o’clock takes the day from the clock on the wall there', async (timeZone, reminderHour, time) => {
    const { tenant, rep, owes } = await world({ timeZone, reminderHour })
    await owes('Charlie', ['2026-11-20', '10.00'])
    await owes('Delta', ['2026-11-19', '10.00'])

    const mails = await (await remindersOf(tenant, time)).run(time)

    expect(mails.get(rep.email)?.text).toMatch(/Overdue receivables[\s\S]*Delta \| 1 day late[\s\S]*due today[\s\S]*Charlie/)
  })
})
