import { describe, expect, test } from 'vitest'
import { readSesEvent } from '../../../domain/platform/mail/ses-news.ts'
import { settleMail } from '../../../domain/platform/mail/settle-mail.ts'
import { sendDecisionMail } from '../../../domain/sales/quote/send-decision-mail.ts'
import { sendDocumentMail } from '../../../functions/document-mails.ts'
import { memoryFiles } from '../../support/files.ts'
import { fakeSes, sesEvent, withMail } from '../../support/mail.ts'
import { day, partiesAs } from '../../support/parties.ts'
import { quoteOffice } from '../../support/quote-office.ts'

describe('the mail that brings a quote', () => {
  test('goes once for each send, with the PDF, the link and the words of the firm or of the rep', async () => {
    const { tenant, system, sent } = await quoteOffice()
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
    const { system, call, sent } = await quoteOffice()
    const ses = fakeSes()
    const ctx = withMail(system, { now: () => new Date().toISOString() }, ses)
    const [replaced, printed] = [await sent(), await sent({}, { channel: 'paper' })]
    await call(`/v1/quotes/${replaced.id}/revise`, { body: {} })

    expect(await sendDocumentMail(ctx, { documentId: replaced.id, send: 1, eventId: 'evt_1' })).toBe('nothing-due')
    expect(await sendDocumentMail(ctx, { documentId: printed.id, send: 1, eventId: 'evt_2' })).toBe('nothing-due')
    expect(ses.taken).toEqual([])
  })

  test('that is opened or comes back is told on the timeline of the customer, once', async () => {
    const { tenant, system, sent, customerId } = await quoteOffice()
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

test('whoever answers for a quote is told of the decision, once', async () => {
  const { tenant, system, sent, post } = await quoteOffice()
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
