import { beforeAll, describe, expect, test } from 'vitest'
import type { Page } from '../../../domain/kernel/paging.ts'
import { campaigns } from '../../../domain/marketing/campaign/campaign.table.ts'
import { forgetParts, type Gathered, gatherAudience } from '../../../domain/marketing/campaign/gather-audience.ts'
import { noteDelivery } from '../../../domain/marketing/delivery/note-ses-news.ts'
import { claimPage, markSent, pageKey } from '../../../domain/marketing/delivery/page.table.ts'
import { countPortion, countSegment, previewSegment } from '../../../domain/marketing/segment/count-segment.ts'
import { type Meant, segmentIds, segmentSlices } from '../../../domain/marketing/segment/segment-ids.ts'
import { listMembers } from '../../../domain/marketing/segment/segment-members.ts'
import { type Contact, searchLimits } from '../../../domain/parties/index.ts'
import { commit } from '../../../domain/store/commit.ts'
import { get } from '../../../domain/store/read.ts'
import { handler as countOrder } from '../../../functions/consumers/analytics/count-order-on-order-agreed.ts'
import { handler as rekeyRecords } from '../../../functions/consumers/parties/rekey-records-on-customer-owner-changed.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { memoryFiles } from '../../support/files.ts'
import { fakeClock } from '../../support/mail.ts'
import { type MarketingWorld, marketingWorld } from '../../support/marketing.ts'
import { day } from '../../support/parties.ts'
import { confirmedOrder, lineOf, productOf } from '../../support/sales.ts'

let world: MarketingWorld
let call: ReturnType<typeof callAs>
let product: { id: string }
let campaignId: string
let people: { large: string; small: string; never: string; pooled: string }

const leaf = (field: string, op: string, value: unknown) => ({ field, op, value })
const preview = (body: object) => call('/v1/segments/preview', { body })
const found = async (where: object) => {
  const { status, body } = await preview({ where })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body.data.map(({ id }: { id: string }) => Object.entries(people).find(([, one]) => one === id)?.[0]).sort()
}
const codeOf = async (where: object) => {
  const { status, body } = await preview({ where })
  return [status, body.code]
}

beforeAll(async () => {
  world = await marketingWorld()
  const { tenant } = world
  call = callAs(tenant.id, world.marketer)
  const [large, small, never, pooled] = [await world.reader(), await world.reader(), await world.reader(), await world.reader()]
  people = { large: large.id, small: small.id, never: never.id, pooled: pooled.id }
  const admin = callAs(tenant.id, tenant.admin)
  await admin(`/v1/customers/${pooled.customerId}`, { method: 'PATCH', body: { ownerId: null } })
  await deliver(world.ctx, rekeyRecords, ['customer.owner-changed'])
  await admin(`/v1/customers/${large.customerId}`, { method: 'PATCH', body: { addresses: [{ kind: 'office', province: '江苏' }] } })
  product = await productOf(tenant, { name: 'Pump' })
  const order = (customerId: string, orderedOn: string, lines: object[]) =>
    confirmedOrder(tenant, tenant.admin, customerId, { orderedOn, pricesIncludeTax: false, lines })
  await order(large.customerId, day(-10), [lineOf('10', '100', { productId: product.id })])
  await order(small.customerId, day(-40), [lineOf('1', '50')])
  await deliver(await tenant.as(tenant.admin), countOrder, ['order.confirmed'])
  campaignId = (await call('/v1/campaigns', { body: { name: 'Autumn' } })).body.id
  const ctx = world.system
  const campaign = await get(ctx, campaigns, campaignId)
  await commit(ctx, [campaigns.replace(ctx, campaign, { ...campaign, audience: 2 })], [])
  const key = pageKey(campaignId, 0, 0)
  await claimPage(ctx, key, undefined, {
    writer: 'w',
    leaseUntil: '0',
    contactIds: [large.id, never.id],
    skips: new Map(),
    again: [],
    held: new Map(),
    released: [],
  })
  await markSent(ctx, key, 0)
  await noteDelivery(ctx, { campaignId, delivery: '0-0-1', fact: 'k', at: ctx.now() })
})

describe('a segment of more people than one search judges', () => {
  // Of each person a card and that of the customer: three of one owner, one in the pool.
  const asked: Meant = { where: { field: 'customer.name', op: 'isNull', value: false } }
  const withMost = (cards: number) => ({ limits: { ...searchLimits, cards } })

  test('is taken from one owner after another, each person once, in the same order', async () => {
    const ctx = await world.tenant.as(world.tenant.admin)
    const all = await segmentIds(ctx, asked)

    expect(all).toEqual(Object.values(people).sort())
    expect(await segmentIds(ctx, asked, withMost(7))).toEqual(all)
  })

  test('is counted by a function after the other, and again only when it was changed or an hour is over', async () => {
    const ctx = await world.tenant.as(world.tenant.admin)
    const clock = fakeClock('2026-11-20T03:00:00.000Z')
    const { body: segment } = await call('/v1/segments', { body: { name: 'Large', ...asked } })
    const count = () => countSegment({ ...ctx, now: clock.now }, segment, { people: 1, cards: 1 })
    const work = { tenantId: ctx.tenant.id, segmentId: segment.id, by: ctx.actor.id }

    const first = await count()
    const meanwhile = await count()
    while (await countPortion({ ...(await world.tenant.as(world.marketer)), now: clock.now }, work, { people: 1, cards: 1 }));
    const done = await count()
    const twice = await countPortion(ctx, work)
    clock.pass(61)
    const anew = await count()

    expect([first.complete, first.count < 4, meanwhile]).toEqual([false, true, first])
    expect([done, twice]).toEqual([
      { count: 4, mailable: first.mailable, sampled: first.sampled, complete: true, countedAt: clock.now().replace('04:01', '03:00') },
      false,
    ])
    expect(anew).toEqual({ ...first, countedAt: clock.now() })
    await call(`/v1/segments/${segment.id}`, { method: 'PATCH', body: { includeContactIds: [people.small] } })
    expect(await countPortion(ctx, work, { people: 1, cards: 1 })).toBe(false)
  })

  test('is listed from one owner after another, each person once, and previewed in part', async () => {
    const ctx = await world.tenant.as(world.tenant.admin)
    const { body: segment } = await call('/v1/segments', { body: { name: 'Large', ...asked } })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page: Page<Contact> = await listMembers(
        ctx,
        { id: segment.id, filter: {}, sort: 'createdAt', limit: 2, cursor },
        { people: 1, cards: 1 },
      )
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.page.next ?? undefined
    } while (cursor)

    expect(seen).toHaveLength(4)
    expect([...seen].sort()).toEqual(Object.values(people).sort())
    expect(await previewSegment(ctx, asked, { people: 1, cards: 1 })).toMatchObject({ complete: false })
    expect(await previewSegment(ctx, asked)).toMatchObject({ complete: true, count: 4 })
  })

  test('is refused when those of one owner are too many', async () => {
    await expect(segmentIds(world.ctx, asked, withMost(5))).rejects.toMatchObject({ code: 'segment.not-served' })
  })
})

