import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import { createContact } from '../../../domain/parties/contact/change-contact.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { remindedRep, yesterday } from '../../support/follow-up-page.ts'
import { customerDue } from '../../support/reminders.ts'
import type { TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let rep: User
let pageOf: Awaited<ReturnType<typeof remindedRep>>['pageOf']

beforeAll(async () => {
  ;({ tenant, rep, pageOf } = await remindedRep())
})

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
