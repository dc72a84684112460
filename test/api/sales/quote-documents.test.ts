import { describe, expect, test } from 'vitest'
import { readSesEvent } from '../../../domain/platform/mail/ses-news.ts'
import { settleMail } from '../../../domain/platform/mail/settle-mail.ts'
import { sendDecisionMail } from '../../../domain/sales/quote/send-decision-mail.ts'
import { sendDocumentMail } from '../../../functions/document-mails.ts'
import { httpHandler } from '../../../functions/http/api.ts'
import { documentsRoutes } from '../../../functions/http/documents/routes.ts'
import { salesRoutes } from '../../../functions/http/sales/routes.ts'
import { tenantContext } from '../../../functions/runtime.ts'
import { caller } from '../../support/call.ts'
import { memoryFiles } from '../../support/files.ts'
import { fakeSes, sesEvent, withMail } from '../../support/mail.ts'
import { customerOf, day, partiesAs } from '../../support/parties.ts'
import { newTenant } from '../../support/tenant.ts'

async function office(customer: Record<string, unknown> = {}) {
  const tenant = await newTenant()
  const handler = httpHandler([...documentsRoutes, ...salesRoutes], { files: memoryFiles() })
  const call = caller(handler, tenant.id, tenant.admin)
  const visitor = caller(handler, tenant.id, undefined)
  const { id: customerId } = await customerOf(tenant, tenant.admin, { email: 'buyer@hengxin.example', ...customer })
  const lines = [{ description: '深沟球轴承', model: '6204-2RS', quantity: 500, unit: '只', unitPrice: '12.8' }]
  const draft = async (more: object = {}) => (await call('/v1/quotes', { body: { customerId, lines, ...more } })).body
  const send = async (id: string, body: object = { channel: 'email' }) => (await call(`/v1/quotes/${id}/send`, { body })).body
  const sent = async (more: object = {}, how?: object) => send((await draft(more)).id, how)
  const pathOf = (link: string) => link.slice(link.indexOf('/q/'))
  const post = (link: string, form: Record<string, string>) =>
    visitor(pathOf(link), {
      method: 'POST',
      rawBody: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const see = (link: string) => visitor(pathOf(link))
  const system = await tenantContext(tenant.id)
  return { tenant, system, call, visitor, customerId, draft, send, sent, post, see, pathOf }
}

describe('a quote as a document', () => {
  test('is a PDF, a sheet or a page, in the template it names or that is asked for', async () => {
    const { call, draft } = await office()
    const template = (await call('/v1/document-templates', { body: { name: '绿色', kind: 'quote', accent: '#0f766e' } })).body
    const wrong = (await call('/v1/document-templates', { body: { name: '送货', kind: 'delivery-note' } })).body
    const { id } = await draft()
    const get = (query = '') => call(`/v1/quotes/${id}/document${query}`)

    const [pdf, sheet, page] = [await get(), await get('?format=xlsx'), await get(`?format=html&templateId=${template.id}`)]

    expect(pdf.headers['content-type']).toBe('application/pdf')
    expect(Buffer.from(sheet.body, 'base64').subarray(0, 2).toString()).toBe('PK')
    expect(page.body).toMatch(/#0f766e[\s\S]*草稿[\s\S]*6204-2RS[\s\S]*人民币陆仟肆佰元整/)
    expect(await get(`?templateId=${wrong.id}`)).toMatchObject({ status: 400, body: { code: 'document-template.wrong-kind' } })
    expect(await get('?templateId=dtp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3')).toMatchObject({
      status: 404,
      body: { code: 'document-template.not-found' },
    })
    expect((await get('?format=docx')).status).toBe(400)
  })

  test('names a template of quotes that is there, when it is drafted and when it is changed', async () => {
    const { call, draft, customerId } = await office()
    const wrong = (await call('/v1/document-templates', { body: { name: '送货', kind: 'delivery-note' } })).body
    const right = (await call('/v1/document-templates', { body: { name: '报价', kind: 'quote' } })).body
    const { id } = await draft()
    const change = (templateId: string) => call(`/v1/quotes/${id}`, { method: 'PATCH', body: { templateId } })
    const gone = { templateId: 'dtp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }

    const drafted = await call('/v1/quotes', {
      body: { customerId, lines: [{ description: '开模费', quantity: 1, unitPrice: 1 }], ...gone },
    })
    const changed = await change(gone.templateId)
    const mistaken = await change(wrong.id)
    const named = await change(right.id)

    const notThere = { status: 404, body: { code: 'document-template.not-found', errors: [{ pointer: '/templateId' }] } }
    expect(drafted).toMatchObject(notThere)
    expect(changed).toMatchObject(notThere)
    expect(mistaken).toMatchObject({ status: 400, body: { code: 'document-template.wrong-kind' } })
    expect(named).toMatchObject({ status: 200, body: { templateId: right.id } })
  })

  test('is not there for whoever does not see the quote', async () => {
    const { tenant, draft } = await office()
    const { id } = await draft()
    const stranger = caller(httpHandler(documentsRoutes, {}), tenant.id, {
      ...tenant.admin,
      id: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
      roles: ['rep'],
    })

    expect((await stranger(`/v1/quotes/${id}/document`)).status).toBe(404)
  })
})

describe('the mail that brings a quote', () => {
  test('goes once for each send, with the PDF, the link and the words of the firm or of the rep', async () => {
    const { tenant, system, sent } = await office()
    const ses = fakeSes()
    const ctx = { ...withMail(system, { now: () => new Date().toISOString() }, ses), files: memoryFiles() }
    const usual = await sent()
    const own = await sent(
      {},
      { channel: 'email', to: ['a@b.example', 'c@d.example'], subject: '您要的报价', message: '王工您好，\n请看附件。' },
    )

    await sendDocumentMail(ctx, { documentId: usual.id, send: 1, eventId: 'evt_1' })
    await sendDocumentMail(ctx, { documentId: usual.id, send: 1, eventId: 'evt_1' })
    await sendDocumentMail(ctx, { documentId: own.id, send: 1, eventId: 'evt_2' })

    const [first, second] = ses.taken
    expect(ses.taken).toHaveLength(2)
    expect(first).toMatchObject({ to: ['buyer@hengxin.example'], replyTo: tenant.admin.email, tags: { about: usual.id } })
    expect(first!.subject).toContain(`报价单 ${usual.number}`)
    expect(first!.text).toContain(usual.link)
    expect(first!.attachments![0]!.content.subarray(0, 5).toString()).toBe('%PDF-')
    expect(second).toMatchObject({
      to: ['a@b.example', 'c@d.example'],
      subject: '您要的报价',
      text: expect.stringContaining('王工您好，\n请看附件。'),
    })
  })

  test('is not sent for a revision that was replaced before, nor when it went another way', async () => {
    const { system, call, sent } = await office()
    const ses = fakeSes()
    const ctx = withMail(system, { now: () => new Date().toISOString() }, ses)
    const [replaced, printed] = [await sent(), await sent({}, { channel: 'paper' })]
    await call(`/v1/quotes/${replaced.id}/revise`, { body: {} })

    expect(await sendDocumentMail(ctx, { documentId: replaced.id, send: 1, eventId: 'evt_1' })).toBe('nothing-due')
    expect(await sendDocumentMail(ctx, { documentId: printed.id, send: 1, eventId: 'evt_2' })).toBe('nothing-due')
    expect(ses.taken).toEqual([])
  })

  test('that is opened or comes back is told on the timeline of the customer, once', async () => {
    const { tenant, system, sent, customerId } = await office()
    const ses = fakeSes()
    const quote = await sent()
    await sendDocumentMail(
      { ...withMail(system, { now: () => new Date().toISOString() }, ses), files: memoryFiles() },
      { documentId: quote.id, send: 1, eventId: 'evt_1' },
    )
    const [mail] = ses.taken
    const news = (type: string, more: object) => {
      const event = sesEvent(type, mail!, more as Record<string, unknown>)
      Object.assign(event.detail.mail.tags, { about: [quote.id], customer: [customerId] })
      return readSesEvent(event)!
    }
    const opened = news('Open', { open: { timestamp: '2026-11-21T02:10:00.000Z' } })

    const first = await settleMail(system, [opened])
    const again = await settleMail(system, [opened])
    await settleMail(system, [news('Bounce', { bounce: { bounceType: 'Permanent', timestamp: '2026-11-21T02:11:00.000Z' } })])
    const { body } = await partiesAs(tenant, tenant.admin)(`/v1/customers/${customerId}/timeline`)

    expect([first, again]).toEqual([[opened], []])
    const told = body.data.filter(({ type }: { type: string }) => type === 'document.mail-reported')
    expect(told.map(({ data, subject }: { data: { what: string }; subject: object }) => [data.what, subject])).toEqual([
      ['bounced', { type: 'quote', id: quote.id }],
      ['opened', { type: 'quote', id: quote.id }],
    ])
  })
})

describe('the page of a quote', () => {
  test('shows the quote, sets no cookie, loads nothing, and is not found by others', async () => {
    const { sent, see } = await office()
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
    const { call, sent, see, visitor, pathOf } = await office()
    const { id, link, version } = await sent()

    for (let i = 0; i < 3; i++) await see(link)
    await visitor(`${pathOf(link)}?action=accept&name=x`)

    expect((await call(`/v1/quotes/${id}`)).body).toMatchObject({ status: 'sent', version })
  })

  test('takes one answer; a second one, of whatever kind, is shown what was decided', async () => {
    const { call, sent, post, see } = await office()
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
    const { call, sent, post } = await office()
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
    const { call, sent, post } = await office()
    const { id, link } = await sent()

    const refused = await post(link, form as unknown as Record<string, string>)

    expect(refused.status).toBe(422)
    expect(refused.body).toContain(fault)
    expect((await call(`/v1/quotes/${id}`)).body.status).toBe('sent')
  })

  test('of an English customer is in English; what is typed stays text', async () => {
    const { tenant, sent, see, post, customerId } = await office()
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
    const { sent, visitor, pathOf } = await office()
    const { link } = await sent()

    const refused = await visitor(`/q/${broken(pathOf(link).slice('/q/'.length))}`)

    expect(refused.status).toBe(404)
    expect(refused.body).toContain('链接无效')
  })

  test('has no link before it is sent', async () => {
    const { draft } = await office()

    expect((await draft()).link).toBeNull()
  })

  test('gives the PDF', async () => {
    const { sent, visitor, pathOf } = await office()
    const { link, number } = await sent()

    const pdf = await visitor(`${pathOf(link)}/document`)

    expect(pdf.headers).toMatchObject({ 'content-type': 'application/pdf', 'content-disposition': expect.stringContaining(number) })
    expect(Buffer.from(pdf.body, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
  })
})

test('whoever answers for a quote is told of the decision, once', async () => {
  const { tenant, system, sent, post } = await office()
  const ses = fakeSes()
  const ctx = withMail(system, { now: () => new Date().toISOString() }, ses)
  const { id, link, number } = await sent({ validUntil: day(5) })
  await post(link, { action: 'decline', name: '陈建国', reason: '价格偏高' })

  await sendDecisionMail(ctx, { quoteId: id, eventId: 'evt_9' })
  await sendDecisionMail(ctx, { quoteId: id, eventId: 'evt_9' })

  expect(ses.taken).toHaveLength(1)
  expect(ses.taken[0]).toMatchObject({ to: tenant.admin.email, subject: expect.stringMatching(new RegExp(`未接受报价 ${number}`)) })
  expect(ses.taken[0]!.text).toMatch(/原因：价格偏高/)
})
