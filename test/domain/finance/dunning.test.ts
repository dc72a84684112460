import { describe, expect, test } from 'vitest'
import { decideNotices, sendNotice } from '../../../domain/finance/dunning/dun-customers.ts'
import { levelToSend } from '../../../domain/finance/dunning/dunning.ts'
import { type DunningGroup, planDunning, startDunning } from '../../../domain/finance/dunning/plan-dunning.ts'
import type { Context, Mailer } from '../../../domain/kernel/context.ts'
import { addDays } from '../../../domain/kernel/dates.ts'
import { MailRefused } from '../../../domain/kernel/errors.ts'
import { dunCustomers } from '../../../functions/queues/finance/dun-customers.ts'
import { systemContext } from '../../../functions/runtime.ts'
import { callAs } from '../../support/api.ts'
import { financeAs, receivableOf } from '../../support/finance.ts'
import { fakeClock, fakeSes, withMail } from '../../support/mail.ts'
import { customerOf } from '../../support/parties.ts'
import { newTenant } from '../../support/tenant.ts'

const dunning = [
  { level: 'friendly' as const, daysAfterDue: 1, active: true },
  { level: 'firm' as const, daysAfterDue: 15, active: true },
  { level: 'final' as const, daysAfterDue: 30, active: true },
]

describe('the level that a receivable has reached', () => {
  const dueOn = '2028-02-28'
  test.each([
    [0, undefined],
    [1, 'friendly'],
    [14, 'friendly'],
    [15, 'firm'],
    [29, 'firm'],
    [30, 'final'],
  ])('%i days after its due day, over the 29th of February, is %s', (days, level) => {
    expect(levelToSend({ dueOn }, addDays(dueOn, days), dunning)).toBe(level)
  })

  test('is told once, and only a stronger one after it', () => {
    const told = (level: 'friendly' | 'firm' | 'final', days: number) =>
      levelToSend({ dueOn, dunned: { level, on: dueOn } }, addDays(dueOn, days), dunning)

    expect([told('friendly', 14), told('friendly', 15), told('firm', 29), told('final', 90)]).toEqual([
      undefined,
      'firm',
      undefined,
      undefined,
    ])
  })

  test('is none while it is disputed, or until a promised day has passed, or where the level is switched off', () => {
    const promise = { on: '2028-03-10' }

    expect(levelToSend({ dueOn, disputed: { since: dueOn, reason: 'x' } }, '2028-03-20', dunning)).toBeUndefined()
    expect([levelToSend({ dueOn, promise }, '2028-03-10', dunning), levelToSend({ dueOn, promise }, '2028-03-11', dunning)]).toEqual([
      undefined,
      'friendly',
    ])
    expect(
      levelToSend(
        { dueOn },
        '2028-06-01',
        dunning.map((one) => ({ ...one, active: one.level !== 'final' })),
      ),
    ).toBe('firm')
  })
})

/** What the worker of a group of customers does. */
async function dun(ctx: Context, group: DunningGroup) {
  const outcomes = []
  for (const decided of await decideNotices(ctx, group)) outcomes.push(await sendNotice(ctx, decided))
  return outcomes
}

/** A firm that duns, and the whole run: the schedule, the plan, each customer's mails. */
async function world(settings: Record<string, unknown> = {}) {
  const tenant = await newTenant({ locale: 'en', dunning, reminderHour: 8, ...settings })
  const [clock, ses] = [fakeClock('2026-11-20T00:00:00Z'), fakeSes()]
  const asSystem = async () => withMail(await tenant.as(tenant.admin), clock, ses)
  const run = async (time: string) => {
    const before = ses.taken.length
    const sent = async (work: (enqueue: (queue: string, messages: unknown[]) => Promise<void>) => Promise<void>) => {
      const messages: unknown[] = []
      await work(async (_queue, some) => void messages.push(...some))
      return messages as never[]
    }
    const days: { tenantId: string; day: string }[] = await sent((enqueue) => startDunning({ ...systemContext(), enqueue }, time))
    for (const day of days.filter(({ tenantId }) => tenantId === tenant.id))
      for (const message of await sent(async (enqueue) => planDunning({ ...(await asSystem()), enqueue }, day)))
        await dun(await asSystem(), message)
    return ses.taken.slice(before)
  }
  return { tenant, run, asSystem, ses }
}

