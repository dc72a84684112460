import { describe, expect, test } from 'vitest'
import { callAs } from '../../support/api.ts'
import { createFixture } from '../../support/fixtures.ts'
import { newTenant } from '../../support/tenant.ts'

interface Row {
  id: string
  type: string
  at: string
  actor: { kind: string; id: string }
  subject: { type: string; id: string }
  customerId: string | null
}

/** A firm in which a few things happened. */
async function eventful() {
  const { id, admin, user } = await newTenant()
  const rep = await user('rep')
  const [byAdmin, byRep] = [callAs(id, admin), callAs(id, rep)]
  const customer = (await byRep('/v1/customers', { body: { name: 'A' } })).body
  const other = await createFixture(byAdmin, 'customers')
  await byRep(`/v1/customers/${customer.id}`, { method: 'PATCH', body: { level: 'small' } })
  await byAdmin('/v1/contacts', { body: { customerId: customer.id, name: 'B' } })
  const list = async (query = '') => (await byAdmin(`/v1/events${query}`)).body as { data: Row[]; page: { next: string | null } }
  return { id, admin, rep, byAdmin, byRep, customer, other, list }
}

const types = ({ data }: { data: Row[] }) => data.map((event) => event.type)

test('everything that happened is there, newest first, with who did it and to what', async () => {
  const { id, admin, rep, customer, list } = await eventful()

  const all = await list('?limit=100')

  expect(types(all).sort()).toEqual(
    expect.arrayContaining([
      'contact.created',
      'customer.changed',
      'customer.created',
      'customer.created',
      'tenant.created',
      'user.created',
      'user.created',
    ]),
  )
  expect([...all.data].sort((a, b) => (a.id < b.id ? 1 : -1))).toEqual(all.data)
  expect(all.data.find((event) => event.type === 'customer.changed')).toMatchObject({
    actor: { kind: 'user', id: rep.id },
    subject: { type: 'customer', id: customer.id },
    customerId: customer.id,
    data: { changed: ['level'] },
    requestId: expect.stringMatching(/^req_/),
  })
  expect(all.data.find((event) => event.type === 'contact.created')).toMatchObject({ actor: { id: admin.id }, customerId: customer.id })
  expect(JSON.stringify(all)).not.toContain(`T#${id}`)
})

