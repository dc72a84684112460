import { beforeAll, describe, expect, test } from 'vitest'
import { type attributions, creditedTo, roiOf } from '../../../domain/analytics/campaign-report/attribute.ts'
import { partitionOf } from '../../../domain/kernel/ids.ts'
import { putTouch } from '../../../domain/marketing/touch/touch.table.ts'
import { handler as countOrder } from '../../../functions/consumers/analytics/count-order-on-order-agreed.ts'
import { handler as noteLead } from '../../../functions/consumers/marketing/note-touch-on-campaign-response.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { firmName } from '../../support/firm-names.ts'
import { day } from '../../support/parties.ts'
import { confirmedOrder, lineOf, productOf } from '../../support/sales.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let call: ReturnType<typeof callAs>
let ids: Record<'spring' | 'autumn', string>

const ask = async (query = '') => (await call(`/v1/reports/campaigns?from=${day(-60)}&to=${day()}${query}`)).body
// biome-ignore lint/suspicious/noExplicitAny: reports are read row by row
const profits = ({ rows }: any) => Object.fromEntries(rows.map((row: any) => [row.label, [row.orders, row.grossProfit.amount]]))
const noon = (offset: number) => `${day(offset)}T04:00:00.000Z`

beforeAll(async () => {
  tenant = await newTenant({ locale: 'en' })
  const marketer = await tenant.user('marketer')
  call = callAs(tenant.id, marketer)
  const ctx = await tenant.as(tenant.admin)
  const admin = callAs(tenant.id, tenant.admin)
  const make = async (name: string, amount: string) =>
    (await call('/v1/campaigns', { body: { name, costs: [{ on: day(-50), what: 'Print', amount: { amount, currency: 'CNY' } }] } })).body.id
  ids = { spring: await make('Spring', '20.00'), autumn: await make('Autumn', '0.00') }
  const firm = async () => (await admin('/v1/customers', { body: { name: firmName() } })).body.id as string
  const [both, early, none] = [await firm(), await firm(), await firm()]
  const touch = (campaignId: string, customerId: string, offset: number) =>
    putTouch(ctx, { at: noon(offset), campaignId, partition: partitionOf(customerId), kind: 'clicked' }, customerId)
  await Promise.all([touch(ids.spring, both, -20), touch(ids.autumn, both, -10), touch(ids.spring, early, -45)])
  const product = await productOf(tenant, { name: 'Connector', cost: '4' })
  const order = (customerId: string, lines: object[]) =>
    confirmedOrder(tenant, tenant.admin, customerId, { orderedOn: day(-5), pricesIncludeTax: false, lines })
  // 10 × (10 − 4) = 60.00 of margin each; the typed line has no cost that is known.
  await order(both, [lineOf('10', '10', { productId: product.id }), lineOf('1', '7')])
  await order(early, [lineOf('10', '10', { productId: product.id })])
  await order(none, [lineOf('10', '10', { productId: product.id })])
  const { body: lead } = await admin('/v1/leads', { body: { name: 'Wang', company: firmName(), phone: '123456', campaignId: ids.autumn } })
  await admin(`/v1/leads/${lead.id}/convert`, { body: {} })
  await deliver(ctx, countOrder, ['order.confirmed'])
  await deliver(ctx, noteLead, ['lead.converted'])
})

describe('the effect of campaigns', () => {
  test('credits each order to the campaign that reached its customer last in 30 days, with costs, leads and ROI', async () => {
    const report = await ask()

    expect(profits(report)).toEqual({ Autumn: [1, '60.00'], Spring: [0, '0.00'] })
    expect(report.rows[0]).toMatchObject({
      key: ids.autumn,
      ...{ leads: 1, qualified: 1, converted: 1, customers: 1, roi: null },
      ...{ revenue: { amount: '107.00' }, costUnknown: { amount: '7.00' }, cost: { amount: '0.00' } },
      funnel: { audience: 0, sent: 0, clicked: 0 },
    })
    expect(report.rows[1].roi).toBe(-1)
    expect(report.total).toMatchObject({ orders: 1, grossProfit: { amount: '60.00' }, cost: { amount: '20.00' }, roi: 2 })
  })

  test('goes by other models and other days when asked', async () => {
    const [first, linear, long, one] = await Promise.all([
      ask('&attribution=first-touch'),
      ask('&attribution=linear'),
      ask('&days=60'),
      ask(`&campaignIds=${ids.spring}`),
    ])

    expect(profits(first)).toEqual({ Spring: [1, '60.00'], Autumn: [0, '0.00'] })
    expect(profits(linear)).toEqual({ Spring: [1, '30.00'], Autumn: [1, '30.00'] })
    expect(profits(long)).toEqual({ Spring: [1, '60.00'], Autumn: [1, '60.00'] })
    expect(profits(one)).toEqual({ Spring: [0, '0.00'] })
  })

  test('comes as a sheet and as a picture', async () => {
    const [sheet, funnel] = await Promise.all([
      call(`/v1/reports/campaigns?format=xlsx`),
      call(`/v1/reports/campaigns?format=svg&campaignIds=${ids.autumn}`),
    ])

    expect(sheet.headers['content-type']).toMatch(/spreadsheetml/)
    expect(funnel.body).toContain('Funnel of the campaign')
  })

  test.each([
    ['days=0', 400, 'query.invalid'],
    ['days=366', 400, 'query.invalid'],
    ['attribution=best', 400, 'query.invalid'],
    ['campaignIds=cmp_1', 400, 'query.invalid'],
    ['campaignIds=cmp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', 404, 'campaign.not-found'],
    ['from=2026-02-01&to=2026-01-01', 400, 'range.reversed'],
  ])('refuses %s', async (query, status, code) => {
    const answer = await call(`/v1/reports/campaigns?${query}`)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  test('is not for who does not see campaigns', async () => {
    expect((await callAs(tenant.id, await tenant.user('rep'))('/v1/reports/campaigns')).status).toBe(403)
  })
})

test('a touch counts from its day to the last of the days, the edges too', () => {
  const touches = [
    { on: '2026-01-01', at: '2026-01-01T01:00:00.000Z', campaignId: 'a' },
    { on: '2026-01-01', at: '2026-01-01T02:00:00.000Z', campaignId: 'b' },
  ]
  const of = (on: string, model: (typeof attributions)[number]) => creditedTo(touches, on, { model, days: 30 })

  expect([of('2026-01-31', 'last-touch'), of('2026-02-01', 'last-touch'), of('2025-12-31', 'linear')]).toEqual([['b'], [], []])
  expect([of('2026-01-01', 'first-touch'), of('2026-01-01', 'linear')]).toEqual([['a'], ['a', 'b']])
  expect([roiOf(300, 100), roiOf(50, 100), roiOf(5, 0)]).toEqual([2, -0.5, null])
})
