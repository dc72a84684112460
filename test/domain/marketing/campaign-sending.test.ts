import { describe, expect, test } from 'vitest'
import { MailRefused } from '../../../domain/kernel/errors.ts'
import { getCampaign } from '../../../domain/marketing/campaign/change-campaign.ts'
import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../../domain/marketing/campaign/control-campaign.ts'
import { planCampaign } from '../../../domain/marketing/campaign/plan-campaign.ts'
import { startCampaigns } from '../../../domain/marketing/campaign/start-campaigns.ts'
import { campaignStats, listDeliveries } from '../../../domain/marketing/delivery/campaign-stats.ts'
import { sendBlock } from '../../../domain/marketing/delivery/send-block.ts'
import { countSegment } from '../../../domain/marketing/segment/count-segment.ts'
import { createSuppression } from '../../../domain/marketing/suppression/change-suppression.ts'
import { unsubscribe } from '../../../domain/marketing/unsubscribe/preferences.ts'
import { changeContact } from '../../../domain/parties/contact/change-contact.ts'
import type { Contact } from '../../../domain/parties/contact/contact.ts'
import { changeCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { fakeClock, fakeSes } from '../../support/mail.ts'
import { campaignWorld } from '../../support/marketing.ts'

const recipients = (ses: ReturnType<typeof fakeSes>) => ses.taken.map(({ to }) => to).sort()

describe('a campaign', () => {
  test('mails everybody of its audience once, with all that a marketing mail needs, and is over', async () => {
    const world = await campaignWorld(23, { adSubjectMark: 'AD' })
    const ses = fakeSes()
    const campaign = await world.started({ attachments: [{ name: 'Price list', url: 'https://files.harbour.example/p.pdf' }] })

    const { result, spent } = await measure(() => sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, world.work(campaign)))
    await sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, world.work(campaign))

    expect(result).toMatchObject({ sent: 23, again: 0, unknown: 0 })
    expect(recipients(ses)).toEqual(world.people.map(({ email }) => email).sort())
    expect(ses.taken[0]).toMatchObject({
      subject: expect.stringMatching(/^AD News for Reader \d+$/),
      from: { name: 'Harbour', email: 'news@harbour.example' },
      headers: { 'List-Unsubscribe': expect.stringMatching(/^<.*\/u\/[\w.-]+>$/), 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
      tags: { campaign: campaign.id, contact: expect.stringMatching(/^con_/) },
      text: expect.stringContaining('1 Harbour Road'),
    })
    expect(ses.taken[0]!.text).toMatch(/Price list: \S*\/c\/\S+\/0\n/)
    expect(ses.taken[0]!.html).toMatch(/href="[^"]*\/c\/[^"]+\/0">Price list</)
    expect(await getCampaign(world.ctx, campaign)).toMatchObject({ status: 'sent', audience: 23 })
    expect(await campaignStats(world.ctx, campaign)).toMatchObject({ sent: 23, waiting: 0, audience: 23 })
    // Three pages instead of 2.3, and the block counted for 23 instead of 100, weigh more here than in a large audience.
    expect(spent.writeUnits / 23).toBeLessThanOrEqual(2)
  })

  test('leaves out who said no, has no address, or is gone, and says so', async () => {
    const world = await campaignWorld(8)
    const ses = fakeSes()
    const campaign = await world.started({ list: undefined })
    const [a, b, c, d] = world.people as [Contact, Contact, Contact, Contact]
    await createSuppression(world.asMarketer, { email: a.email! })
    await createSuppression(world.asMarketer, { email: b.email!, scope: campaign.id })
    await changeContact(world.ctx, { id: c.id, changes: { marketing: { optedOut: true } } })
    await changeContact(world.ctx, { id: d.id, changes: { email: null } })

    await sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, world.work(campaign))

    expect(recipients(ses)).toEqual(world.people.slice(4).map(({ email }) => email))
    expect((await campaignStats(world.ctx, campaign)).skipped).toMatchObject({ suppressed: 2, 'opted-out': 1, 'no-address': 1 })
    const { data } = await listDeliveries(world.ctx, { id: campaign.id, limit: 3, sort: 'place', filter: {} })
    expect(data).toMatchObject([{ id: '0-0-0', contactId: a.id, status: 'suppressed' }, { status: 'suppressed' }, { status: 'opted-out' }])
  })

  test('leaves out the people of a customer that said no, and counts them as not to be mailed', async () => {
    const world = await campaignWorld(2)
    const ses = fakeSes()
    const campaign = await world.started()
    await changeCustomer(world.ctx, { id: world.people[0]!.customerId, changes: { marketing: { optedOut: true } } })

    await sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, world.work(campaign))

    expect(ses.taken).toEqual([])
    expect((await campaignStats(world.ctx, campaign)).skipped).toMatchObject({ 'opted-out': 2 })
    expect(await countSegment(world.ctx, { id: campaign.segmentId! })).toMatchObject({ count: 2, mailable: 0 })
  })

  test('wants recorded consent where the firm says so, and mails an address once where the campaign says so', async () => {
    const world = await campaignWorld(3, { requireConsent: true })
    const ses = fakeSes()
    const [one, twin] = world.people as [Contact, Contact]
    for (const { id } of [one, twin])
      await changeContact(world.ctx, {
        id,
        changes: { email: 'both@harbour.example', marketing: { consent: { at: world.clock.now(), source: 'fair' } } },
      })
    const campaign = await world.started({ oncePer: 'address' })

    await sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, world.work(campaign))

    expect(recipients(ses)).toEqual(['both@harbour.example'])
    expect(await campaignStats(world.ctx, campaign)).toMatchObject({ audience: 2, sent: 1, skipped: { 'no-consent': 1 } })
  })

  test('stops within a page when it is paused or cancelled, hears an unsubscribe before the next page, and goes on where it was', async () => {
    const world = await campaignWorld(35)
    const ses = fakeSes()
    const campaign = await world.started()
    const last = world.people.at(-1)!
    const mail: typeof ses.mail = async (message) => {
      if (ses.taken.length === 4) {
        await pauseCampaign(world.ctx, campaign)
        await unsubscribe(world.ctx, { email: last.email!, contactId: last.id })
      }
      return ses.mail(message)
    }

    await sendBlock({ ...world.ctx, mail }, world.sender, world.work(campaign))
    const atPause = ses.taken.length
    await resumeCampaign(world.ctx, campaign)
    await planCampaign(world.ctx, world.system, { ...world.work(campaign), run: 2 })
    await sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, world.work(campaign))
    const byOldWork = ses.taken.length
    await sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, { ...world.work(campaign), run: 2 })

    expect([atPause, byOldWork]).toEqual([10, 10])
    expect(recipients(ses)).toEqual(
      world.people
        .slice(0, -1)
        .map(({ email }) => email)
        .sort(),
    )
    expect(await getCampaign(world.ctx, campaign)).toMatchObject({ status: 'sent' })
    await expect(cancelCampaign(world.ctx, campaign)).rejects.toMatchObject({ code: 'campaign.state' })
  })

  test('waits for its window, and is found there by the schedule', async () => {
    const world = await campaignWorld(2, { timeZone: 'Asia/Shanghai' })
    const ses = fakeSes()
    const campaign = await world.started({ sendWindow: { fromHour: 9, toHour: 11 } })
    const early = world.queue.length
    world.clock.set('2026-11-21T01:00:00.000Z')
    await planCampaign(world.ctx, world.system, world.work(campaign))

    expect(early).toBe(0)
    expect(world.queue).toMatchObject([{ name: 'send-campaign', message: { campaignId: campaign.id, block: 0 } }])
    world.clock.set('2026-11-21T03:00:00.000Z')
    await sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, world.work(campaign))
    expect(ses.taken).toEqual([])
  })

  test('keeps the hours of each recipient where it says so, found by the schedule when they come', async () => {
    const world = await campaignWorld(3, { timeZone: 'Asia/Shanghai' })
    const ses = fakeSes()
    const [tokyo, berlin] = world.people as [Contact, Contact]
    await changeContact(world.ctx, { id: tokyo.id, changes: { timeZone: 'Asia/Tokyo' } })
    await changeContact(world.ctx, { id: berlin.id, changes: { timeZone: 'Europe/Berlin' } })
    world.clock.set('2026-11-20T01:30:00.000Z')
    const campaign = await world.started({ sendWindow: { fromHour: 9, toHour: 10, zone: 'recipient' } })
    const send = () => sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, world.work(campaign))
    const at = async (instant: string) => {
      world.clock.set(instant)
      await send()
      return recipients(ses).length
    }

    const here = await at('2026-11-20T01:30:00.000Z')
    const early = await at('2026-11-20T07:59:00.000Z')
    const inBerlin = await at('2026-11-20T08:10:00.000Z')
    world.queue.length = 0
    const time = '2026-11-21T00:00:00.000Z'
    await startCampaigns(world.system, time)
    const inTokyo = await at('2026-11-21T00:05:00.000Z')

    expect([here, early, inBerlin, inTokyo]).toEqual([1, 1, 2, 3])
    expect(world.queue.map(({ message }) => message)).toContainEqual({ tenantId: world.tenant.id, campaignId: campaign.id, run: 1, time })
    expect(await getCampaign(world.ctx, campaign)).toMatchObject({ status: 'sent' })
    expect(new Set(recipients(ses)).size).toBe(3)
  })

  test('gives way when SES throttles, and nothing is lost or doubled', async () => {
    const world = await campaignWorld(25)
    const ses = fakeSes()
    const campaign = await world.started()
    ses.faults.push('none', 'none', new MailRefused('Throttling', true))
    const once = () => sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, world.work(campaign))

    const first = await once()
    world.clock.pass(1)
    await once()

    expect(first.againIn).toBeGreaterThan(0)
    expect(recipients(ses)).toEqual(world.people.map(({ email }) => email).sort())
  })

  test('stops when SES refuses everybody, and skips the one it refuses alone', async () => {
    const world = await campaignWorld(25)
    const [ses, strict] = [fakeSes(), fakeSes()]
    const campaign = await world.started()
    const other = await world.started()
    ses.faults.push(new MailRefused('InvalidParameterValue', false))
    strict.mail = async () => {
      throw new MailRefused('MessageRejected', false)
    }

    await sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, world.work(campaign))
    await sendBlock({ ...world.ctx, mail: strict.mail }, world.sender, world.work(other))

    expect(await campaignStats(world.ctx, campaign)).toMatchObject({ sent: 24, skipped: { failed: 1 } })
    expect(await getCampaign(world.ctx, other)).toMatchObject({ status: 'paused', pausedBecause: 'refused' })
  })
})

describe('the rate', () => {
  test('holds in every window of a second, over all workers and campaigns', async () => {
    const world = await campaignWorld(40, { mailRate: 10 })
    const campaigns = [await world.started(), await world.started()]
    const times: number[] = []
    // Workers side by side: each waits by itself, and notes when its turn was.
    const worker = (i: number) => {
      const clock = fakeClock(world.clock.now())
      const sender = { ...world.sender, sleep: async (ms: number) => clock.pass(Math.max(0, ms) / 60_000) }
      const mail = async () => `m-${times.push(Date.parse(clock.now()))}`
      return sendBlock({ ...world.ctx, now: clock.now, mail }, sender, world.work(campaigns[i]!))
    }

    await Promise.all([worker(0), worker(1)])

    times.sort((a, b) => a - b)
    const most = Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length))
    expect(times.length).toBeGreaterThan(30)
    expect(most).toBeLessThanOrEqual(10)
  })
})
