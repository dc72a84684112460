import { randomInt } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { changeUser } from '../../../domain/identity/user/change-user.ts'
import type { User } from '../../../domain/identity/user/user.ts'
import { addDays, localDate } from '../../../domain/kernel/dates.ts'
import { seal } from '../../../domain/kernel/signing.ts'
import { createContact } from '../../../domain/parties/contact/change-contact.ts'
import { changeCustomer, deleteCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { shown } from '../../../domain/parties/customer/customer.ts'
import { summariseCustomer } from '../../../domain/parties/customer/summarise-customer.ts'
import { linkTo } from '../../../domain/reminders/follow-up-page/link.ts'
import { weekdayText } from '../../../domain/reminders/wording.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { handler } from '../../../functions/http/reminders/index.ts'
import { caller } from '../../support/call.ts'
import { customerDue } from '../../support/reminders.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

const today = localDate(new Date().toISOString(), 'Asia/Shanghai')
const yesterday = addDays(today, -1)

let tenant: TestTenant
let rep: User

beforeAll(async () => {
  tenant = await newTenant({ locale: 'en' })
  rep = await tenant.user('rep', { name: 'Nancy' })
})

const pathOf = (link: string) => link.slice(link.indexOf('/r/'))

/** The page behind the link of `user` for the customer, as a phone sees it: nobody is signed in. */
async function pageOf(customerId: string, user = rep) {
  const ctx = await tenant.as(user)
  const path = pathOf(linkTo(ctx, user.id, customerId))
  const call = caller(handler, tenant.id, undefined)
  const post = (form: Record<string, string>) =>
    call(path, {
      method: 'POST',
      rawBody: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const get = (method = 'GET') => call(path, { method })
  const nonce = async () => /name="nonce" value="([^"]+)"/.exec((await get()).body)?.[1] ?? ''
  const now = async () => shown(await getCustomer(await tenant.as(tenant.admin), { id: customerId }))
  const history = async () => (await summariseCustomer(await tenant.as(tenant.admin), { id: customerId })).recentActivities ?? []
  const planned = async () =>
    ((await summariseCustomer(await tenant.as(tenant.admin), { id: customerId })).openFollowUps ?? []).map(({ dueOn }) => dueOn)
  return { path, call, post, get, nonce, now, history, planned }
}

const log = { action: 'log', kind: 'call', summary: 'They want a quote' }

describe('opening the page', () => {
  it('shows the customer and changes nothing, however often a scanner opens it', async () => {
    const customer = await customerDue(tenant, rep, [yesterday], { name: 'Ernst Handel', phones: ['+43 7675-3425'], level: 'key-major' })
    const page = await pageOf(customer.id)
    const before = await page.now()

    const answers = [await page.get(), await page.get('HEAD'), await page.get()]

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    for (const text of ['Ernst Handel', 'Key customer', '1 day late', 'tel:+4376753425', 'Nancy']) expect(answers[0]!.body).toContain(text)
    expect(answers[1]!.body).toBe('')
    expect(await page.now()).toEqual(before)
  })

  it('offers each number once, with the name of whom it reaches', async () => {
    const customer = await customerDue(tenant, rep, [yesterday], { phones: ['021-6543 2100', '021 1111 2222'] })
    const asRep = await tenant.as(rep)
    await createContact(asRep, { customerId: customer.id, name: 'Yoshi', phones: ['02165432100', '138 0013 8000'], wechat: 'yoshi88' })
    await createContact(asRep, { customerId: customer.id, name: 'Maria', phones: ['138-0013-8000'], primary: true })
    const page = await pageOf(customer.id)

    const { body } = await page.get()

    const calls = [...String(body).matchAll(/href="(tel:\d+)">[^<]*(?:<span>([^<]*))?/g)].map((match) =>
      `${match[1]} ${match[2] ?? ''}`.trim(),
    )
    expect(calls).toEqual(['tel:02165432100 Yoshi', 'tel:02111112222', 'tel:13800138000 Maria'])
    expect(body).toContain('yoshi88')
  })

  it('costs four reads and no write', async () => {
    const customer = await customerDue(tenant, rep, [yesterday])
    const page = await pageOf(customer.id)
    await page.get()

    const { spent } = await measure(() => page.get())

    expect(spent.writeUnits).toBe(0)
    expect(spent.calls).toBeLessThanOrEqual(4)
  })

  it('lets nothing in and sends its address nowhere', async () => {
    const page = await pageOf((await customerDue(tenant, rep, [yesterday])).id)

    const { headers, body } = await page.get()

    const nonce = /<style nonce="([^"]+)">/.exec(body)?.[1]
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
    })
    expect(headers['content-security-policy']).toContain(`script-src 'nonce-${nonce}'`)
    expect((await page.get()).body).not.toContain(nonce)
  })

  it('does not mind what others hang on the link', async () => {
    const page = await pageOf((await customerDue(tenant, rep, [yesterday])).id)

    const { status } = await page.call(`${page.path}?utm_source=a&utm_source=b&x=%zz`)

    expect(status).toBe(200)
  })

  it('speaks the language of its person', async () => {
    const chinese = await tenant.user('rep', { locale: 'zh-CN' })
    const page = await pageOf((await customerDue(tenant, chinese, [yesterday])).id, chinese)

    expect((await page.get()).body).toContain('记录结果')
  })
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

