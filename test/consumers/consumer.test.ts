import type { SQSEvent, SQSRecord } from 'aws-lambda'
import { expect, test, vi } from 'vitest'
import { contactsOf } from '../../domain/parties/contact/contact.table.ts'
import { queryAll } from '../../domain/store/query.ts'
import { CustomerOwnerChanged } from '../../events/parties.ts'
import { batchHandler } from '../../functions/batch.ts'
import { consumer } from '../../functions/consumer.ts'
import { handler } from '../../functions/consumers/parties/rekey-records-on-customer-owner-changed.ts'
import { customerOf, partiesAs } from '../support/parties.ts'
import { newTenant } from '../support/tenant.ts'

const delivered = (tenantId: string, customerId: string, data: object, more: object = {}) => ({
  version: '0',
  source: 'guanxi',
  'detail-type': 'customer.owner-changed.v1',
  detail: {
    id: 'evt_1',
    name: 'customer.owner-changed',
    version: 1,
    tenantId,
    at: new Date().toISOString(),
    actor: { kind: 'user', id: 'usr_1' },
    subject: { type: 'customer', id: customerId },
    customerId,
    data: { ...(CustomerOwnerChanged.definition.sample as object), ...data },
    requestId: 'req_1',
  },
  ...more,
})

const batch = (bodies: unknown[]): SQSEvent => ({
  Records: bodies.map((body, i) => ({ messageId: `m${i}`, body: typeof body === 'string' ? body : JSON.stringify(body) }) as SQSRecord),
})

test('a consumer does the effect of good events and hands back only the bad ones', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const tenant = await newTenant()
  const rep = await tenant.user('rep')
  const call = partiesAs(tenant, tenant.admin)
  const { id } = await customerOf(tenant, tenant.admin)
  await call('/v1/contacts', { body: { customerId: id, name: 'A' } })
  await call(`/v1/customers/${id}`, { method: 'PATCH', body: { ownerId: rep.id } })
  const data = { from: tenant.admin.id, to: rep.id }

  const answer = await handler(
    batch([
      'not json',
      delivered(tenant.id, id, { from: 1, to: rep.id }),
      delivered(tenant.id, id, { ...data, extra: true }),
      delivered(tenant.id, id, data, { 'detail-type': 'customer.deleted.v1' }),
      delivered(tenant.id, id, data, { source: 'somebody' }),
      delivered('no-such-tenant', id, data),
      {},
      delivered(tenant.id, id, data),
      delivered(tenant.id, id, data),
    ]),
  )
  const contacts = await queryAll(await tenant.as(tenant.admin), contactsOf(id), { consistent: true })
  vi.restoreAllMocks()

  expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6'])
  expect(contacts.map((item) => item.ownerId)).toEqual([rep.id])
})

test('a consumer acts as the system of the tenant of the event', async () => {
  const tenant = await newTenant({ timeZone: 'Europe/Berlin' })
  const seen: unknown[] = []
  const handle = consumer(CustomerOwnerChanged, async (ctx, event) => {
    seen.push(ctx.tenant.id, ctx.tenant.timeZone, ctx.actor.kind, ctx.requestId, event.data.to)
  })

  const answer = await handle(batch([delivered(tenant.id, 'cus_1', { from: null, to: 'usr_2' })]))

  expect(answer.batchItemFailures).toEqual([])
  expect(seen).toEqual([tenant.id, 'Europe/Berlin', 'system', 'req_1', 'usr_2'])
})

test('a message that hangs is handed back alone, before the function would be stopped with its whole batch', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const done: unknown[] = []
  const handle = batchHandler(async (body) => {
    if (body === 'hangs') await new Promise(() => {})
    done.push(body)
  })
  const started = Date.now()
  const deadline = started + 2400

  const answer = await handle(batch(['1', '"hangs"', '2', '3']), {
    getRemainingTimeInMillis: () => deadline - Date.now(),
  })
  vi.restoreAllMocks()

  expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm1' }])
  expect(done).toEqual([1, 2, 3])
  expect(Date.now()).toBeLessThan(deadline)
})

test('messages are done one after the other while each keeps to its time', async () => {
  let atWork = 0
  let most = 0
  const handle = batchHandler(async () => {
    most = Math.max(most, ++atWork)
    await new Promise((resolve) => setTimeout(resolve, 5))
    atWork -= 1
  })

  const answer = await handle(batch(['1', '2', '3']), { getRemainingTimeInMillis: () => 60_000 })

  expect(answer.batchItemFailures).toEqual([])
  expect(most).toBe(1)
})