describe('dunning', () => {
  test('mails a customer once for each level, naming what is overdue, however often the job runs', async () => {
    const { tenant, run } = await world()
    const { id } = await customerOf(tenant, tenant.admin, { name: 'Alpha Trading', email: 'pay@alpha.example' })
    await receivableOf(tenant, tenant.admin, id, 100, { dueOn: '2026-11-19', number: 'INV-1' })
    await receivableOf(tenant, tenant.admin, id, 50, { dueOn: '2026-10-01', number: 'INV-2' })
    await receivableOf(tenant, tenant.admin, id, 70, { dueOn: '2026-11-20', number: 'INV-3' })

    const first = await run('2026-11-20T00:00:00Z')
    const again = [...(await run('2026-11-20T00:00:00Z')), ...(await run('2026-11-20T05:00:00Z'))]
    const nextDay = await run('2026-11-21T00:00:00Z')
    const later = await run('2026-12-04T00:00:00Z')

    const shape = (mails: typeof first) => mails.map(({ to, subject, text }) => [to, subject, text.match(/INV-\d/g)])
    expect(shape(first).sort()).toEqual([
      ['pay@alpha.example', 'Test Trading: a reminder of 1 overdue', ['INV-1']],
      ['pay@alpha.example', 'Test Trading: final notice', ['INV-2']],
    ])
    expect(again).toEqual([])
    expect(shape(nextDay)).toEqual([['pay@alpha.example', 'Test Trading: a reminder of 1 overdue', ['INV-3']]])
    expect(shape(later)).toEqual([['pay@alpha.example', 'Test Trading: payment overdue by 15 days', ['INV-1']]])
    expect(first.find(({ subject }) => subject.includes('final'))?.text).toContain('* INV-2 | Due 2026-10-01 | Days overdue 50 | CNY 50.00')
    const timeline = await callAs(tenant.id, tenant.admin)(`/v1/customers/${id}/timeline`)
    expect(timeline.body.data.filter(({ type }: { type: string }) => type === 'dunning.raised')).toHaveLength(4)
  })

  test('writes in the language of the contact, and says where to pay to', async () => {
    const account = { holder: '宁波远航贸易有限公司', bank: '工行宁波江北支行', account: '3901 1300 0920' }
    const { tenant, run } = await world({ letterhead: { bankAccounts: [account] } })
    const { id } = await customerOf(tenant, tenant.admin, { name: '甲方公司' })
    const contact = { customerId: id, name: '王会计', email: 'wang@a.example', primary: true, locale: 'zh-CN' }
    await callAs(tenant.id, tenant.admin)('/v1/contacts', { body: contact })
    await receivableOf(tenant, tenant.admin, id, 100, { dueOn: '2026-11-19' })

    const [mail] = await run('2026-11-20T00:00:00Z')

    expect(mail).toMatchObject({ to: 'wang@a.example', subject: expect.stringContaining('笔货款已到期') })
    for (const part of [mail!.text, mail!.html]) expect(part).toContain('收款账户：宁波远航贸易有限公司，工行宁波江北支行，3901 1300 0920')
  })

  test('writes English to customers abroad whose language nobody knows, one with two currencies of each its sum', async () => {
    const { tenant, run } = await world({ locale: 'zh-CN' })
    const of = async (name: string, country?: string) => {
      const addresses = country ? { addresses: [{ kind: 'office', country, city: `X ${name}` }] } : {}
      const { id } = await customerOf(tenant, tenant.admin, { name, email: `pay@${name}.example`, ...addresses })
      await receivableOf(tenant, tenant.admin, id, 1234.5, { dueOn: '2026-11-19' })
      return id
    }
    const german = await of('german', 'DE')
    await of('taiwan', 'TW')
    await of('nowhere')
    await receivableOf(tenant, tenant.admin, german, 0, {
      dueOn: '2026-11-19',
      amount: { amount: '1000', currency: 'JPY' },
      exchangeRate: '0.05',
    })

    const mails = await run('2026-11-20T00:00:00Z')

    const byName = new Map(mails.map((mail) => [String(mail.to).slice(4, -8), mail]))
    expect(byName.get('german')!.subject).not.toMatch(/\p{Script=Han}/u)
    expect(byName.get('german')!.text).toMatch(/CNY 1,234\.50 \+ JPY 1,000|JPY 1,000 \+ CNY 1,234\.50/)
    for (const name of ['taiwan', 'nowhere']) expect(byName.get(name)!.subject).toMatch(/\p{Script=Han}/u)
  })

  test.each([
    ['Pacific/Kiritimati', 0, '2026-11-20T09:00:00Z', '2026-11-20T10:00:00Z'],
    ['America/Los_Angeles', 0, '2026-11-21T07:00:00Z', '2026-11-21T08:00:00Z'],
    ['Asia/Kolkata', 23, '2026-11-20T18:00:00Z', '2026-11-21T18:00:00Z'],
  ])('in %s says nothing before the due day has ended there', async (timeZone, reminderHour, before, after) => {
    const { tenant, run } = await world({ timeZone, reminderHour })
    const { id } = await customerOf(tenant, tenant.admin, { name: 'Bravo', email: 'pay@bravo.example' })
    await receivableOf(tenant, tenant.admin, id, 100, { dueOn: '2026-11-20' })

    expect(await run(before)).toEqual([])
    expect(await run(after)).toHaveLength(1)
  })

  test('leaves alone what is disputed or promised, who has no address, and firms that do not want it', async () => {
    const { tenant, run } = await world()
    const call = financeAs(tenant, tenant.admin)
    const of = async (name: string, more: object = {}) => (await customerOf(tenant, tenant.admin, { name, ...more })).id
    const disputed = await receivableOf(tenant, tenant.admin, await of('Disputes', { email: 'a@disputes.example' }), 10)
    const promised = await receivableOf(tenant, tenant.admin, await of('Promises', { email: 'a@promises.example' }), 10)
    await receivableOf(tenant, tenant.admin, await of('Silent'), 10)
    await call(`/v1/receivables/${disputed.id}`, { method: 'PATCH', body: { disputed: { since: '2026-02-01', reason: 'wrong goods' } } })
    await call(`/v1/receivables/${promised.id}`, { method: 'PATCH', body: { promise: { on: '2026-11-25' } } })

    expect(await run('2026-11-20T00:00:00Z')).toEqual([])
    expect((await run('2026-11-26T00:00:00Z')).map(({ to }) => to)).toEqual(['a@promises.example'])
    await callAs(tenant.id, tenant.admin)('/v1/tenant', { method: 'PATCH', body: { dunning: [] } })
    await call(`/v1/receivables/${disputed.id}`, { method: 'PATCH', body: { disputed: null } })
    expect(await run('2026-11-27T00:00:00Z')).toEqual([])
  })

  test('is settled by the rule of all mail when a worker dies over it: decided once, mailed once', async () => {
    const { tenant, run, asSystem, ses } = await world()
    const { id } = await customerOf(tenant, tenant.admin, { name: 'Charlie', email: 'pay@charlie.example' })
    const owed = await receivableOf(tenant, tenant.admin, id, 100)
    const group = { tenantId: tenant.id, day: '2026-11-20', customers: [{ id, receivables: [owed.id] }] }
    const dying = { ...(await asSystem()), mail: () => Promise.reject(new Error('died')) }

    await expect(dun(dying, group)).rejects.toThrow('died')
    const waiting = await dun(await asSystem(), group)

    expect(waiting).toEqual([{ waitUntil: expect.any(String) }])
    expect(ses.taken).toEqual([])
    expect(await run('2026-11-20T00:00:00Z')).toEqual([])
  })

  test('says nothing any more of what was disputed after a worker that died had decided on it', async () => {
    const { tenant, run, asSystem, ses } = await world()
    const { id } = await customerOf(tenant, tenant.admin, { name: 'Whitby Kilns', email: 'pay@whitby.example' })
    const owed = await receivableOf(tenant, tenant.admin, id, 100)
    await decideNotices(await asSystem(), { tenantId: tenant.id, day: '2026-11-20', customers: [{ id, receivables: [owed.id] }] })
    const disputed = { since: '2026-11-20', reason: 'broken' }
    await financeAs(tenant, tenant.admin)(`/v1/receivables/${owed.id}`, { method: 'PATCH', body: { disputed } })

    const outcomes = await dun(await asSystem(), { tenantId: tenant.id, day: '2026-11-20', customers: [{ id, receivables: [owed.id] }] })

    expect(outcomes).toEqual(['nothing-due'])
    expect([await run('2026-11-20T00:00:00Z'), ses.taken]).toEqual([[], []])
  })

  test('of many customers is decided together, and one whose mail is refused holds up none of them', async () => {
    const { tenant, asSystem, ses } = await world()
    const names = Array.from({ length: 12 }, (_, n) => `debtor${n}`)
    for (const name of names) {
      const { id } = await customerOf(tenant, tenant.admin, { name, email: `pay@${name}.example` })
      await receivableOf(tenant, tenant.admin, id, 100)
    }
    const queued: DunningGroup[] = []
    const ctx = {
      ...(await asSystem()),
      enqueue: async (_queue: string, groups: unknown[]) => void queued.push(...(groups as DunningGroup[])),
    }
    await planDunning(ctx, { tenantId: tenant.id, day: '2026-11-20' })
    const sizes = queued.map(({ customers }) => customers.length)
    const mail: Mailer = async (message) => {
      if (message.to === 'pay@debtor3.example') throw new MailRefused('nobody has this address', false)
      return ses.mail(message)
    }

    const failures: unknown[] = []
    for (let group = queued.shift(); group; group = queued.shift())
      await dunCustomers({ ...ctx, mail }, group).catch((error: unknown) => failures.push(error))

    expect(sizes).toEqual([10, 2])
    expect(failures).toEqual([expect.any(MailRefused)])
    expect(ses.taken.map(({ to }) => to).sort()).toEqual(
      names
        .filter((name) => name !== 'debtor3')
        .map((name) => `pay@${name}.example`)
        .sort(),
    )
  })

  test('takes the words of the firm, and refuses those that name what is not known', async () => {
    const texts = { en: { subject: 'Pay {{total}}, {{ customer }}', body: 'Line one\n\n<b>{{ contact }}</b>' } }
    const { tenant, run } = await world({ dunning: [{ level: 'friendly', daysAfterDue: 1, texts }] })
    const { id } = await customerOf(tenant, tenant.admin, { name: 'Delta & Co', email: 'pay@delta.example' })
    await receivableOf(tenant, tenant.admin, id, 1234.5)
    const set = (body: object) => callAs(tenant.id, tenant.admin)('/v1/tenant', { method: 'PATCH', body })

    const [mail] = await run('2026-11-20T00:00:00Z')
    const bad = await Promise.all(
      [
        [{ level: 'firm', daysAfterDue: 1, texts: { en: { subject: '{{ password }}', body: 'x' } } }],
        [{ level: 'firm', daysAfterDue: 1, texts: { en: { subject: 'x', body: '{% if a %}' } } }],
        [{ level: 'firm', daysAfterDue: 0 }],
        [
          { level: 'friendly', daysAfterDue: 20 },
          { level: 'firm', daysAfterDue: 10 },
        ],
        [
          { level: 'firm', daysAfterDue: 1 },
          { level: 'firm', daysAfterDue: 2 },
        ],
      ].map((levels) => set({ dunning: levels })),
    )

    expect(mail?.subject).toBe('Pay CNY 1,234.50, Delta & Co')
    expect(mail?.html).toContain('&#60;b&#62;Delta &#38; Co&#60;/b&#62;')
    expect(bad.map(({ status }) => status)).toEqual(Array(5).fill(422))
    expect(bad[0]!.body.errors[0].pointer).toBe('/dunning/0/texts/en/subject')
  })
})
