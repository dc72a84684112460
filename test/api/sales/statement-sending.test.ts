import { beforeAll, expect, test } from 'vitest'
import { readSesEvent } from '../../../domain/platform/mail/ses-news.ts'
import { settleMail } from '../../../domain/platform/mail/settle-mail.ts'
import { sendStatementAnswerMail } from '../../../domain/sales/statement/send-answer-mail.ts'
import { sendStatementMail } from '../../../functions/document-mails.ts'
import { httpHandler } from '../../../functions/http/api.ts'
import { documentsRoutes } from '../../../functions/http/documents/routes.ts'
import { salesRoutes } from '../../../functions/http/sales/routes.ts'
import { tenantContext } from '../../../functions/runtime.ts'
import { caller } from '../../support/call.ts'
import { memoryFiles } from '../../support/files.ts'
import { cny, receivableOf } from '../../support/finance.ts'
import { fakeSes, sesEvent, withMail } from '../../support/mail.ts'
import { customerOf, partiesAs } from '../../support/parties.ts'
import { eventsOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const period = { from: '2026-09-26', to: '2026-10-25', currency: 'CNY' }
const days = `from=${period.from}&to=${period.to}`

async function open() {
  const tenant = await newTenant()
  const [rep, finance] = [await tenant.user('rep'), await tenant.user('finance')]
  const handler = httpHandler([...documentsRoutes, ...salesRoutes], { files: memoryFiles() })
  const [call, visitor] = [caller(handler, tenant.id, finance), caller(handler, tenant.id, undefined)]
  /** A customer who owes 300. */
  let customers = 0
  const owing = async ({ hasMail = true } = {}) => {
    customers++
    const email = `books@firm${customers}.example`
    const { id } = await customerOf(tenant, rep, hasMail ? { email } : {})
    await receivableOf(tenant, finance, id, 300, { number: `N-${customers}`, issuedOn: '2026-10-01', dueOn: '2026-10-20' })
    const path = `/v1/customers/${id}/statement`
    const send = (body: object = {}) => call(`${path}/send`, { body: { ...period, ...body } })
    const read = async () => (await call(`${path}?${days}`)).body
    return { id, email, path, send, read }
  }
  const pathOf = (link: string) => link.slice(link.indexOf('/s/'))
  const see = (link: string) => visitor(pathOf(link))
  const post = (link: string, form: Record<string, string>) =>
    visitor(pathOf(link), {
      method: 'POST',
      rawBody: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const system = await tenantContext(tenant.id)
  const mailing = (ses: ReturnType<typeof fakeSes>) => ({
    ...withMail(system, { now: () => new Date().toISOString() }, ses),
    files: memoryFiles(),
  })
  return { tenant, rep, finance, system, call, visitor, owing, see, post, pathOf, mailing }
}

let office: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  office = await open()
})

test('a statement is a PDF, a sheet or a page, of the period that is asked for', async () => {
  const { path } = await office.owing()
  const get = (more = '') => office.call(`${path}/document?${days}${more}`)

  const [pdf, sheet, page] = [await get(), await get('&format=xlsx'), await get('&format=html')]
  const stranger = caller(httpHandler(documentsRoutes, {}), office.tenant.id, await office.tenant.user('rep'))

  expect(pdf.headers['content-type']).toBe('application/pdf')
  expect(pdf.headers['content-disposition']).toContain('20260926-20261025')
  expect(Buffer.from(sheet.body, 'base64').subarray(0, 2).toString()).toBe('PK')
  expect(page.body).toMatch(/对账单[\s\S]*N-1[\s\S]*¥300\.00[\s\S]*人民币叁佰元整/)
  expect((await stranger(`${path}/document?${days}`)).status).toBe(404)
})

test('sending is one delivery however often it is repeated, until the balance or the way is another one', async () => {
  const { id, email, send, read } = await office.owing()

  const first = await send()
  const same = await send()
  const twoAtOnce = await Promise.all([send({ recipients: ['a@b.example'] }), send({ recipients: ['a@b.example'] })])
  await receivableOf(office.tenant, office.finance, id, 5, { issuedOn: '2026-10-02', dueOn: '2026-10-20' })
  await send({ recipients: ['a@b.example'] })
  await send({ recipients: ['a@b.example'], again: true })

  expect(first).toMatchObject({
    status: 200,
    body: { deliveries: [{ channel: 'email', to: [email], closing: cny(300), by: office.finance.id }] },
  })
  expect(same.body.deliveries).toEqual(first.body.deliveries)
  expect(twoAtOnce.map(({ status }) => status)).toEqual([200, 200])
  const { deliveries, link } = await read()
  expect(deliveries.map(({ to, closing }: { to: string[]; closing: object }) => [to[0], closing])).toEqual([
    ['a@b.example', cny(305)],
    ['a@b.example', cny(305)],
    ['a@b.example', cny(300)],
    [email, cny(300)],
  ])
  expect(link).toContain('/s/')
  expect(await eventsOf(office.system, id, 'statement.sent')).toHaveLength(4)
})

test.each([
  [{}, 'statement.no-recipient'],
  [{ channel: 'link', recipients: ['a@b.example'] }, 'statement.recipient-without-mail'],
  [{ from: '2026-11-01' }, 'range.reversed'],
])('%j is refused with %s', async (body, code) => {
  const { send, read } = await office.owing({ hasMail: false })

  const refused = await send(body)

  expect(refused).toMatchObject({ status: 422, body: { code } })
  expect((await read()).deliveries).toEqual([])
})

test('its mail goes once for each send, with PDF and link, and what becomes of it stands on the timeline', async () => {
  const ses = fakeSes()
  const ctx = office.mailing(ses)
  const { id, email, send } = await office.owing()
  const { deliveries, link } = (await send()).body
  const message = { customerId: id, period, deliveryId: deliveries[0].id }

  const outcomes = [await sendStatementMail(ctx, message), await sendStatementMail(ctx, message)]
  const event = sesEvent('Bounce', ses.taken[0]!, { bounce: { bounceType: 'Permanent', timestamp: '2026-11-21T02:11:00.000Z' } })
  const tags = { about: [message.deliveryId], customer: [id] }
  Object.assign(event.detail.mail.tags, tags)
  await settleMail(office.system, [readSesEvent(event)!])
  const { body } = await partiesAs(office.tenant, office.tenant.admin)(`/v1/customers/${id}/timeline`)

  expect(outcomes).toEqual(['sent', 'already'])
  const [mail] = ses.taken
  expect(mail).toMatchObject({
    to: [email],
    replyTo: office.finance.email,
    subject: expect.stringContaining('对账单 2026年9月26日 至 2026年10月25日'),
    tags: { about: message.deliveryId, customer: id },
  })
  expect(mail!.text).toContain(link)
  expect(mail!.attachments![0]!.content.subarray(0, 5).toString()).toBe('%PDF-')
  expect(body.data.map(({ type, data }: { type: string; data: { what?: string } }) => [type, data.what])).toContainEqual([
    'document.mail-reported',
    'bounced',
  ])
})

test('the customer confirms on the page, once; the owner and the sender are told', async () => {
  const ses = fakeSes()
  const { id, send, read } = await office.owing()
  const { link } = (await send({ channel: 'link' })).body

  const page = await office.see(link)
  const confirmed = await office.post(link, { action: 'confirm', name: '陈建国', closing: '30000' })
  const objected = await office.post(link, { action: 'object', name: '别人', comment: '不对', closing: '30000' })
  const [event] = await eventsOf(office.system, id, 'statement.confirmed')
  const told = { customerId: id, period, eventId: event!.id }
  const outcomes = [await sendStatementAnswerMail(office.mailing(ses), told), await sendStatementAnswerMail(office.mailing(ses), told)]

  expect(page.body).toMatch(/期末余额[\s\S]*¥300\.00[\s\S]*确认无误/)
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  expect([confirmed.status, objected.status]).toEqual([303, 303])
  expect(await read()).toMatchObject({ confirmation: { confirmedBy: '陈建国', closing: cny(300), online: true }, objection: null })
  const after = (await office.see(link)).body
  expect(after).toContain('您已确认这份对账单')
  expect(after).not.toContain('<form')
  expect(await eventsOf(office.system, id, 'statement.objected')).toEqual([])
  expect(outcomes).toEqual(['sent', 'already'])
  expect(ses.taken[0]).toMatchObject({ to: [office.rep.email, office.finance.email], subject: expect.stringContaining('已确认对账单') })
})

test('the customer objects with a comment; sent again, it is asked again', async () => {
  const { send, read } = await office.owing()
  const { link } = (await send({ channel: 'link' })).body

  await office.post(link, { action: 'object', name: '陈建国', comment: '10 月 1 日的货没有收到', closing: '30000' })
  const objected = await read()
  const silent = (await office.see(link)).body
  const again = (await send({ channel: 'link', again: true })).body
  await office.post(again.link, { action: 'confirm', name: '陈建国', closing: '30000' })

  expect(objected).toMatchObject({ confirmation: null, objection: { objectedBy: '陈建国', comment: '10 月 1 日的货没有收到' } })
  expect(silent).not.toContain('<form')
  expect(await read()).toMatchObject({ confirmation: { confirmedBy: '陈建国' }, objection: null })
})

test('a balance that moved is shown before it is confirmed, and asks again after', async () => {
  const { id, send, read } = await office.owing()
  const { link } = (await send({ channel: 'link' })).body
  const owe = (amount: number) => receivableOf(office.tenant, office.finance, id, amount, { issuedOn: '2026-10-03', dueOn: '2026-10-20' })
  await owe(7)

  const stale = await office.post(link, { action: 'confirm', name: '陈', closing: '30000' })
  await office.post(link, { action: 'confirm', name: '陈', closing: '30700' })
  const confirmed = await read()
  await owe(1)

  expect(stale).toMatchObject({ status: 422, body: expect.stringMatching(/¥307\.00[\s\S]*账目刚刚有变动/) })
  expect(confirmed.confirmation).toMatchObject({ closing: cny(307) })
  expect((await office.see(link)).body).toMatch(/您答复之后账目有变动[\s\S]*¥308\.00[\s\S]*<form/)
})

test('four answers at one moment are one', async () => {
  const { id, send } = await office.owing()
  const { link } = (await send({ channel: 'link' })).body

  await Promise.all(
    [1, 2, 3, 4].map((i) =>
      office.post(
        link,
        i % 2
          ? { action: 'confirm', name: `N${i}`, closing: '30000' }
          : { action: 'object', name: `N${i}`, comment: 'c', closing: '30000' },
      ),
    ),
  )

  const events = [
    ...(await eventsOf(office.system, id, 'statement.confirmed')),
    ...(await eventsOf(office.system, id, 'statement.objected')),
  ]
  expect(events).toHaveLength(1)
})

test('the page asks again for what is missing, is true for its own link alone, and gives the PDF', async () => {
  const { send } = await office.owing()
  const { link } = (await send({ channel: 'link' })).body
  const token = office.pathOf(link).slice('/s/'.length)
  const forms: Record<string, string>[] = [
    { action: 'confirm', name: ' ', closing: '30000' },
    { action: 'object', name: '陈', comment: '', closing: '30000' },
    { action: 'confirm', name: '陈', closing: 'all' },
    { action: 'confirm', name: 'x'.repeat(101), closing: '30000' },
  ]

  const refused = await Promise.all(forms.map((form) => office.post(link, form)))
  const broken = [`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, token.split('.')[0], 'x']
  const foreign = await Promise.all(broken.map((wrong) => office.visitor(`/s/${wrong}`)))
  const asQuote = await office.visitor(`/q/${token}`)
  const pdf = await office.visitor(`/s/${token}/document`)

  expect(refused.map(({ status, body }) => [status, /role="alert">([^<]+)/.exec(body)?.[1]])).toEqual([
    [422, '请填写您的姓名。'],
    [422, '请说明哪里不符。'],
    [422, '提交没有成功，请再试一次。'],
    [422, '填写的内容太长，请缩短后再提交。'],
  ])
  expect(foreign.map(({ status }) => status)).toEqual([404, 404, 404])
  expect(asQuote.status).toBe(404)
  expect(Buffer.from(pdf.body, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
})
