import {
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
  SendEmailCommand,
  SendRawEmailCommand,
} from '@aws-sdk/client-ses'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type MailStore, openMailStore } from '../../local/aws/mail-store.ts'
import { type LocalSes, startSes } from '../../local/aws/ses.ts'
import type { SesEvent } from '../../local/aws/ses-events.ts'

describe('the SES sink', () => {
  let store: MailStore
  let sink: LocalSes
  let ses: SESClient
  let events: SesEvent[]

  beforeEach(async () => {
    store = openMailStore(':memory:')
    events = []
    sink = await startSes(
      store,
      'guanxi',
      (event) => events.push(event),
      () => 0.5,
    )
    ses = new SESClient({
      endpoint: sink.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
    })
  })

  afterEach(async () => {
    ses.destroy()
    await sink.stop()
    store.close()
  })

  const raw = () =>
    new MailComposer({
      from: { name: '关系贸易', address: 'hello@firm.example' },
      to: 'rep@firm.example',
      bcc: 'boss@firm.example',
      subject: '今日跟进 — 3 customers',
      text: '您好',
      html: '<p>您好</p>',
      headers: { 'List-Unsubscribe': '<https://firm.example/u/1>' },
      attachments: [{ filename: '报价单.pdf', content: Buffer.from('%PDF-1.7'), contentType: 'application/pdf' }],
    })
      .compile()
      .build()

  const sendRaw = async () =>
    ses.send(
      new SendRawEmailCommand({
        RawMessage: { Data: await raw() },
        Destinations: ['rep@firm.example', 'boss@firm.example'],
        Tags: [
          { Name: 'tenant', Value: 'ten_1' },
          { Name: 'delivery', Value: 'del_1' },
        ],
        ConfigurationSetName: 'guanxi',
      }),
    )

  test('keeps a raw mail with recipients, headers, both bodies and attachments', async () => {
    const { MessageId } = await sendRaw()

    const [mail] = await store.list({ tenant: 'ten_1', to: 'Boss@firm.example' })
    expect(mail).toMatchObject({
      id: MessageId,
      tenantId: 'ten_1',
      from: '关系贸易 <hello@firm.example>',
      to: ['rep@firm.example'],
      bcc: ['boss@firm.example'],
      subject: '今日跟进 — 3 customers',
      attachments: [{ filename: '报价单.pdf', contentType: 'application/pdf', size: 8 }],
    })
    expect(mail?.headers['list-unsubscribe']).toBe('<https://firm.example/u/1>')
    expect(mail?.text).toContain('您好')
    expect(mail?.html).toContain('<p>您好</p>')
    expect((await store.attachment(MessageId!, 0))?.content.toString()).toBe('%PDF-1.7')
  })

  test('keeps a mail of SendEmail', async () => {
    await ses.send(
      new SendEmailCommand({
        Source: 'hello@firm.example',
        Destination: { ToAddresses: ['rep@firm.example'], CcAddresses: ['Ann <ann@firm.example>'] },
        Message: { Subject: { Data: 'Hi & bye' }, Body: { Text: { Data: 'a+b' } } },
      }),
    )

    expect(await store.list({})).toMatchObject([{ subject: 'Hi & bye', text: 'a+b', html: null, cc: ['ann@firm.example'], tenantId: null }])
  })

  test('says by itself that a mail was sent and delivered, with the tags of the sender', async () => {
    const { MessageId } = await sendRaw()

    expect(events.map((event) => event.detailType)).toEqual(['Email Sent', 'Email Delivered'])
    expect(events[1]?.detail).toMatchObject({
      eventType: 'Delivery',
      delivery: { recipients: ['rep@firm.example', 'boss@firm.example'] },
      mail: { messageId: MessageId, tags: { delivery: ['del_1'], 'ses:configuration-set': ['guanxi'] } },
    })
  })

  test('plays a bounce of a mail', async () => {
    const { MessageId } = await sendRaw()
    events = []

    sink.play('bounce', store.get(MessageId!)!)

    expect(events[0]).toMatchObject({
      detailType: 'Email Bounced',
      detail: { eventType: 'Bounce', bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'rep@firm.example' }, {}] } },
    })
  })

  test('throttles, fails and loses answers as it is told', async () => {
    sink.faults.throttleShare = 1
    await expect(sendRaw()).rejects.toMatchObject({ name: 'Throttling' })

    Object.assign(sink.faults, { throttleShare: 0, failShare: 1 })
    await expect(sendRaw()).rejects.toMatchObject({ name: 'ServiceUnavailable' })
    expect(store.count()).toBe(0)

    Object.assign(sink.faults, { failShare: 0, loseReplyShare: 1 })
    await expect(sendRaw()).rejects.toThrow()
    expect(store.count()).toBe(1)
  })

  test('holds senders to the rate it names as quota', async () => {
    sink.faults.maxPerSecond = 2

    const quota = await ses.send(new GetSendQuotaCommand({}))
    const results = await Promise.allSettled([sendRaw(), sendRaw(), sendRaw()])

    expect(quota.MaxSendRate).toBe(2)
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  })

  test('refuses what SES refuses', async () => {
    const send = (to: string[]) =>
      ses.send(
        new SendEmailCommand({ Source: 'a@b.example', Destination: { ToAddresses: to }, Message: { Subject: { Data: '' }, Body: {} } }),
      )

    await expect(send([])).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    await expect(send(['客户@b.example'])).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    await expect(send(Array.from({ length: 51 }, (_, n) => `a${n}@b.example`))).rejects.toMatchObject({ name: 'MessageRejected' })
  })

  test('says whom it has verified, and refuses mail of others', async () => {
    sink.faults.unverified = ['firm.example']

    const { VerificationAttributes } = await ses.send(
      new GetIdentityVerificationAttributesCommand({ Identities: ['hello@firm.example', 'firm.example', 'other.example'] }),
    )

    expect(VerificationAttributes).toEqual({ 'other.example': { VerificationStatus: 'Success' } })
    await expect(sendRaw()).rejects.toMatchObject({ name: 'MessageRejected' })
  })
})
