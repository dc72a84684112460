import { randomUUID } from 'node:crypto'
import type { Context } from '../../domain/kernel/context.ts'
import { partitionOf } from '../../domain/kernel/ids.ts'
import { allCampaigns } from '../../domain/marketing/campaign/campaign.table.ts'
import type { Campaign } from '../../domain/marketing/campaign/campaign.ts'
import { overCap } from '../../domain/marketing/delivery/mail-cap.ts'
import { putTouch } from '../../domain/marketing/touch/touch.table.ts'
import { enter } from '../../domain/marketing/trigger/enter.ts'
import { countRows } from '../../domain/platform/export/export.table.ts'
import { sendOnce } from '../../domain/platform/mail/send-once.ts'
import { commit } from '../../domain/store/commit.ts'
import { reserveTurns } from '../../domain/store/pace.ts'
import { queryAll } from '../../domain/store/query.ts'
import { takeTurn } from '../../domain/store/turn.ts'
import { countUse } from '../../domain/store/use.ts'
import { handler as countOrder } from '../../functions/consumers/analytics/count-order-on-order-agreed.ts'
import { handler as recordPrices } from '../../functions/consumers/sales/record-prices-on-price-agreed.ts'
import { type Call, callAs, operations } from './api.ts'
import { deliver } from './deliver.ts'
import { bodyFor, createFixture, pathFor } from './fixtures.ts'
import { tries } from './share.ts'
import { newTenant, type TestTenant } from './tenant.ts'

/** Actions that leave items behind which creating records does not: of the larger shares, since most of the work is what they are done to. */
const actions = [
  '/v1/quotes/{id}/send',
  '/v1/orders/{id}/confirm',
  '/v1/shipments/{id}/dispatch',
  '/v1/receipts/{id}/allocate',
  '/v1/campaigns/{id}/launch',
  '/v1/leads/{id}/convert',
  '/v1/customers/{id}/claim',
]

/** What workers and jobs leave behind that no request does. */
async function leavings(ctx: Context): Promise<void> {
  const compose = () => ({ from: { name: 'Full House' }, to: 'reader@full.example', subject: 'Hello', html: 'Hello', text: 'Hello' })
  await sendOnce({ ...ctx, mail: async () => 'message-1' }, { key: ['test', 'full'], compose })
  const [campaign] = (await queryAll(ctx, { partition: allCampaigns })).filter((item) => item.entity === 'campaign')
  const contactId = (await queryAll(ctx, { index: 'gsi1', partition: ['CON-ALL'] }))[0]!.id as string
  const entry = { contactId, key: 'once', dueAt: ctx.now() }
  await enter({ ...ctx, enqueue: async () => undefined }, campaign as unknown as Campaign, entry)
  await overCap(ctx, { mails: 2, days: 7 }, [{ contactId, mail: 'one' }])
  await putTouch(ctx, { at: ctx.now(), campaignId: campaign!.id as string, partition: partitionOf(contactId), kind: 'clicked' }, contactId)
  await reserveTurns(ctx, { name: 'marketing-mail', perSecond: 5 }, 1, Date.now())
  await takeTurn(ctx, 'leads')
  await countUse(ctx, { name: 'test', of: ctx.actor.id, at: Date.now() })
  await commit(ctx, [countRows(ctx.actor.id, '2026-11-20', 0, 5)], [])
}

/** A tenant with something of each noun, made through the API by the examples of its document, with what jobs and consumers leave behind. */
export async function fullTenant(): Promise<TestTenant> {
  const tenant = await newTenant({ name: 'Full House Trading' })
  const plain = callAs(tenant.id, tenant.admin)
  const call: Call = (target, request = {}) =>
    plain(target, request.method === 'POST' ? { ...request, headers: { 'idempotency-key': randomUUID() } } : request)
  const nouns = operations.filter(({ method, path, status }) => method === 'POST' && status === 201 && /^\/v1\/[a-z-]+$/.test(path))
  for (const { path } of nouns) await createFixture(call, path.slice('/v1/'.length))
  await createFixture(call, 'merges')
  await createFixture(call, 'contacts', { birthday: '1980-02-29' })
  const taken = tries({ test: 0, faults: actions.length, nightly: actions.length })
  for (const route of operations.filter(({ method, path }) => method === 'POST' && actions.slice(0, taken).includes(path)))
    await call(await pathFor(call, route), { method: 'POST', body: await bodyFor(call, route) })
  const ctx = await tenant.as(tenant.admin)
  await deliver(ctx, countOrder, ['order.confirmed'])
  await deliver(ctx, recordPrices, ['quote.sent', 'order.confirmed'])
  await leavings(ctx)
  return tenant
}