describe('a link that opens nothing', () => {
  it('is one that was forged, byte by byte', async () => {
    const customer = await customerDue(tenant, rep, [yesterday], { name: `Secret Ltd ${randomInt(1e9)}` })
    const page = await pageOf(customer.id)
    const token = page.path.slice(3)
    const flip = (at: number) => token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)

    for (let at = 0; at < token.length; at += 7) {
      const answer = await page.call(`/r/${flip(at)}`)

      expect(answer.status).toBe(404)
      expect(answer.body).not.toContain('Secret')
    }
  })

  it('is one of another purpose, tenant or shape', async () => {
    const customer = await customerDue(tenant, rep, [yesterday])
    const value = [tenant.id, rep.id.slice(4), customer.id.slice(4), 99_999]
    const { signingKey } = (await newTenant()).tenant
    const call = caller(handler, tenant.id, undefined)
    const tokens = [
      seal(tenant.tenant.signingKey, 'cursor', value),
      seal(signingKey, 'reminder', value),
      seal(signingKey, 'reminder', ['nobody', ...value.slice(1)]),
      'x',
      'x.y',
      encodeURIComponent('{"a":1}.x'),
      `${Buffer.from('[7]').toString('base64url')}.x`,
    ]

    for (const token of tokens) {
      const [get, post] = [await call(`/r/${token}`), await call(`/r/${token}`, { method: 'POST', rawBody: 'action=log' })]

      expect([get.status, post.status]).toEqual([404, 404])
      expect(get.headers['content-type']).toContain('text/html')
    }
  })

  it('says so in the language of the browser', async () => {
    const call = caller(handler, tenant.id, undefined)

    const [german, chinese] = [
      await call('/r/x', { headers: { 'accept-language': 'de-DE,de;q=0.9' } }),
      await call('/r/x', { headers: { 'accept-language': 'zh-CN,zh;q=0.9' } }),
    ]

    expect(german.body).toContain('This link is not valid')
    expect(chinese.body).toContain('链接无效')
  })

  it('is one that has expired after 14 days, and changes nothing', async () => {
    const customer = await customerDue(tenant, rep, [yesterday], { name: `Secret Ltd ${randomInt(1e9)}` })
    const page = await pageOf(customer.id)
    const daysAgo = (days: number) => ({ now: () => new Date(Date.now() - days * 86_400_000).toISOString() })
    const ctx = await tenant.as(rep)
    const [old, recent] = [15, 14].map((days) => pathOf(linkTo({ ...ctx, ...daysAgo(days) }, rep.id, customer.id)))

    const answers = [
      await page.call(old!),
      await page.call(old!, { method: 'POST', rawBody: new URLSearchParams({ ...log, nonce: 'n' }).toString() }),
    ]

    expect(answers.map(({ status }) => status)).toEqual([410, 410])
    expect(answers[0]!.body).toContain('This link has expired')
    expect(answers[0]!.body).not.toContain('Secret')
    expect(await page.history()).toEqual([])
    expect((await page.call(recent!)).status).toBe(200)
  })

  it('is one of somebody who left, or may not see customers any more', async () => {
    const leaver = await tenant.user('rep')
    const customer = await customerDue(tenant, leaver, [yesterday], { name: `Secret Ltd ${randomInt(1e9)}` })
    const page = await pageOf(customer.id, leaver)
    const nonce = await page.nonce()
    const change = async (changes: object) => changeUser(await tenant.as(tenant.admin), { id: leaver.id, changes })

    await change({ roles: ['purchasing'] })
    const buyer = await page.get()
    await change({ active: false })
    const left = [await page.get(), await page.post({ ...log, nonce })]

    expect([buyer, ...left].map(({ status }) => status)).toEqual([404, 404, 404])
    expect(buyer.body).toContain('No longer yours')
    expect(buyer.body).not.toContain('Secret')
    expect(await page.history()).toEqual([])
  })

  it('is one for a customer that a colleague has now, or nobody', async () => {
    const other = await tenant.user('rep')
    const admin = await tenant.as(tenant.admin)
    const [given, deleted] = [await customerDue(tenant, rep, [yesterday]), await customerDue(tenant, rep, [yesterday])]
    const [first, second] = [await pageOf(given.id), await pageOf(deleted.id)]
    await changeCustomer(admin, { id: given.id, changes: { ownerId: other.id } })
    await deleteCustomer(admin, { id: deleted.id })

    const answers = [await first.get(), await first.post({ ...log, nonce: 'n' }), await second.get()]

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(await first.history()).toEqual([])
  })

  it('does nothing for whoever may only read', async () => {
    const reader = await tenant.user('rep')
    const customer = await customerDue(tenant, rep, [yesterday], { teamMembers: [{ userId: reader.id, access: 'read' }] })
    const page = await pageOf(customer.id, reader)

    const answers = [await page.get(), await page.post({ ...log, nonce: 'n' })]

    expect(answers.map(({ status }) => status)).toEqual([200, 403])
    expect(await page.history()).toEqual([])
  })
})