describe('a segment', () => {
  test('is asked for what was ordered in a time, and which products', async () => {
    expect(await found(leaf('customer.ordered.30d', 'gte', 1000))).toEqual(['large'])
    expect(await found(leaf('customer.orders.90d', 'gte', 1))).toEqual(['large', 'small'])
    expect(await found(leaf('customer.ordered.30d', 'lt', 1000))).toEqual(['never', 'small'])
    expect(await found(leaf(`customer.ordered.${day(-50)}..${day(-20)}`, 'between', [1, 60]))).toEqual(['small'])
    expect(await found(leaf('customer.bought', 'contains', product.id))).toEqual(['large'])
    expect(
      await found({ and: [{ not: leaf('customer.bought.60d', 'contains', product.id) }, leaf('customer.ordered.60d', 'gt', 0)] }),
    ).toEqual(['small'])
  })

  test('is asked for who did what with a campaign', async () => {
    expect(await found(leaf('campaign.clicked', 'contains', campaignId))).toEqual(['never'])
    expect(
      await found({ and: [leaf('campaign.sent', 'in', [campaignId]), { not: leaf('campaign.clicked', 'contains', campaignId) }] }),
    ).toEqual(['large'])
  })

  test('is asked for the region by the cards', async () => {
    expect(await found(leaf('customer.addresses.province', 'contains', '江苏'))).toEqual(['large'])
  })

  test.each([
    [leaf('customer.ordered', 'gte', 1), 422, 'segment.period'],
    [leaf('customer.ordered.2026-02-30..2026-03-01', 'gte', 1), 422, 'segment.period'],
    [leaf('customer.ordered.2026-03-01..2026-02-01', 'gte', 1), 422, 'segment.period'],
    [leaf('customer.bought.2000d', 'contains', 'pro_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'), 422, 'segment.period-too-long'],
    [leaf('customer.ordered.30d', 'contains', 1), 422, 'search.unknown-operator'],
    [leaf('customer.bought.30d', 'isNull', true), 422, 'segment.not-served'],
    [leaf('campaign.clicked', 'isNull', true), 422, 'segment.not-served'],
    [leaf('campaign.clicked', 'contains', 'cmp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'), 404, 'campaign.not-found'],
    [leaf('campaign.praised', 'contains', 'cmp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'), 422, 'search.unknown-field'],
  ])('refuses %j, saved or not', async (where, status, code) => {
    const saved = await call('/v1/segments', { body: { name: 'S', where } })
    expect([await codeOf(where), [saved.status, saved.body.code]]).toEqual([
      [status, code],
      [status, code],
    ])
  })

  test('is the sum of its parts, each person in one of them', async () => {
    const ctx = await world.tenant.as(world.tenant.admin)
    const { body: never } = await call('/v1/segments', { body: { name: 'N', includeContactIds: [people.never] } })
    const meant = { where: leaf('email', 'isNull', false) as never, includeContactIds: [people.small], excludeSegmentIds: [never.id] }

    const slices = await segmentSlices(ctx)
    const parts = await Promise.all(slices.map((slice) => segmentIds(ctx, meant, { slice })))

    expect(slices.length).toBeGreaterThan(1)
    expect(parts.flat().sort()).toEqual(await segmentIds(ctx, meant))
    expect(parts.flat().sort()).toEqual([people.large, people.small, people.pooled].sort())
  })

  test.each([
    ['people', { people: 1, cards: 1_000_000 }],
    ['cards that are judged', { people: 1_000_000, cards: 1 }],
  ])('is gathered in several messages where there are many %s', async (_, portion) => {
    const ctx = await world.tenant.as(world.tenant.admin)
    const meant = { where: leaf('email', 'isNull', false) as never, includeContactIds: [people.small] }
    const files = memoryFiles()
    let gathered: Gathered | undefined
    let ids: string[] | undefined
    for (let messages = 0; ids === undefined && messages < 50; messages++) {
      const found = await gatherAudience({ ...ctx, files }, { campaignId, meant, gathered }, portion)
      if ('ids' in found) ids = found.ids
      else gathered = found.gathered
    }

    expect(gathered!.parts.length).toBeGreaterThan(0)
    expect(ids).toEqual(await segmentIds(ctx, meant))
    await forgetParts({ ...ctx, files }, campaignId, gathered!)
    expect([...files.contents.keys()]).toEqual([])
  })
})
