import { beforeAll, describe, expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import type { Problem } from '../../../domain/kernel/errors.ts'
import { captureLead } from '../../../domain/marketing/lead/capture-lead.ts'
import { convertLead } from '../../../domain/marketing/lead/convert-lead.ts'
import { campaignTally, openLeadsOf } from '../../../domain/marketing/lead/lead.table.ts'
import { deleteContact } from '../../../domain/parties/contact/change-contact.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { readCount } from '../../../domain/store/count.ts'
import { readTally } from '../../../domain/store/tally.ts'
import { handler as eraseLead } from '../../../functions/consumers/marketing/erase-lead-on-contact-deleted.ts'
import { handler as removeRecords } from '../../../functions/consumers/parties/remove-records-on-customer-deleted.ts'
import { handler as mergeCustomers } from '../../../functions/queues/parties/merge-customers.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { firmName } from '../../support/firm-names.ts'
import { meanwhile } from '../../support/meanwhile.ts'
import { seed, tries } from '../../support/share.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let rep: User
let call: ReturnType<typeof callAs>
let admin: ReturnType<typeof callAs>
let count = seed * 1000

const someLead = (more: Record<string, unknown> = {}) => {
  count += 1
  return { name: `Li ${count}`, company: firmName(), email: `li-${count}@minghui.example`, ...more }
}
const add = async (more: Record<string, unknown> = {}) => (await call('/v1/leads', { body: someLead(more) })).body
const convert = (id: string, body: object = {}) => call(`/v1/leads/${id}/convert`, { body })

beforeAll(async () => {
  tenant = await newTenant({ locale: 'en' })
  rep = await tenant.user('rep')
  call = callAs(tenant.id, rep)
  admin = callAs(tenant.id, tenant.admin)
})

describe('converting a lead', () => {
  test('makes a customer and its contact of it, with source, consent and campaign, on both timelines', async () => {
    const { body: campaign } = await admin('/v1/campaigns', { body: { name: 'Fair' } })
    const consent = { at: '2026-11-01T00:00:00.000Z', source: 'fair', textVersion: 'v2' }
    const lead = await add({ phone: '0512 8888 1234', city: 'Suzhou', source: 'fair', campaignId: campaign.id, consent })

    const { status, body } = await convert(lead.id, { customer: { level: 'ordinary' }, nextContactOn: '2199-01-01' })

    expect([status, body.status, body.converted.outcome]).toEqual([200, 'converted', 'created'])
    const { body: customer } = await call(`/v1/customers/${body.converted.customerId}`)
    const { body: contact } = await call(`/v1/contacts/${body.converted.contactId}`)
    expect(customer).toMatchObject({ name: lead.company, source: 'fair', level: 'ordinary', ownerId: rep.id, nextContactOn: '2199-01-01' })
    expect(contact).toMatchObject({ name: lead.name, email: lead.email, phones: [lead.phone], primary: true, marketing: { consent } })
    const timeline = await call(`/v1/customers/${customer.id}/timeline`)
    expect(timeline.body.data.map(({ type }: { type: string }) => type)).toContain('customer.lead-converted')
    expect(await readTally(await tenant.as(rep), campaignTally(campaign.id))).toMatchObject({ leads: 1, qualified: 1, converted: 1 })
    expect((await admin(`/v1/leads?filter[campaignId]=${campaign.id}`)).body.data).toHaveLength(1)
    const again = await convert(lead.id)
    expect([again.status, again.body.code, again.body.customerId]).toEqual([409, 'lead.converted', customer.id])
  })

  test('meets the duplicate check: the customer that is there is linked, or overridden with a reason', async () => {
    const { body: there } = await call('/v1/customers', { body: { name: firmName() } })
    const [linked, overridden] = [await add({ company: there.name }), await add({ company: there.name })]

    const refused = await convert(linked.id)
    const link = await convert(linked.id, { customerId: there.id })
    const again = await convert(overridden.id)
    const past = await convert(overridden.id, { duplicateOverride: { token: again.body.override.token, reason: 'A branch' } })

    expect([refused.status, refused.body.code]).toEqual([409, 'customer.duplicate'])
    expect(refused.body.candidates[0].customerId).toBe(there.id)
    expect(link.body.converted).toMatchObject({ customerId: there.id, outcome: 'linked' })
    expect([past.status, past.body.converted.outcome]).toEqual([200, 'created'])
    expect(past.body.converted.customerId).not.toBe(there.id)
  })

  test('does not lead to a contact that is deleted at the same moment: nothing would erase the lead with it any more', async () => {
    const { body: there } = await call('/v1/customers', { body: { name: firmName() } })
    const lead = await add()
    const { body: known } = await call('/v1/contacts', { body: { customerId: there.id, name: lead.name, email: lead.email } })
    const ctx = await tenant.as(tenant.admin)
    const inFlight = meanwhile(
      ctx,
      (command, input) => command === 'TransactWriteCommand' && input.includes(lead.id),
      () => deleteContact(ctx, { id: known.id }),
    )

    const { converted } = await retryStale(() => convertLead(inFlight, { id: lead.id, customerId: there.id }))

    expect(converted!.contactId).not.toBe(known.id)
    expect((await call(`/v1/contacts/${converted!.contactId}`)).body).toMatchObject({ email: lead.email })
  })

  test('keeps the contact that is there with the same address', async () => {
    const { body: there } = await call('/v1/customers', { body: { name: firmName() } })
    const lead = await add()
    const { body: contact } = await call('/v1/contacts', { body: { customerId: there.id, name: 'Li', email: lead.email } })

    expect((await convert(lead.id, { customerId: there.id })).body.converted.contactId).toBe(contact.id)
  })

  test('is refused for a customer out of sight, for two targets, and to who may not make customers', async () => {
    const foreign = (await admin('/v1/customers', { body: { name: firmName() } })).body
    const lead = await add()
    const marketer = callAs(tenant.id, await tenant.user('marketer'))

    const answers = [
      await convert(lead.id, { customerId: foreign.id }),
      await convert(lead.id, { customerId: foreign.id, customer: { name: 'X' } }),
      await marketer(`/v1/leads/${lead.id}/convert`, { body: {} }),
    ]

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [404, 'customer.not-found'],
      [422, 'lead.two-targets'],
      [403, 'permission.missing'],
    ])
    expect((await call(`/v1/leads/${lead.id}`)).body.status).toBe('new')
  })

  test('follows its customer through a merge', async () => {
    const [a, b] = [await add(), await add()]
    const [kept, gone] = [(await convert(a.id)).body.converted.customerId, (await convert(b.id)).body.converted.customerId]

    const { body: merge } = await admin(`/v1/customers/${kept}/merge`, { body: { duplicateId: gone } })
    await mergeCustomers({ Records: [{ messageId: '1', body: JSON.stringify({ tenantId: tenant.id, mergeId: merge.id }) }] } as never)

    expect((await call(`/v1/leads/${b.id}`)).body.converted.customerId).toBe(kept)
  })
})

