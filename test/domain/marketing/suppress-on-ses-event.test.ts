import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { listSuppressions } from '../../../domain/marketing/suppression/list-suppressions.ts'
import { refusalsIn } from '../../../domain/marketing/suppression/refusals-in.ts'
import { handler } from '../../../functions/consumers/marketing/suppress-on-ses-event.ts'
import { hand } from '../../support/deliver.ts'
import { type MarketingWorld, marketingWorld } from '../../support/marketing.ts'

const campaignId = 'cmp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
let world: MarketingWorld
let count = 0

beforeAll(async () => {
  world = await marketingWorld()
})

const address = () => `ses-${++count}@harbour.example`
const at = '2026-11-20T00:00:01.000Z'

function event(eventType: string, more: object, tags: Record<string, string[]> = { tenant: [world.tenant.id], campaign: [campaignId] }) {
  return { source: 'aws.ses', 'detail-type': 'Email', detail: { eventType, mail: { timestamp: at, messageId: 'm', tags }, ...more } }
}
const bounce = (bounceType: string, ...emails: string[]) =>
  event('Bounce', { bounce: { bounceType, timestamp: at, bouncedRecipients: emails.map((emailAddress) => ({ emailAddress })) } })
const complaint = (email: string, complaintFeedbackType = 'abuse') =>
  event('Complaint', { complaint: { timestamp: at, complaintFeedbackType, complainedRecipients: [{ emailAddress: email }] } })
const reasonOf = async (email: string) => {
  const { data } = await listSuppressions(world.ctx, { limit: 5, sort: 'createdAt', filter: { email: { eq: email } } })
  return data.map(({ scope, reason }) => `${scope} ${reason}`)
}

describe('bounces and complaints', () => {
  test('suppress the recipients they name, once, however often they come', async () => {
    const [one, two, spared] = [address(), address(), address()]

    const answer = await hand(
      handler,
      bounce('Permanent', one, `Reader <${two.toUpperCase()}>`),
      bounce('Permanent', one),
      bounce('Transient', spared),
    )

    expect(answer.batchItemFailures).toEqual([])
    expect([await reasonOf(one), await reasonOf(two), await reasonOf(spared)]).toEqual([['tenant bounced'], ['tenant bounced'], []])
  })

  test('leave the stronger reason behind in either order', async () => {
    const [one, other] = [address(), address()]

    await hand(handler, bounce('Permanent', one), complaint(one))
    await hand(handler, complaint(other), bounce('Permanent', other), complaint(other))

    expect([await reasonOf(one), await reasonOf(other)]).toEqual([['tenant complained'], ['tenant complained']])
  })

  test('do nothing when they are praise, of no address, of another tenant, or not of marketing mail', async () => {
    const email = address()
    const recipients = { bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: email }] } }

    const answer = await hand(
      handler,
      complaint(email, 'not-spam'),
      bounce('Permanent', 'no address'),
      event('Bounce', recipients, { tenant: ['test-nobody'], campaign: [campaignId] }),
      event('Bounce', recipients, { tenant: [world.tenant.id] }),
      event('Bounce', recipients, { tenant: [world.tenant.id], campaign: ['x#y'] }),
      event('Bounce', recipients, {}),
    )

    expect(answer.batchItemFailures).toEqual([])
    expect(await reasonOf(email)).toEqual([])
  })

  test('that cannot be read fail alone', async () => {
    const email = address()

    const answer = await hand(handler, { source: 'aws.ses' }, complaint(email))

    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm-0' }])
    expect(await reasonOf(email)).toEqual(['tenant complained'])
  })
})

const samples = join(import.meta.dirname, '../../../../shared/data/email/ses_events')
const isEvent = ({ eventType, mail }: { eventType?: string; mail?: object }) => eventType !== undefined && mail !== undefined

describe.skipIf(!existsSync(samples))('the records SES documents', () => {
  const files = existsSync(samples)
    ? readdirSync(samples, { recursive: true })
        .map(String)
        .filter((file) => file.endsWith('.json') && file !== 'index.json')
    : []
  const records = files.flatMap((file) => {
    const read = JSON.parse(readFileSync(join(samples, file), 'utf8'))
    const detail = read.detail ?? read
    return isEvent(detail) ? [[file, detail] as const] : []
  })

  test.each(records)('%s suppresses only what it names for good', (_, detail) => {
    const tags = { ...detail.mail.tags, tenant: [world.tenant.id], campaign: [campaignId] }

    const found = refusalsIn({ source: 'aws.ses', detail: { ...detail, mail: { ...detail.mail, tags } } })
    const untagged = refusalsIn({ source: 'aws.ses', detail })

    const named = detail.bounce?.bounceType === 'Permanent' ? detail.bounce.bouncedRecipients : detail.complaint?.complainedRecipients
    expect(found?.refusals.map(({ email }) => email)).toEqual(named?.map(({ emailAddress }: { emailAddress: string }) => emailAddress))
    expect(untagged).toBeUndefined()
  })
})
