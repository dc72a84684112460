import { expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import { ago, customerOf, day, partiesAs } from '../../support/parties.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

/** A customer with one of each thing, made by its owner. */
async function fullCustomer(tenant: TestTenant, owner: User, more: Record<string, unknown> = {}) {
  const call = partiesAs(tenant, owner)
  const customer = await customerOf(tenant, owner, more)
  const create = async (noun: string, body: object) => (await call(`/v1/${noun}`, { body: { customerId: customer.id, ...body } })).body.id
  return {
    customer: customer.id,
    contact: await create('contacts', { name: 'A' }),
    activity: await create('activities', { kind: 'call', at: ago(2), summary: 'x' }),
    followUp: await create('follow-ups', { dueOn: day(1), subject: 's' }),
  }
}

/** The status of every reading and every changing request of those things. */
async function statuses(tenant: TestTenant, who: User, things: Awaited<ReturnType<typeof fullCustomer>>) {
  const call = partiesAs(tenant, who)
  const { customer: customerId, contact, activity, followUp } = things
  const reads = [
    `/v1/customers/${customerId}`,
    `/v1/customers/${customerId}/summary`,
    `/v1/customers/${customerId}/timeline`,
    `/v1/customers/${customerId}/contacts`,
    `/v1/customers/${customerId}/activities`,
    `/v1/customers/${customerId}/follow-ups`,
    `/v1/follow-ups?filter[customerId][eq]=${customerId}&filter[status][eq]=open`,
    `/v1/contacts/${contact}`,
    `/v1/activities/${activity}`,
    `/v1/follow-ups/${followUp}`,
  ]
  const writes: [string, string, object | undefined][] = [
    ['PATCH', `/v1/customers/${customerId}`, { level: 'small' }],
    ['POST', '/v1/contacts', { customerId, name: 'B' }],
    ['PATCH', `/v1/contacts/${contact}`, { title: who.id }],
    ['POST', '/v1/activities', { customerId, kind: 'call', at: ago(1), summary: 'y' }],
    ['PATCH', `/v1/activities/${activity}`, { outcome: who.id }],
    ['POST', '/v1/follow-ups', { customerId, dueOn: day(2), subject: 't' }],
    ['PATCH', `/v1/follow-ups/${followUp}`, { subject: who.id }],
    ['POST', `/v1/follow-ups/${followUp}/postpone`, { days: 1 }],
  ]
  const read = new Set<number>()
  for (const path of reads) read.add((await call(path)).status)
  const written = new Set<number>()
  for (const [method, path, body] of writes) written.add((await call(path, { method, body })).status)
  return { read: [...read], written: [...written] }
}

test('owner, manager above and all-scope roles read and write; others see nothing', async () => {
  const tenant = await newTenant()
  const director = await tenant.user('manager')
  const manager = await tenant.user('manager', { managerId: director.id })
  const owner = await tenant.user('rep', { managerId: manager.id })
  const things = await fullCustomer(tenant, owner)

  for (const who of [owner, manager, director, await tenant.user('assistant'), tenant.admin])
    expect(await statuses(tenant, who, things)).toEqual({ read: [200], written: [200, 201] })
  for (const who of [await tenant.user('rep'), await tenant.user('manager'), await tenant.user('rep', { managerId: owner.id })])
    expect(await statuses(tenant, who, things)).toEqual({ read: [404], written: [404] })
  expect((await statuses(tenant, await tenant.user('viewer'), things)).written).toEqual([403])
  expect(await statuses(tenant, await tenant.user('purchasing'), things)).toEqual({ read: [403], written: [403] })
})

test('a team member writes or only reads, as long as it is one', async () => {
  const tenant = await newTenant()
  const owner = await tenant.user('rep')
  const [writer, reader, former] = [await tenant.user('rep'), await tenant.user('rep'), await tenant.user('rep')]
  const teamMembers = [
    { userId: writer.id, access: 'write', until: day() },
    { userId: reader.id, access: 'read' },
    { userId: former.id, access: 'write', until: day(-1) },
  ]
  const things = await fullCustomer(tenant, owner, { teamMembers })

  expect(await statuses(tenant, writer, things)).toEqual({ read: [200], written: [200, 201] })
  expect(await statuses(tenant, reader, things)).toEqual({ read: [200], written: [403] })
  expect(await statuses(tenant, former, things)).toEqual({ read: [404], written: [404] })
})

test('another tenant reaches nothing, by path, body or filter', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const things = await fullCustomer(tenant, tenant.admin)

  expect(await statuses(other, other.admin, things)).toEqual({ read: [404], written: [404] })
})

test('lists leave out what belongs to customers out of sight', async () => {
  const tenant = await newTenant()
  const [rep, other] = [await tenant.user('rep'), await tenant.user('rep')]
  const { customer, followUp } = await fullCustomer(tenant, rep)
  const counts = async (who: User) =>
    Promise.all(
      ['/v1/contacts', '/v1/activities', '/v1/follow-ups', '/v1/agenda'].map(
        async (path) => (await partiesAs(tenant, who)(path)).body.data.length,
      ),
    )

  const before = await counts(rep)
  await partiesAs(tenant, tenant.admin)(`/v1/customers/${customer}`, { method: 'PATCH', body: { ownerId: other.id } })

  expect(before).toEqual([1, 1, 1, 1])
  expect(await counts(rep)).toEqual([0, 0, 0, 0])
  expect((await partiesAs(tenant, rep)(`/v1/follow-ups/${followUp}`)).status).toBe(404)
})

test('the public pool is a list of its own, the same for those who see all and for those who see their own', async () => {
  const tenant = await newTenant()
  const rep = await tenant.user('rep')
  const pool = await customerOf(tenant, tenant.admin, { ownerId: null })
  await customerOf(tenant, rep)
  const list = async (who: User, query: string) => (await partiesAs(tenant, who)(`/v1/customers?filter[ownerId]${query}`)).body

  expect((await list(tenant.admin, '[isNull]=true')).data).toMatchObject([{ id: pool.id, ownerId: null }])
  expect((await list(rep, '[isNull]=true')).data).toMatchObject([{ id: pool.id, ownerId: null }])
  expect((await list(rep, '[isNull]=false')).code).toBe('filter.invalid')
})