test('a contact that is deleted takes the lead along that it was', async () => {
  const [gone, kept] = [await add(), await add()]
  const { customerId, contactId } = (await convert(gone.id)).body.converted
  await convert(kept.id, { customerId })
  await call(`/v1/contacts/${contactId}`, { method: 'DELETE' })

  await deliver(await tenant.as(tenant.admin), eraseLead, ['contact.deleted'])

  expect([(await call(`/v1/leads/${gone.id}`)).status, (await call(`/v1/leads/${kept.id}`)).status]).toEqual([404, 200])
})

test('a customer that is deleted takes its leads along', async () => {
  const lead = await add()
  const { customerId } = (await convert(lead.id)).body.converted
  expect((await admin(`/v1/customers/${customerId}`, { method: 'DELETE' })).status).toBe(204)

  await deliver(await tenant.as(tenant.admin), removeRecords, ['customer.deleted'])

  expect((await admin(`/v1/leads/${lead.id}`)).status).toBe(404)
})

describe('at the same moment', () => {
  const rounds = tries({ test: 3, faults: 100, nightly: 1000 })

  test(`two converts of one lead make one customer (${rounds} times)`, async () => {
    for (let i = 0; i < rounds; i++) {
      const lead = await add()

      const answers = await Promise.all([convert(lead.id), convert(lead.id), convert(lead.id)])
      const done = answers.filter(({ status }) => status === 200)
      const others = answers.filter(({ status }) => status !== 200)

      expect(done, JSON.stringify(answers.map(({ body }) => body.code))).toHaveLength(1)
      for (const { status, body } of others) expect([status, body.customerId]).toEqual([409, done[0]!.body.converted.customerId])
    }
  })

  test('who looks for duplicates when another one has converted the lead is told that, and what it became', async () => {
    const lead = await add()
    const ctx = await tenant.as(tenant.admin)
    const inFlight = meanwhile(
      ctx,
      (_, input) => input.includes('#DUP#'),
      () => convertLead(ctx, { id: lead.id }),
    )

    const refused = await retryStale(() => convertLead(inFlight, { id: lead.id })).catch((error: Problem) => error)

    expect(refused).toMatchObject({ code: 'lead.converted' })
  })

  test(`captures of one address make one lead, and count each of them (${rounds} times)`, async () => {
    const ctx = await tenant.as(rep)
    for (let i = 0; i < rounds; i++) {
      const body = someLead()

      const leads = await Promise.all([1, 2, 3, 4].map(() => retryStale(() => captureLead(ctx, body as never))))

      expect(new Set(leads.map(({ id }) => id)).size).toBe(1)
      expect((await call(`/v1/leads/${leads[0]!.id}`)).body.captureCount).toBe(4)
    }
  })

  test.each([
    ['round-robin', [0, 0, 0], [1, 1, 1]],
    ['least-open', [2, 1, 0], [2, 2, 2]],
  ])('captures are shared out evenly (%s)', async (by, before, after) => {
    const each = tries({ test: 2, faults: 20, nightly: 50 })
    const memberIds = (await Promise.all([1, 2, 3].map(() => tenant.user('rep')))).map(({ id }) => id)
    const assignment = { by, memberIds, regions: [{ name: by, places: [by], memberIds }] }
    await admin('/v1/lead-rules', { method: 'PATCH', body: { assignment } })
    const ctx = await tenant.as(tenant.admin)
    const given = memberIds.flatMap((ownerId, i) => Array.from({ length: before[i]! * each }, () => ({ ownerId })))
    const coming = Array.from({ length: (after.length * after[0]! - before[0]! - before[1]!) * each }, () => ({ city: by }))
    const capture = (more: object) => retryStale(() => captureLead(ctx, someLead({ ...more }) as never), 100)

    await Promise.all(given.map(capture))
    await Promise.all(coming.map(capture))

    expect(await Promise.all(memberIds.map((id) => readCount(ctx, openLeadsOf(id))))).toEqual(after.map((share) => share * each))
  })

  test('a convert and a change of the address leave nothing half done', async () => {
    const lead = await add()
    const ctx = await tenant.as(rep)
    await Promise.allSettled([
      retryStale(() => convertLead(ctx, { id: lead.id })),
      call(`/v1/leads/${lead.id}`, { method: 'PATCH', body: { email: `new-${lead.email}` } }),
    ])
    const { body } = await call(`/v1/leads/${lead.id}`)

    expect(body.status).toBe('converted')
    expect((await call(`/v1/contacts/${body.converted.contactId}`)).status).toBe(200)
  })
})
