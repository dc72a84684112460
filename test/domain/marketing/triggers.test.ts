import { beforeAll, describe, expect, test } from 'vitest'
import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import { partitionOf } from '../../../domain/kernel/ids.ts'
import type { Campaign } from '../../../domain/marketing/campaign/campaign.ts'
import { deleteCampaign, getCampaign } from '../../../domain/marketing/campaign/change-campaign.ts'
import { pauseCampaign, resumeCampaign } from '../../../domain/marketing/campaign/control-campaign.ts'
import { launchCampaign } from '../../../domain/marketing/campaign/launch-campaign.ts'
import { planCampaign } from '../../../domain/marketing/campaign/plan-campaign.ts'
import type { BlockWork } from '../../../domain/marketing/campaign/plan-later.ts'
import { startCampaigns } from '../../../domain/marketing/campaign/start-campaigns.ts'
import { campaignStats } from '../../../domain/marketing/delivery/campaign-stats.ts'
import { mailsWith } from '../../../domain/marketing/delivery/mail-cap.ts'
import { sendEntry } from '../../../domain/marketing/delivery/send-entry.ts'
import { enterFound, type PointedTrigger } from '../../../domain/marketing/trigger/enter-found.ts'
import { enterOnEvent } from '../../../domain/marketing/trigger/enter-on-event.ts'
import { enterPortion, type Looked } from '../../../domain/marketing/trigger/enter-portion.ts'
import { entriesSoFar } from '../../../domain/marketing/trigger/entries.ts'
import { changeContact } from '../../../domain/parties/contact/change-contact.ts'
import { outboxAction } from '../../../domain/store/outbox.ts'
import type { DeliveredEvent } from '../../../events/define.ts'
import { ContactDeleted } from '../../../events/parties.ts'
import { tenantContext } from '../../../functions/runtime.ts'
import { callAs } from '../../support/api.ts'
import { fakeSes } from '../../support/mail.ts'
import { campaignWorld } from '../../support/marketing.ts'
import { confirmedOrder, lineOf } from '../../support/sales.ts'

let world: Awaited<ReturnType<typeof campaignWorld>>
let ses: ReturnType<typeof fakeSes>

beforeAll(async () => {
  world = await campaignWorld(4)
  ses = fakeSes()
})

const running = async (trigger: object, more: object = {}): Promise<Campaign> => {
  const campaign = await launchCampaign(world.asMarketer, await world.plan({ segmentId: undefined, trigger, ...more }))
  await planCampaign(world.ctx, world.system, world.work(campaign))
  return getCampaign(world.ctx, campaign)
}

let events = 0
const happened = (name: string, data: object = {}, more: object = {}): DeliveredEvent => {
  const { id, customerId } = world.people[0]!
  const common = { version: 1, tenantId: world.tenant.id, at: world.clock.now(), actor: world.ctx.actor, requestId: 'r' }
  return {
    id: `evt-${events++}`,
    name,
    subject: { type: 'order', id: 'ord_1' },
    customerId,
    data: { contactId: id, ...data },
    ...common,
    ...more,
  }
}
const tell = (event: DeliveredEvent) => enterOnEvent(world.ctx, event)

/** What the queue and the schedule bring until the clock's now, handed to the worker. */
async function work(campaign: Campaign): Promise<number> {
  const before = ses.taken.length
  await startCampaigns(world.system, world.clock.now())
  for (const { name, message } of world.queue.splice(0)) {
    const given = message as BlockWork & { page: number }
    if (given.campaignId !== campaign.id) continue
    if (name === 'plan-campaign') await planCampaign(world.ctx, world.system, given)
    else await sendEntry({ ...world.ctx, mail: ses.mail }, world.sender, given)
  }
  return ses.taken.length - before
}
/** Planning puts mails on the queue: a second look sends them. */
const workThrough = async (campaign: Campaign) => (await work(campaign)) + (await work(campaign))

