import { describe, expect, test } from 'vitest'
import { campaigns, progressKey } from '../../../domain/marketing/campaign/campaign.table.ts'
import { brake } from '../../../domain/marketing/campaign/campaign.ts'
import { getCampaign } from '../../../domain/marketing/campaign/change-campaign.ts'
import { launchCampaign } from '../../../domain/marketing/campaign/launch-campaign.ts'
import { sendPauseNotice, toldOfPause } from '../../../domain/marketing/campaign/pause-notice.ts'
import { planCampaign } from '../../../domain/marketing/campaign/plan-campaign.ts'
import { nextOpening } from '../../../domain/marketing/campaign/send-window.ts'
import { campaignStats } from '../../../domain/marketing/delivery/campaign-stats.ts'
import { pullBrake } from '../../../domain/marketing/delivery/count-block.ts'
import { pageOf, pageStep } from '../../../domain/marketing/delivery/page.ts'
import { sendBlock } from '../../../domain/marketing/delivery/send-block.ts'
import { changeContact } from '../../../domain/parties/contact/change-contact.ts'
import { listFollowUps } from '../../../domain/parties/follow-up/list-follow-ups.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { commit } from '../../../domain/store/commit.ts'
import { readTally } from '../../../domain/store/tally.ts'
import { handler } from '../../../functions/consumers/marketing/note-delivery-on-ses-event.ts'
import { handler as planFollowUp } from '../../../functions/consumers/marketing/plan-follow-up-on-campaign-clicked.ts'
import { deliver, hand } from '../../support/deliver.ts'
import { fakeSes } from '../../support/mail.ts'
import { campaignWorld } from '../../support/marketing.ts'

const at = (second: number) => ({ timestamp: `2026-11-20T03:00:${String(second).padStart(2, '0')}.000Z` })

async function sentCampaign(readers: number) {
  const world = await campaignWorld(readers)
  const ses = fakeSes()
  const campaign = await world.started()
  await sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, world.work(campaign))
  const news = (eventType: string, delivery: string, more: object = {}, campaignId = campaign.id) => ({
    source: 'aws.ses',
    detail: { eventType, mail: { ...at(1), tags: { tenant: [world.tenant.id], campaign: [campaignId], delivery: [delivery] } }, ...more },
  })
  return { world, campaign, news, stats: () => campaignStats(world.ctx, campaign) }
}

describe('what SES says of a campaign', () => {
  test('is counted once for everybody, doubled and in any order', async () => {
    const { world, campaign, news, stats } = await sentCampaign(12)
    const bounce = { bounce: { ...at(5), bounceType: 'Permanent', bouncedRecipients: [] } }
    const events = [
      news('Send', '0-0-0'),
      news('Delivery', '0-0-0', { delivery: at(3) }),
      news('Open', '0-0-0', { open: at(7) }),
      news('Open', '0-0-0', { open: at(9) }),
      news('Click', '0-0-0', { click: at(9) }),
      news('Bounce', '0-0-1', bounce),
      news('Bounce', '0-0-2', { bounce: { ...at(5), bounceType: 'Transient' } }),
      news('Complaint', '0-1-1', { complaint: { ...at(6), complaintFeedbackType: 'abuse' } }),
      news('Complaint', '0-1-0', { complaint: { ...at(6), complaintFeedbackType: 'not-spam' } }),
    ]

    await hand(handler, ...events)
    const once = await stats()
    await hand(handler, ...[...events].reverse(), ...events)

    expect(once).toMatchObject({ sent: 12, delivered: 1, opened: 1, clicked: 1, bounced: 1, softBounced: 1, complained: 1 })
    expect(await stats()).toEqual(once)
    expect(await readTally(world.ctx, progressKey(campaign.id))).toMatchObject({ blocks: 1, sent: 12, bounced: 1, complained: 1 })
  })

  test('of what is not ours is passed over', async () => {
    const { news, stats } = await sentCampaign(2)
    const before = await stats()

    const answer = await hand(
      handler,
      news('Delivery', '0-0-7', { delivery: at(3) }),
      news('Delivery', '7-0-0', { delivery: at(3) }),
      news('Delivery', '0-0', { delivery: at(3) }),
      news('Delivery', '0-0-0', { delivery: at(3) }, 'cmp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'),
      news('Subscription', '0-0-0'),
    )

    expect(answer.batchItemFailures).toEqual([])
    expect(await stats()).toEqual(before)
  })

  test('a first click makes one follow-up for the owner, however often it is told', async () => {
    const { world, news } = await sentCampaign(2)

    await hand(handler, news('Click', '0-0-1', { click: at(4) }), news('Click', '0-0-1', { click: at(5) }))
    await deliver(world.ctx, planFollowUp, ['campaign.clicked'])
    await deliver(world.ctx, planFollowUp, ['campaign.clicked'])

    const { data } = await listFollowUps(world.ctx, {
      limit: 5,
      sort: 'createdAt',
      filter: { customerId: { eq: world.people[0]!.customerId } },
    })
    expect(data).toMatchObject([{ ownerId: world.tenant.admin.id, subject: `${world.people[1]!.name} clicked in the mail “Autumn”` }])
  })

  test('costs a read when it is known, and one unit when it is new', async () => {
    const { news } = await sentCampaign(2)

    const known = await measure(() => hand(handler, news('Send', '0-0-0')))
    const fresh = await measure(() => hand(handler, news('Delivery', '0-0-0', { delivery: at(3) })))

    expect([known.spent.writeUnits, fresh.spent.writeUnits]).toEqual([0, 1])
  })
})

