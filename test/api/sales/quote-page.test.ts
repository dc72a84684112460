import { describe, expect, test } from 'vitest'
import { partiesAs } from '../../support/parties.ts'
import { quoteOffice } from '../../support/quote-office.ts'

describe('the page of a quote', () => {
  test('shows the quote, sets no cookie, loads nothing, and is not found by others', async () => {
    const { sent, see } = await quoteOffice()
    const quote = await sent({ terms: '包邮' })

    const page = await see(quote.link)

    expect(page.status).toBe(200)
    expect(page.body).toMatch(/深沟球轴承[\s\S]*¥6,400\.00[\s\S]*包邮/)
    expect(page.headers['set-cookie']).toBeUndefined()
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    })
    expect(page.body).not.toMatch(/(src|href)="https?:(?!\/\/[^"]*\/q\/)/)
  })

  test('is changed by no GET, however often it is opened', async () => {
    const { call, sent, see, visitor, pathOf } = await quoteOffice()
    const { id, link, version } = await sent()

    for (let i = 0; i < 3; i++) await see(link)
    await visitor(`${pathOf(link)}?action=accept&name=x`)

    expect((await call(`/v1/quotes/${id}`)).body).toMatchObject({ status: 'sent', version })
  })

  test('takes one answer; a second one, of whatever kind, is shown what was decided', async () => {
    const { call, sent, post, see } = await quoteOffice()
    const { id, link } = await sent()

    const accepted = await post(link, { action: 'accept', name: '陈建国', customerPo: 'PO-1', comment: '' })
    const declined = await post(link, { action: 'decline', name: '别人', reason: '太贵' })

    expect([accepted.status, declined.status]).toEqual([303, 303])
    expect((await call(`/v1/quotes/${id}`)).body).toMatchObject({
      status: 'accepted',
      decision: { name: '陈建国', customerPo: 'PO-1', online: true },
    })
    const page = (await see(link)).body
    expect(page).toContain('您已接受这份报价')
    expect(page).not.toContain('<form')
  })

  test('is accepted once by two at the same moment', async () => {
    const { call, sent, post } = await quoteOffice()
    const { id, link } = await sent()

    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, i) =>
        post(link, { action: i % 2 ? 'decline' : 'accept', name: `N${i}`, ...(i % 2 ? { reason: 'r' } : {}) }),
      ),
    )

    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect(['accepted', 'rejected']).toContain((await call(`/v1/quotes/${id}`)).body.status)
  })

  test.each([
    [{ action: 'accept', name: '' }, '请填写您的姓名。'],
    [{ action: 'decline', name: '陈', reason: '' }, '请填写原因。'],
    [{ action: 'accept', name: '陈', comment: 'x'.repeat(1001) }, '填写的内容太长，请缩短后再提交。'],
    [{ action: 'destroy', name: '陈' }, '提交没有成功，请再试一次。'],
    [{ action: 'accept', name: '陈', status: 'accepted' }, '提交没有成功，请再试一次。'],
  ])('asks again for %j', async (form, fault) => {
    const { call, sent, post } = await quoteOffice()
    const { id, link } = await sent()

    const refused = await post(link, form as unknown as Record<string, string>)

    expect(refused.status).toBe(422)
    expect(refused.body).toContain(fault)
    expect((await call(`/v1/quotes/${id}`)).body.status).toBe('sent')
  })

  test('of an English customer is in English; what is typed stays text', async () => {
    const { tenant, sent, see, post, customerId } = await quoteOffice()
    const contact = await partiesAs(tenant, tenant.admin)('/v1/contacts', {
      body: { customerId, name: 'Ann <b>', locale: 'en', primary: true },
    })
    const { link } = await sent({ contactId: contact.body.id })

    expect((await see(link)).body).toMatch(/Accept this quotation/)
    await post(link, { action: 'accept', name: '<script>alert(1)</script>', comment: '' })
    expect((await see(link)).body).not.toContain('<script>alert')
  })

  test.each([
    ['a byte changed', (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    ['nothing signed', (token: string) => token.split('.')[0]!],
    ['no token', () => 'x'],
    [
      'another firm in it',
      (token: string) => `${Buffer.from(JSON.stringify(['demo', 'x', 99999])).toString('base64url')}.${token.split('.')[1]}`,
    ],
  ])('with %s is not valid, and says so', async (_, broken) => {
    const { sent, visitor, pathOf } = await quoteOffice()
    const { link } = await sent()

    const refused = await visitor(`/q/${broken(pathOf(link).slice('/q/'.length))}`)

    expect(refused.status).toBe(404)
    expect(refused.body).toContain('链接无效')
  })

  test('has no link before it is sent', async () => {
    const { draft } = await quoteOffice()

    expect((await draft()).link).toBeNull()
  })

  test('gives the PDF', async () => {
    const { sent, visitor, pathOf } = await quoteOffice()
    const { link, number } = await sent()

    const pdf = await visitor(`${pathOf(link)}/document`)

    expect(pdf.headers).toMatchObject({ 'content-type': 'application/pdf', 'content-disposition': expect.stringContaining(number) })
    expect(Buffer.from(pdf.body, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
  })
})