describe('a campaign that starts from an event', () => {
  test('has the events of its firm marked from its launch on, and those of others not', async () => {
    const marks = async () => {
      const ctx = await tenantContext(world.tenant.id)
      const event = ContactDeleted({ type: 'contact', id: 'con_1' }, {})
      return outboxAction(ctx, event).put?.Item.mayStartCampaign
    }
    const before = await marks()

    await running({ on: 'event', event: 'order.closed' })

    expect([before, await marks()]).toEqual([undefined, true])
  })

  test('mails whom it is about once for each event, however often it is told, and nobody for what does not fit', async () => {
    const campaign = await running({
      on: 'event',
      event: 'order.confirmed',
      data: { terms: ['first', 'second'] },
      where: { field: 'name', op: 'eq', value: 'Reader 0' },
    })
    const [first, second] = [happened('order.confirmed', { terms: 'first' }), happened('order.confirmed', { terms: 'second' })]

    await Promise.all([tell(first), tell(first)].map((told) => told.catch(() => undefined)))
    for (const event of [first, second, second]) await tell(event)
    await tell(happened('order.confirmed', { terms: 'third' }))
    await tell(happened('order.confirmed', { terms: 'first', contactId: world.people[1]!.id }))
    await tell(happened('order.confirmed', { terms: 'first' }, { at: '2020-01-01T00:00:00.000Z' }))

    expect([await work(campaign), await work(campaign)]).toEqual([2, 0])
    expect(await campaignStats(world.ctx, campaign)).toMatchObject({ status: 'sending', sent: 2, waiting: 0 })
  })

  test('writes to the one who speaks for the customer where the event names nobody, and once where it says so', async () => {
    const campaign = await running({ on: 'event', event: 'quote.sent', once: true })

    for (const _ of [1, 2]) await tell({ ...happened('quote.sent'), data: {} })

    expect(await work(campaign)).toBe(1)
    expect(ses.taken.at(-1)!.to).toBe(world.people[0]!.email)
  })

  test('waits as long as it says, keeps its hours, and goes on after a pause', async () => {
    const campaign = await running({ on: 'event', event: 'order.closed', delayHours: 30 }, { sendWindow: { fromHour: 9, toHour: 18 } })
    world.clock.set('2026-11-20T06:00:00.000Z')
    await tell(happened('order.closed'))
    world.clock.pass(29 * 60)
    const early = await work(campaign)
    world.clock.pass(70)
    const outOfHours = await workThrough(campaign)
    await pauseCampaign(world.ctx, campaign)
    world.clock.set('2026-11-22T01:30:00.000Z')
    const paused = await workThrough(campaign)
    const { run } = await resumeCampaign(world.ctx, campaign)
    await planCampaign(world.ctx, world.system, { ...world.work(campaign), run: run! })

    expect([early, outOfHours, paused, await workThrough(campaign)]).toEqual([0, 0, 0, 1])
  })
})

describe('a campaign that goes by days', () => {
  test('mails each of whom it finds once, again after its days, and makes up for what was missed', async () => {
    world.clock.set('2026-11-23T03:00:00.000Z')
    const where = { field: 'title', op: 'eq', value: 'Dormant' }
    await changeContact(world.ctx, { id: world.people[1]!.id, changes: { title: 'Dormant' } })
    const campaign = await running({ on: 'day', where, everyDays: 30 })
    const sent = [await work(campaign)]
    for (const [days, title] of [
      [1, null],
      [2, 'Dormant'],
      [28, null],
    ] as const) {
      if (title) await changeContact(world.ctx, { id: world.people[2]!.id, changes: { title } })
      world.clock.pass(days * 24 * 60)
      sent.push(await workThrough(campaign))
    }

    expect(sent).toEqual([1, 0, 1, 1])
  })

  test.each([
    ['in one search', 200_000],
    ['owner by owner', 1],
  ])('takes in a portion to a message, %s, and nobody twice when a message comes twice', async (title, cards) => {
    const campaign = await running({ on: 'day', where: { field: 'title', op: 'eq', value: title } })
    for (const { id } of world.people.slice(1)) await changeContact(world.ctx, { id, changes: { title } })
    const trigger = campaign.trigger as Parameters<typeof enterPortion>[3]
    let messages = 0
    for (let looked: Looked | undefined = { day: '2026-11-23' }; looked; messages++) {
      const portion = () => enterPortion(world.ctx, world.asMarketer, campaign, trigger, looked!, { most: { people: 1, cards } })
      const [first, again] = [await portion(), await portion()]
      expect(again.next?.slice).toBe(first.next?.slice)
      looked = first.next
    }

    expect(await entriesSoFar(world.ctx, campaign.id)).toBe(3)
    expect(messages).toBeGreaterThan(1)
    world.queue.length = 0
  })

  test('mails on birthdays, once a year', async () => {
    world.clock.set('2027-02-28T03:00:00.000Z')
    await changeContact(world.ctx, { id: world.people[3]!.id, changes: { birthday: '1980-02-29' } })
    const campaign = await running({ on: 'birthday' })
    const sent = [await work(campaign)]
    await planCampaign(world.ctx, world.system, world.work(campaign))
    sent.push(await workThrough(campaign))
    world.clock.set('2028-02-29T03:00:00.000Z')
    sent.push(await workThrough(campaign))

    expect(sent).toEqual([1, 0, 1])
  })
})