describe('the brakes', () => {
  test('are pulled after 200 sends at 4 % bounces or 0.08 % complaints, not before', () => {
    const of = (sent: number, bounced: number, complained: number) => brake({ sent, bounced, complained })

    expect([of(199, 199, 199), of(200, 7, 0), of(200, 8, 0), of(200, 0, 1), of(1251, 0, 1), of(2500, 0, 2), of(2499, 0, 2)]).toEqual([
      undefined,
      undefined,
      'bounces',
      'complaints',
      undefined,
      'complaints',
      'complaints',
    ])
  })

  test('stop a campaign that runs', async () => {
    const world = await campaignWorld(2)
    const campaign = await world.started()

    await pullBrake(world.ctx, campaign.id, { sent: 500, bounced: 30 })
    await pullBrake(world.ctx, campaign.id, { sent: 500, bounced: 30 })

    expect(await getCampaign(world.ctx, campaign)).toMatchObject({ status: 'paused', pausedBecause: 'bounces' })
  })

  test('tell the owner by a mail, once, in the language of the owner', async () => {
    const world = await campaignWorld(1)
    const ses = fakeSes()
    const campaign = await world.started({ ownerId: (await world.tenant.user('marketer', { locale: 'zh-CN' })).id })
    await pullBrake(world.ctx, campaign.id, { sent: 300, bounced: 30 })
    const notice = { eventId: 'evt-1', campaignId: campaign.id, reason: 'bounces' as const }
    const [userId, ...others] = await toldOfPause(world.ctx, campaign.id)

    const tell = () => sendPauseNotice({ ...world.ctx, mail: ses.mail }, { ...notice, userId: userId! })
    const outcomes = [await tell(), await tell()]

    expect([outcomes, others]).toEqual([['sent', 'already'], []])
    expect(ses.taken).toMatchObject([{ subject: '营销活动“Autumn”已自动暂停' }])
    expect(ses.taken[0]!.text).toContain('退信过多')
  })

  test('are pulled before the first mail when the mail cannot be made for somebody further down', async () => {
    const world = await campaignWorld(2)
    const campaign = await launchCampaign(world.asMarketer, await world.plan())
    const content = { ...campaign.content!, subject: '{% for i in (1..contact.title) %}x{% endfor %}' }
    await commit(world.ctx, [campaigns.replace(world.ctx, campaign, { ...campaign, content })], [])
    await changeContact(world.ctx, { id: world.people[1]!.id, changes: { title: '99999999' } })
    await changeContact(world.ctx, { id: world.people[0]!.id, changes: { title: '3' } })

    await planCampaign(world.ctx, world.system, world.work(campaign))

    const stopped = { status: 'paused', pausedBecause: 'template', fault: { contactId: world.people[1]!.id, field: 'contact.title' } }
    expect(await getCampaign(world.ctx, campaign)).toMatchObject(stopped)
    expect(world.queue).toEqual([])
  })
})

describe('a send window', () => {
  const calendar = { workdays: [1, 2, 3, 4, 5], holidays: ['2026-11-23'] }
  const opening = (instant: string, workingDaysOnly = false) =>
    nextOpening(instant, { fromHour: 9, toHour: 18, workingDaysOnly }, { timeZone: 'Asia/Shanghai', calendar })

  test.each([
    ['2026-11-20T01:00:00.000Z', false, '2026-11-20T01:00:00.000Z'],
    ['2026-11-20T00:59:59.000Z', false, '2026-11-20T01:00:00.000Z'],
    ['2026-11-20T10:00:00.000Z', false, '2026-11-21T01:00:00.000Z'],
    ['2026-11-20T10:00:00.000Z', true, '2026-11-24T01:00:00.000Z'],
    ['2026-11-21T03:00:00.000Z', true, '2026-11-24T01:00:00.000Z'],
  ])('asked at %s (working days: %s) opens at %s', (instant, workingDays, expected) => {
    expect(opening(instant, workingDays)).toBe(expected)
  })
})

describe('a page of deliveries whose worker died', () => {
  const c = (seconds: number) => seconds.toString(36).padStart(7, '0')
  const item = { w: 'x', l: c(1120), c0: '0', c1: '1', c2: '2', s0: c(1001) }

  test('is left alone while its lease holds; then the mail in flight waits for SES, and those behind it go', () => {
    expect(pageStep(pageOf(item), 1119)).toMatchObject({ send: [], waitUntil: 1120 })
    expect(pageStep(pageOf(item), 1120)).toMatchObject({ send: [2], again: [], doubt: { slot: 1, since: c(1000) }, waitUntil: 1900 })
    expect(pageStep(pageOf(item), 1900)).toMatchObject({ send: [1, 2], again: [1], unknown: [] })
  })

  test('sends nobody a third copy', () => {
    const twice = { ...item, s2: c(1002), a1: '1', i1: c(2000) }

    expect(pageStep(pageOf(twice), 2899)).toMatchObject({ send: [], waitUntil: 2900 })
    expect(pageStep(pageOf(twice), 2900)).toMatchObject({ send: [], again: [], unknown: [1] })
  })
})
