import { randomInt } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { changeUser } from '../../../domain/identity/user/change-user.ts'
import type { User } from '../../../domain/identity/user/user.ts'
import { seal } from '../../../domain/kernel/signing.ts'
import { changeCustomer, deleteCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { linkTo } from '../../../domain/reminders/follow-up-page/link.ts'
import { handler } from '../../../functions/http/reminders/index.ts'
import { caller } from '../../support/call.ts'
import { log, pathOf, remindedRep, yesterday } from '../../support/follow-up-page.ts'
import { customerDue } from '../../support/reminders.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let rep: User
let pageOf: Awaited<ReturnType<typeof remindedRep>>['pageOf']

beforeAll(async () => {
  ;({ tenant, rep, pageOf } = await remindedRep())
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