describe('a contract that ends', () => {
  test('is written of before its last day, anew when it is prolonged, and not when the order was cancelled', async () => {
    world.clock.set('2028-03-01T03:00:00.000Z')
    const admin = callAs(world.tenant.id, world.tenant.admin)
    const { customerId } = world.people[0]!
    const contracts = ['2028-03-31', '2028-03-31', '2028-04-30'].map((endsOn) => ({ lines: [lineOf('1', '10')], contract: { endsOn } }))
    const [kept, cancelled] = await Promise.all(contracts.map((more) => confirmedOrder(world.tenant, world.tenant.admin, customerId, more)))
    await admin(`/v1/orders/${cancelled!.id}/cancel`, { body: {} })
    const campaign = await running({ on: 'contract-ending', daysBefore: 30 })
    const sent = [await work(campaign)]
    await planCampaign(world.ctx, world.system, world.work(campaign))
    sent.push(await workThrough(campaign))
    await admin(`/v1/orders/${kept!.id}`, { method: 'PATCH', body: { contract: { endsOn: '2028-04-05' } } })
    world.clock.set('2028-03-06T03:00:00.000Z')
    sent.push(await workThrough(campaign))

    expect(sent).toEqual([1, 0, 1])
  })
})

test('a trigger that asks for what its event does not tell is refused', async () => {
  const trigger = (data: object) => world.plan({ segmentId: undefined, trigger: { on: 'event', event: 'customer.changed', data } })

  const refused = await trigger({ fields: ['level'] }).catch((error) => error)
  await deleteCampaign(world.asMarketer, await trigger({ changed: ['level'] }))

  expect(refused).toMatchObject({ kind: 'invalid', code: 'campaign.unknown-data', more: { errors: [{ pointer: '/trigger/data/fields' }] } })
})

describe('what a trigger asks of sales', () => {
  const firstOrder = { field: 'customer.orders.365d', op: 'lte', value: 1 }
  const withSales = (orders: number): typeof world.ctx => ({
    ...world.ctx,
    sales: async (_, __, take) => {
      for (let i = 0; i < orders; i++) take({ partition: partitionOf(world.people[0]!.customerId), amount: 1, productIds: [] })
    },
  })

  test('decides about an event, and is at most five minutes old', async () => {
    world.clock.set('2028-03-08T03:00:00.000Z')
    const campaign = await running({ on: 'event', event: 'order.confirmed', where: firstOrder })
    const entered: number[] = []
    for (const [orders, minutes] of [
      [1, 0],
      [2, 4],
      [2, 2],
    ] as const) {
      world.clock.pass(minutes)
      await enterOnEvent(withSales(orders), happened('order.confirmed'))
      entered.push(await work(campaign))
    }

    expect(entered).toEqual([1, 1, 0])
  })

  test('pauses the campaign when it cannot be asked any more', async () => {
    const other = await world.plan({})
    const campaign = await running({
      on: 'event',
      event: 'quote.accepted',
      where: { field: 'campaign.sent', op: 'contains', value: other.id },
    })
    await deleteCampaign(world.asMarketer, other)

    await tell(happened('quote.accepted'))

    expect(await getCampaign(world.ctx, campaign)).toMatchObject({ status: 'paused', pausedBecause: 'audience' })
  })

  test.each([
    ['segment.period', { field: 'customer.ordered', op: 'gte', value: 1 }],
    ['segment.not-served', { field: 'campaign.sent', op: 'isNull', value: true }],
    ['search.unknown-field', { field: 'nothing', op: 'eq', value: 1 }],
  ])('is refused with %s where it cannot be asked', async (code, where) => {
    const refused = await world.plan({ segmentId: undefined, trigger: { on: 'day', where } }).catch((error) => error)

    expect([refused.kind, refused.more.errors[0].code]).toEqual(['invalid', code])
  })
})