describe('filters', () => {
  test('by type, one or several', async () => {
    const { list } = await eventful()

    expect(types(await list('?filter[type]=customer.changed'))).toEqual(['customer.changed'])
    expect(types(await list('?filter[type][in]=customer.changed,contact.created')).sort()).toEqual(['contact.created', 'customer.changed'])
  })

  test('by who did it, by customer, by what it was done to', async () => {
    const { id, rep, customer, other, list } = await eventful()

    expect(types(await list(`?filter[actorId]=${rep.id}`))).toEqual(['customer.changed', 'customer.created'])
    expect(types(await list(`?filter[customerId]=${customer.id}`))).toEqual(['contact.created', 'customer.changed', 'customer.created'])
    expect(types(await list(`?filter[customerId]=${other.id}`))).not.toContain('contact.created')
    expect(types(await list(`?filter[subject.id]=${rep.id}`))).toEqual(['user.created'])
    expect(types(await list(`?filter[subject.id]=${id}`))).toEqual(['tenant.created'])
  })

  test('by the record it was done to, among all that happened to its customer, also after a merge, page by page', async () => {
    const { byAdmin, customer, other, list } = await eventful()
    const contact = (await byAdmin('/v1/contacts', { body: { customerId: customer.id, name: 'C' } })).body
    for (const title of ['a', 'b', 'c']) await byAdmin(`/v1/contacts/${contact.id}`, { method: 'PATCH', body: { title } })
    const product = await createFixture(byAdmin, 'products')
    const ofContact = `filter[subject.id]=${contact.id}`
    await byAdmin(`/v1/customers/${other.id}/merge`, { body: { duplicateId: customer.id } })

    const first = await list(`?${ofContact}&limit=3`)
    const second = await list(`?${ofContact}&limit=3&cursor=${first.page.next}`)

    expect([...types(first), ...types(second)]).toEqual([...Array(3).fill('contact.changed'), 'contact.created'])
    expect(second.page.next).toBe(null)
    expect(types(await list(`?filter[subject.id]=${customer.id}&sort=at`))).toEqual(['customer.created', 'customer.changed'])
    expect(types(await list(`?filter[subject.id]=${product.id}`))).toEqual(['product.created'])
    expect(await list('?filter[subject.id]=ord_01JD8ZQ4T5M6N7P8Q9R0S1T2V3')).toEqual({ data: [], page: { next: null } })
    expect((await byAdmin('/v1/events?filter[subject.id]=ord_x')).body.code).toBe('filter.invalid')
  })

  test('by time, together with any of them', async () => {
    const { customer, list } = await eventful()
    const all = await list(`?filter[customerId]=${customer.id}&sort=at`)
    const [first, second, third] = all.data

    for (const query of [`filter[customerId]=${customer.id}`, 'filter[type][in]=customer.created,customer.changed,contact.created']) {
      const later = (await list(`?${query}&filter[at][gte]=${third!.at}`)).data.map((event) => event.id)
      const none = (await list(`?${query}&filter[at][lt]=2020-01-01T00:00:00Z`)).data
      const span = (await list(`?${query}&filter[at][between]=${first!.at},2100-01-01T00:00:00Z`)).data.map((event) => event.id)

      expect(later).toContain(third!.id)
      expect(none).toEqual([])
      expect(span).toEqual(expect.arrayContaining([first!.id, second!.id, third!.id]))
    }
  })

  test.each([
    'filter[type]=customer.created&filter[actorId]=usr_1',
    'filter[customerId]=cus_1&filter[actorId]=usr_1',
    'filter[subject.id]=con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3&filter[type]=contact.created',
    'filter[requestId]=x',
  ])('%s is served by no index', async (query) => {
    const { id, admin } = await newTenant()

    expect(await callAs(id, admin)(`/v1/events?${query}`)).toMatchObject({ status: 400, body: { code: 'filter.unsupported' } })
  })

  test('a type there is not is told, with those there are', async () => {
    const { id, admin } = await newTenant()

    const answer = await callAs(id, admin)('/v1/events?filter[type]=customer.eaten')

    expect(answer).toMatchObject({ status: 400, body: { code: 'filter.invalid', detail: expect.stringContaining('customer.created') } })
  })
})

test('page by page each event comes once, in the same order', async () => {
  const { list } = await eventful()
  const all = await list('?limit=100')

  const seen: string[] = []
  let next: string | null = null
  do {
    const page = await list(`?limit=2${next ? `&cursor=${next}` : ''}`)
    seen.push(...page.data.map((event) => event.id))
    next = page.page.next
  } while (next)

  expect(seen).toEqual(all.data.map((event) => event.id))
})

test('the audit trail is the admin’s, and each firm has its own', async () => {
  const { byRep, customer } = await eventful()
  const other = await newTenant()
  const foreign = callAs(other.id, other.admin)

  expect((await byRep('/v1/events')).status).toBe(403)
  expect((await foreign(`/v1/events?filter[customerId]=${customer.id}`)).body.data).toEqual([])
  expect(
    (await foreign('/v1/events')).body.data.every((event: Row) => event.type.startsWith('tenant.') || event.type.startsWith('user.')),
  ).toBe(true)
})

test('what was deleted leaves its events', async () => {
  const { byRep, byAdmin, customer, list } = await eventful()
  expect((await byRep(`/v1/customers/${customer.id}`, { method: 'DELETE' })).status).toBe(403)

  await byAdmin(`/v1/customers/${customer.id}`, { method: 'DELETE' })

  expect(types(await list(`?filter[customerId]=${customer.id}`))).toEqual([
    'customer.deleted',
    'contact.created',
    'customer.changed',
    'customer.created',
  ])
})
