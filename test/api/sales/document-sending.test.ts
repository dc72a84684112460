import { beforeAll, describe, expect, test } from 'vitest'
import { OrderSent } from '../../../events/orders.ts'
import { ShipmentNoteSent } from '../../../events/shipments.ts'
import { sendDocumentMail } from '../../../functions/document-mails.ts'
import { httpHandler } from '../../../functions/http/api.ts'
import { documentsRoutes } from '../../../functions/http/documents/routes.ts'
import { salesRoutes } from '../../../functions/http/sales/routes.ts'
import { tenantContext } from '../../../functions/runtime.ts'
import { caller } from '../../support/call.ts'
import { memoryFiles } from '../../support/files.ts'
import { fakeSes, withMail } from '../../support/mail.ts'
import { customerOf } from '../../support/parties.ts'
import { confirmedOrder, eventsOf, lineOf, orderOf, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

async function open() {
  const tenant = await newTenant({ currency: 'CNY' })
  const rep = await tenant.user('rep')
  const handler = httpHandler([...documentsRoutes, ...salesRoutes], { files: memoryFiles() })
  const [call, visitor] = [caller(handler, tenant.id, rep), caller(handler, tenant.id, undefined)]
  const system = await tenantContext(tenant.id)
  const customer = await customerOf(tenant, rep, { email: 'buyer@hengxin.example' })
  const send = (path: string, body: object = { channel: 'email' }) => call(`${path}/send`, { body })
  const see = (link: string, more = '') => visitor(link.slice(link.indexOf('/d/')) + more)
  const ses = fakeSes()
  const mailing = { ...withMail(system, { now: () => new Date().toISOString() }, ses), files: memoryFiles() }
  const order = (more: object = {}) =>
    confirmedOrder(tenant, rep, customer.id, { lines: [lineOf('100', '11.3')], customerPo: 'PO-7', ...more })
  const goods = (more: object = {}) =>
    shipmentOf(tenant, rep, { customerId: customer.id, lines: [lineOf('3', '99.5')], carrier: '顺丰', dispatch: true, ...more })
  const told = (name: string) => eventsOf(system, customer.id, name)
  return { tenant, rep, call, visitor, customer, send, see, ses, mailing, order, goods, told }
}

let office: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  office = await open()
})

