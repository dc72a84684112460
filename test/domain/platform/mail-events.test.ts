import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SQSBatchResponse } from 'aws-lambda'
import { beforeAll, describe, expect, it } from 'vitest'
import { sendOnce } from '../../../domain/platform/index.ts'
import { deliveryIdOf, type MailKey } from '../../../domain/platform/mail/mail.ts'
import { readSesEvent } from '../../../domain/platform/mail/ses-news.ts'
import { readItems } from '../../../domain/store/read-items.ts'
import { scattered } from '../../../domain/store/scattered.ts'
import { handler } from '../../../functions/consumers/platform/settle-mail-on-ses-event.ts'
import { fakeClock, fakeSes, sesEvent, withMail } from '../../support/mail.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let count = 0

beforeAll(async () => {
  tenant = await newTenant()
})

const deliver = (...events: unknown[]) =>
  handler({
    Records: events.map((event, i) => ({ messageId: `m-${i}`, body: typeof event === 'string' ? event : JSON.stringify(event) })),
  } as never) as Promise<SQSBatchResponse>

/** A mail that was sent, with the events SES would publish about it. */
async function sentMail() {
  const key: MailKey = ['test-events', String(++count)]
  const ctx = withMail(await tenant.as(tenant.admin), fakeClock(), fakeSes())
  await sendOnce(ctx, { key, compose: () => ({ from: { name: 'T' }, to: 'a@test.example', subject: 'S', html: '', text: '' }) })
  const tags = { tenantId: tenant.id, deliveryId: deliveryIdOf(key) }
  const record = async () => (await readItems(ctx, [scattered('MAIL', [tags.deliveryId])]))[0]
  return { tags, record }
}

const at = (second: number) => ({ timestamp: `2026-11-20T00:00:${String(second).padStart(2, '0')}.000Z` })

describe('events of SES', () => {
  it('are noted on the record of their mail', async () => {
    const { tags, record } = await sentMail()

    const answer = await deliver(
      sesEvent('Send', tags),
      sesEvent('Delivery', tags, { delivery: at(5) }),
      sesEvent('Bounce', tags, { bounce: { ...at(6), bounceType: 'Permanent' } }),
      sesEvent('Complaint', tags, { complaint: at(7) }),
      sesEvent('Open', tags, { open: at(8) }),
    )

    expect(answer.batchItemFailures).toEqual([])
    expect(await record()).toMatchObject({
      state: 'sent',
      messageId: 'message-1',
      acceptedAt: '2026-11-20T00:00:01.000Z',
      deliveredAt: at(5).timestamp,
      bouncedAt: at(6).timestamp,
      complainedAt: at(7).timestamp,
      openedAt: at(8).timestamp,
    })
  })

  it('leave the same behind in whatever order and however often they come', async () => {
    const [one, other] = [await sentMail(), await sentMail()]
    const events = (tags: typeof one.tags) => [
      sesEvent('Send', tags),
      sesEvent('DeliveryDelay', tags, { deliveryDelay: at(3) }),
      sesEvent('Bounce', tags, { bounce: { ...at(4), bounceType: 'Transient' } }),
      sesEvent('Open', tags, { open: at(9) }),
      sesEvent('Open', tags, { open: at(12) }),
    ]

    await deliver(...events(one.tags))
    await deliver(...events(other.tags).reverse(), ...events(other.tags))

    const facts = ({ id: _id, key: _key, pk: _pk, sk: _sk, writer: _writer, ...rest }: Record<string, unknown> = {}) => rest
    expect(facts(await other.record())).toEqual(facts(await one.record()))
    expect(await one.record()).toMatchObject({ openedAt: at(9).timestamp, softBouncedAt: at(4).timestamp })
  })

  it('of mails that are not ours are passed over', async () => {
    const foreign = sesEvent('Send', { tenantId: tenant.id, deliveryId: 'someone-elses' })
    const unknown = sesEvent('Send', { tenantId: tenant.id, deliveryId: deliveryIdOf(['test', 'never sent']) })
    const untagged = sesEvent('Delivery', { tenantId: '', deliveryId: '' }, { delivery: at(1) })
    const { tags, record } = await sentMail()
    const before = await record()

    const answer = await deliver(foreign, unknown, untagged, sesEvent('Subscription', tags))

    expect(answer.batchItemFailures).toEqual([])
    expect(await record()).toEqual(before)
    const ctx = await tenant.as(tenant.admin)
    expect(await readItems(ctx, [scattered('MAIL', [deliveryIdOf(['test', 'never sent'])])])).toEqual([undefined])
  })

  it('do not reach a mail of another tenant', async () => {
    const { tags, record } = await sentMail()

    await deliver(sesEvent('Bounce', { ...tags, tenantId: 'test-other' }, { bounce: { ...at(4), bounceType: 'Permanent' } }))

    expect(await record()).not.toHaveProperty('bouncedAt')
  })

  it('that cannot be read fail alone', async () => {
    const { tags, record } = await sentMail()

    const answer = await deliver('{', { source: 'aws.ses' }, sesEvent('Delivery', tags, { delivery: at(5) }))

    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm-0' }, { itemIdentifier: 'm-1' }])
    expect(await record()).toMatchObject({ deliveredAt: at(5).timestamp })
  })
})

const samples = join(import.meta.dirname, '../../../../shared/data/email/ses_events/eventbridge_constructed')

describe.skipIf(!existsSync(samples))('the records SES documents', () => {
  const facts: Record<string, [string, string] | undefined> = {
    Bounce: ['bouncedAt', '2017-08-05T00:41:02.669Z'],
    Complaint: ['complainedAt', '2017-08-05T00:41:02.669Z'],
    Delivery: ['deliveredAt', '2016-10-19T23:21:04.133Z'],
    Send: ['acceptedAt', '2016-10-14T05:02:16.645Z'],
    Reject: ['rejectedAt', '2016-10-14T17:38:15.211Z'],
    Open: ['openedAt', '2017-08-09T22:00:19.652Z'],
    Click: ['clickedAt', ''],
    RenderingFailure: ['failedAt', '2018-01-22T18:43:06.197Z'],
    DeliveryDelay: ['delayedAt', '2020-06-16T00:25:40.095Z'],
    Subscription: undefined,
  }
  const files = existsSync(samples) ? readdirSync(samples) : []

  it.each(files)('%s is understood with our tags and passed over without', (file) => {
    const event = JSON.parse(readFileSync(join(samples, file), 'utf8'))
    const untagged = readSesEvent(event)
    const deliveryId = deliveryIdOf(['test', file])
    Object.assign(event.detail.mail.tags, { tenant: ['ten_1'], delivery: [deliveryId] })

    const news = readSesEvent(event)

    const [fact, time] = facts[file.replace('.json', '')] ?? []
    expect(untagged).toBeUndefined()
    expect(news?.fact).toBe(fact)
    if (fact) expect(news).toMatchObject({ tenantId: 'ten_1', deliveryId, messageId: event.detail.mail.messageId })
    if (time) expect(news?.at).toBe(time)
  })
})