describe('the cap of a firm', () => {
  test('holds for a contact over all campaigns, and the same mail counts once', async () => {
    const admin = await world.tenant.as(world.tenant.admin)
    await changeTenant(admin, { changes: { mailCap: { mails: 1, days: 7 } } })
    world.clock.set('2028-03-10T03:00:00.000Z')
    const campaigns = [await running({ on: 'event', event: 'order.cancelled' }), await running({ on: 'event', event: 'order.cancelled' })]
    await tell(happened('order.cancelled'))
    const queued = world.queue.splice(0)
    let sent = 0
    for (const campaign of campaigns) {
      world.queue.push(...queued)
      sent += await work(campaign)
    }
    const stats = await Promise.all(campaigns.map((campaign) => campaignStats(world.ctx, campaign)))

    expect(sent).toBe(1)
    expect(stats.map((one) => (one.skipped as Record<string, number>)['frequency-cap']).sort()).toEqual([0, 1])
    expect(mailsWith({ a: 100 }, 'a', { mails: 1, days: 1 }, 200)).toEqual({ a: 100 })
    expect(mailsWith({ a: 100 }, 'b', { mails: 1, days: 1 }, 100 + 86_400)).toEqual({ b: 86_500 })
  })
})

describe('a day that records point to', () => {
  const day = '2028-06-09'
  const contractsAndQuotes = async (each: (customerId: string) => Promise<unknown>) => {
    for (const _ of world.people.slice(1)) await each(world.people[0]!.customerId)
  }
  const born = async () => {
    for (const { id } of world.people.slice(1)) await changeContact(world.ctx, { id, changes: { birthday: '1980-06-09' } })
  }
  const quoted = (customerId: string) => quoteSent(customerId, { validUntil: '2028-06-08' })
  const contracted = (customerId: string) =>
    confirmedOrder(world.tenant, world.tenant.admin, customerId, { lines: [lineOf('1', '10')], contract: { endsOn: '2028-06-10' } })
  const quoteSent = async (customerId: string, more: object) => {
    const admin = callAs(world.tenant.id, world.tenant.admin)
    const { body } = await admin('/v1/quotes', { body: { customerId, lines: [lineOf('1', '10')], ...more } })
    return admin(`/v1/quotes/${body.id}/send`, { body: { channel: 'paper' } })
  }

  test.each<[PointedTrigger, () => Promise<void>]>([
    [{ on: 'birthday' }, born],
    [{ on: 'quote-expired', daysAfter: 1 }, () => contractsAndQuotes(quoted)],
    [{ on: 'contract-ending', daysBefore: 1 }, () => contractsAndQuotes(contracted)],
  ])('$on: takes in a portion to a message, and nobody twice when a message comes twice', async (trigger, happen) => {
    world.clock.set('2028-06-01T03:00:00.000Z')
    const campaign = await running(trigger)
    await happen()
    world.clock.set(`${day}T03:00:00.000Z`)
    const entered: number[] = []
    for (let looked: Looked | undefined = { day }; looked; entered.push(await entriesSoFar(world.ctx, campaign.id))) {
      const portion = () => enterFound(world.ctx, world.asMarketer, campaign, trigger, looked!, { most: 1 })
      const [first, again] = [await portion(), await portion()]
      expect(again).toEqual(first)
      looked = first.next
    }

    // The last message may find nobody: that there are no more is known when the next is asked for.
    expect([...new Set(entered)]).toEqual([1, 2, 3])
    world.queue.length = 0
  })
})
