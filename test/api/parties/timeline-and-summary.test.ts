import { expect, test } from 'vitest'
import { handler } from '../../../functions/http/parties/index.ts'
import { httpEvent } from '../../support/call.ts'
import { ago, customerOf, day, partiesAs } from '../../support/parties.ts'
import { newTenant } from '../../support/tenant.ts'

test('the timeline tells what happened, newest first, with names and the logged activities', async () => {
  const tenant = await newTenant()
  const rep = await tenant.user('rep', { name: '李雷' })
  const call = partiesAs(tenant, rep)
  const customer = await customerOf(tenant, rep, { nextContactOn: day() })
  const logged = (await call('/v1/activities', { body: { customerId: customer.id, kind: 'visit', at: ago(3), summary: '拜访' } })).body
  await call(`/v1/customers/${customer.id}`, { method: 'PATCH', body: { level: 'small' } })

  const all = (await call(`/v1/customers/${customer.id}/timeline`)).body.data
  const first = await call(`/v1/customers/${customer.id}/timeline?limit=2`)
  const rest = await call(`/v1/customers/${customer.id}/timeline?cursor=${first.body.page.next}`)
  const oldest = (await call(`/v1/customers/${customer.id}/timeline?sort=at`)).body.data

  expect(all.map((row: { type: string }) => row.type)).toEqual([
    'customer.changed',
    'follow-up.closed',
    'activity.logged',
    'follow-up.planned',
    'customer.created',
  ])
  expect(all[0]).toMatchObject({ actor: { kind: 'user', id: rep.id, name: '李雷' }, data: { changed: ['level'] }, activity: null })
  expect(all[2]).toMatchObject({ subject: { type: 'activity', id: logged.id }, activity: { id: logged.id, summary: '拜访' } })
  expect([...first.body.data, ...rest.body.data]).toEqual(all)
  expect(oldest).toEqual([...all].reverse())
  expect((await partiesAs(tenant, await tenant.user('rep'))(`/v1/customers/${customer.id}/timeline`)).status).toBe(404)
})

test('the summary has the customer, its people, the latest ten activities and what is open', async () => {
  const tenant = await newTenant()
  const rep = await tenant.user('rep', { name: '李雷' })
  const call = partiesAs(tenant, rep)
  const customer = await customerOf(tenant, rep, { nextContactOn: day(2) })
  for (const name of ['a', 'b', 'c']) await call('/v1/contacts', { body: { customerId: customer.id, name, primary: name === 'a' } })
  for (let i = 0; i < 12; i++)
    await call('/v1/activities', { body: { customerId: customer.id, kind: 'call', at: ago(60 * 24 * 30 - i), summary: `n ${i}` } })

  const { body } = await call(`/v1/customers/${customer.id}/summary`)
  const single = (await call(`/v1/customers/${customer.id}`)).body

  expect(body.customer).toEqual(single)
  expect(body.owner).toEqual({ id: rep.id, name: '李雷' })
  expect(body.contacts.map((contact: { name: string }) => contact.name)).toEqual(['a', 'c', 'b'])
  expect(body.recentActivities.map((activity: { summary: string }) => activity.summary)).toEqual(
    Array.from({ length: 10 }, (_, i) => `n ${11 - i}`),
  )
  expect(body.openFollowUps).toMatchObject([{ dueOn: day(2), ownerId: rep.id, ownerName: '李雷' }])
  expect(body.more).toEqual({ contacts: false, activities: true })
})

test('a customer with very many contacts still shows its primary one and its activities', async () => {
  const tenant = await newTenant()
  const call = partiesAs(tenant, tenant.admin)
  const customer = await customerOf(tenant, tenant.admin)
  await call('/v1/contacts', { body: { customerId: customer.id, name: 'first', primary: true } })
  for (let i = 0; i < 52; i++) await call('/v1/contacts', { body: { customerId: customer.id, name: `c ${i}` } })
  await call('/v1/activities', { body: { customerId: customer.id, kind: 'call', at: ago(1), summary: 'x' } })

  const { body } = await call(`/v1/customers/${customer.id}/summary`)

  expect(body.contacts).toHaveLength(50)
  expect(body.contacts[0].name).toBe('first')
  expect(body.recentActivities).toHaveLength(1)
  expect(body.more).toEqual({ contacts: true, activities: false })
})

test('an API key sees in a summary only what its scopes reach', async () => {
  const tenant = await newTenant()
  const customer = await customerOf(tenant, tenant.admin, { nextContactOn: day(2) })
  const event = httpEvent(tenant.id, tenant.admin, `/v1/customers/${customer.id}/summary`)
  const { id, roles } = tenant.admin
  const caller = { tenantId: tenant.id, kind: 'key', id: 'key_1', userId: id, roles, scopes: ['customers.read'] }
  event.requestContext.authorizer = { lambda: { recognised: JSON.stringify({ outcome: 'ok', caller }) } }

  const answer = await (handler as unknown as (event: unknown, context: object) => Promise<{ body: string }>)(event, {})

  expect(JSON.parse(answer.body)).toMatchObject({
    customer: { id: customer.id },
    contacts: null,
    recentActivities: null,
    openFollowUps: null,
  })
})

test('ids that are none, of others or tampered with are 404 everywhere', async () => {
  const tenant = await newTenant()
  const call = partiesAs(tenant, tenant.admin)
  const customer = await customerOf(tenant, tenant.admin, { nextContactOn: day(1) })
  const [plan] = (await call(`/v1/follow-ups?filter[customerId][eq]=${customer.id}`)).body.data
  const swapped = plan.id.replace('fup_', 'con_')
  const ids = [
    'x',
    '%23',
    'cus_',
    customer.id.toLowerCase(),
    `${customer.id}0`,
    `${customer.id.slice(0, -1)}!`,
    'CUS#1',
    '..%2f..',
    swapped,
  ]

  for (const id of ids)
    for (const path of [
      `/v1/customers/${id}/summary`,
      `/v1/customers/${id}/timeline`,
      `/v1/customers/${id}/contacts`,
      `/v1/customers/${id}/activities`,
      `/v1/customers/${id}/follow-ups`,
      `/v1/contacts/${id}`,
      `/v1/activities/${id}`,
      `/v1/follow-ups/${id}`,
    ])
      expect([path, (await call(path)).status]).toEqual([path, 404])
})