describe('an order', () => {
  test('goes by mail once for each send, with its PDF and the link to its page, and again when it was amended', async () => {
    const { rep, call, send, order, ses, mailing, told } = office
    const { id, number, lines } = await order()

    const sent = await send(`/v1/orders/${id}`)
    const again = await send(`/v1/orders/${id}`)
    await call(`/v1/orders/${id}/amend`, { body: { reason: '加量', lines: [{ id: lines[0].id, quantity: '120' }] } })
    const amended = await send(`/v1/orders/${id}`)
    const asked = await send(`/v1/orders/${id}`, { channel: 'email', again: true })
    const { name } = OrderSent.definition
    for (const n of [1, 1, 2]) await sendDocumentMail(mailing, { documentId: id, send: n, eventId: `evt_${n}` })

    expect(sent.body).toMatchObject({
      status: 'confirmed',
      delivery: { channel: 'email', to: ['buyer@hengxin.example'] },
      link: expect.stringContaining('/d/'),
    })
    expect([again.body.version, amended.body.version, asked.body.version]).toEqual([
      sent.body.version,
      sent.body.version + 2,
      sent.body.version + 3,
    ])
    expect((await told(name)).filter(({ subject }) => (subject as { id: string }).id === id)).toHaveLength(3)
    const mails = ses.taken.filter(({ tags }) => tags?.about === id)
    expect(mails).toHaveLength(2)
    expect(mails[0]).toMatchObject({
      to: ['buyer@hengxin.example'],
      replyTo: rep.email,
      subject: expect.stringContaining(`销售订单 ${number}`),
    })
    expect(mails[0]!.text).toContain(`在线查看: ${sent.body.link}`)
    expect(mails[0]!.attachments![0]!.content.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('that is sent to another address before its first mail is out goes to each of them', async () => {
    const { send, order, ses, mailing, told } = office
    const { id } = await order()
    const to = ['first@hengxin.example', 'second@hengxin.example']

    for (const address of to) await send(`/v1/orders/${id}`, { channel: 'email', to: [address] })
    const events = (await told(OrderSent.definition.name)).filter(({ subject }) => (subject as { id: string }).id === id)
    const sends = events.map(({ data }) => (data as { send: number }).send).sort()
    for (const n of sends) await sendDocumentMail(mailing, { documentId: id, send: n, eventId: `evt_${n}` })

    expect(sends).toEqual([1, 2])
    expect(ses.taken.filter(({ tags }) => tags?.about === id).map((mail) => mail.to)).toEqual(to.map((address) => [address]))
  })

  test('by its link is shown as it is, with its PDF, and is not when the link is not true or it was never sent', async () => {
    const { call, send, see, order, visitor } = office
    const { id, number } = await order()

    const unsent = (await call(`/v1/orders/${id}`)).body
    const { body } = await send(`/v1/orders/${id}`, { channel: 'link' })
    const forgery = `${body.link.slice(0, -2)}${body.link.endsWith('AA') ? 'BB' : 'AA'}`
    const [page, pdf, forged] = [await see(body.link), await see(body.link, '/document'), await see(forgery)]
    await call(`/v1/orders/${id}/cancel`, { body: {} })

    expect(unsent).toMatchObject({ delivery: null, link: null })
    expect(page.status).toBe(200)
    expect(page.body).toMatch(new RegExp(`销售订单[\\s\\S]*${number}[\\s\\S]*PO-7[\\s\\S]*¥1,130\\.00`))
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(pdf.headers['content-type']).toBe('application/pdf')
    expect([forged.status, (await visitor('/d/abc')).status]).toEqual([404, 404])
    expect((await see(body.link)).body).toContain('已取消')
  })

  test('that is not agreed on, or was cancelled, is not sent', async () => {
    const { tenant, rep, customer, call, send, order } = office
    const draft = await orderOf(tenant, rep, customer.id, { lines: [lineOf('1', '1')] })
    const { id } = await order()
    await call(`/v1/orders/${id}/cancel`, { body: {} })

    const answers = [await send(`/v1/orders/${draft.id}`), await send(`/v1/orders/${id}`)]

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'order.state'],
      [409, 'order.state'],
    ])
  })
})

describe('a delivery note', () => {
  test('goes by mail with its PDF; its page shows the goods and no prices', async () => {
    const { send, see, goods, ses, mailing, told } = office
    const { id, number } = await goods()

    const { body } = await send(`/v1/shipments/${id}`)
    await sendDocumentMail(mailing, { documentId: id, send: 1, eventId: 'evt_1' })
    const page = await see(body.link)

    const [mail, ...more] = ses.taken.filter(({ tags }) => tags?.about === id)
    expect(mail!.subject).toContain(`送货单 ${number}`)
    expect([more, await told(ShipmentNoteSent.definition.name)]).toMatchObject([[], [{ data: { number, channel: 'email' } }]])
    expect(page.body).toMatch(/送货单[\s\S]*顺丰/)
    expect(page.body).not.toMatch(/99\.5|298\.5/)
  })

  test('of goods that have not left, or were taken back, is not sent', async () => {
    const { call, send, goods } = office
    const draft = await goods({ dispatch: false })
    await call(`/v1/shipments/${draft.id}/cancel`, { body: {} })

    expect(await send(`/v1/shipments/${draft.id}`)).toMatchObject({ status: 409, body: { code: 'shipment.state' } })
    expect(await send(`/v1/shipments/${(await goods({ dispatch: false })).id}`)).toMatchObject({ status: 409 })
  })
})

test('addresses are of mails, and somebody must have one', async () => {
  const { tenant, rep, send, goods } = office
  const mute = await customerOf(tenant, rep)
  const order = await confirmedOrder(tenant, rep, mute.id, { lines: [lineOf('1', '1')] })
  const { id } = await goods()

  const printed = await send(`/v1/shipments/${id}`, { channel: 'paper', to: ['a@b.example'] })
  const nobody = await send(`/v1/orders/${order.id}`)

  expect(printed).toMatchObject({ status: 422, body: { errors: [{ pointer: '/to', code: 'shipment.recipient-without-mail' }] } })
  expect(nobody).toMatchObject({ status: 422, body: { errors: [{ pointer: '/to', code: 'order.no-recipient' }] } })
})
