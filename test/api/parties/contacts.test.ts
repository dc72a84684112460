import { expect, test } from 'vitest'
import { customerOf, partiesAs } from '../../support/parties.ts'
import { newTenant } from '../../support/tenant.ts'

test('a contact is created, read, listed under its customer, changed and deleted', async () => {
  const tenant = await newTenant()
  const call = partiesAs(tenant, tenant.admin)
  const customer = await customerOf(tenant, tenant.admin)
  const body = {
    customerId: customer.id,
    name: '王小姐',
    phones: ['138 1790 2211'],
    birthday: '1988-02-29',
    qq: '12345678',
    locale: 'zh-CN',
  }

  const created = await call('/v1/contacts', { body })
  const read = await call(created.headers.location!)
  const listed = await call(`/v1/customers/${customer.id}/contacts`)
  const changed = await call(created.headers.location!, {
    method: 'PATCH',
    body: { title: '总监', qq: null, marketing: { optedOut: true } },
  })
  const moved = await call(created.headers.location!, { method: 'PATCH', body: { customerId: customer.id } })
  const removed = await call(created.headers.location!, { method: 'DELETE' })

  expect(created).toMatchObject({ status: 201, body: { ...body, primary: false, title: null, version: 1 } })
  expect(created.body).not.toHaveProperty('ownerId')
  expect(read.body).toEqual(created.body)
  expect(listed.body.data).toEqual([created.body])
  expect(changed).toMatchObject({ status: 200, body: { title: '总监', qq: null, marketing: { optedOut: true }, version: 2 } })
  expect(moved).toMatchObject({ status: 422, body: { errors: [{ pointer: '/customerId', code: 'unknown-property' }] } })
  expect(removed.status).toBe(204)
  expect((await call(created.headers.location!)).status).toBe(404)
})

test('a customer has at most one primary contact, whoever makes one at the same time', async () => {
  const tenant = await newTenant()
  const call = partiesAs(tenant, tenant.admin)
  const customer = await customerOf(tenant, tenant.admin)
  const primaries = async () =>
    (await call(`/v1/customers/${customer.id}/contacts`)).body.data
      .filter((row: { primary: boolean }) => row.primary)
      .map((row: { name: string }) => row.name)
  const create = (name: string, primary: boolean) => call('/v1/contacts', { body: { customerId: customer.id, name, primary } })
  const change = (id: string, body: object) => call(`/v1/contacts/${id}`, { method: 'PATCH', body })

  await create('a', true)
  const b = (await create('b', true)).body.id
  const afterSecond = await primaries()
  const made = await Promise.all(['c', 'd', 'e', 'f'].map((name) => create(name, true)))
  const afterRace = await primaries()
  await change(b, { primary: true })
  const afterChange = await primaries()
  await change(b, { primary: false })
  const afterLoss = await primaries()
  await change(b, { primary: true })
  await call(`/v1/contacts/${b}`, { method: 'DELETE' })
  const afterDeletion = await primaries()
  await create('g', true)

  expect(afterSecond).toEqual(['b'])
  expect(made.map((answer) => answer.status)).toEqual([201, 201, 201, 201])
  expect(afterRace).toHaveLength(1)
  expect(afterChange).toEqual(['b'])
  expect(afterLoss).toEqual([])
  expect(afterDeletion).toEqual([])
  const told = (await call(`/v1/customers/${customer.id}/timeline?limit=100`)).body.data.filter(
    (row: { type: string; subject: { id: string } }) => row.type === 'contact.changed' && row.subject.id === b,
  )

  expect(await primaries()).toEqual(['g'])
  expect(told.length).toBeGreaterThanOrEqual(4)
})

test('roles without a need neither see nor set what is personal of a contact', async () => {
  const tenant = await newTenant()
  const viewer = await tenant.user('viewer')
  const marketer = await tenant.user('marketer')
  const finance = await tenant.user('finance')
  const service = await tenant.user('service')
  const customer = await customerOf(tenant, tenant.admin)
  const personal = { birthday: '1990-01-01', qq: '10001', wechat: 'wx' }
  const created = await partiesAs(tenant, service)('/v1/contacts', { body: { customerId: customer.id, name: 'A', ...personal } })
  const read = async (who: typeof viewer) => (await partiesAs(tenant, who)(created.headers.location!)).body

  expect(created.status).toBe(201)
  expect(await read(marketer)).toMatchObject(personal)
  expect(await read(viewer)).toMatchObject({ name: 'A', birthday: null, qq: null, wechat: null })
  expect(await read(finance)).toMatchObject({ birthday: null, qq: null, wechat: null })
  const row = (await partiesAs(tenant, viewer)('/v1/contacts')).body.data[0]
  expect(row).toMatchObject({ name: 'A', wechat: null })
  const summary = (await partiesAs(tenant, viewer)(`/v1/customers/${customer.id}/summary`)).body
  expect(summary).toMatchObject({ contacts: [{ name: 'A', birthday: null }], customer: { creditLimit: null } })
  expect((await partiesAs(tenant, viewer)('/v1/contacts', { body: { customerId: customer.id, name: 'B' } })).status).toBe(403)
})

test('contacts are listed by the owner of their customer, and found by externalId by those who see the customer', async () => {
  const tenant = await newTenant()
  const manager = await tenant.user('manager')
  const rep = await tenant.user('rep', { managerId: manager.id })
  const stranger = await tenant.user('rep')
  const [mine, theirs] = [await customerOf(tenant, rep), await customerOf(tenant, stranger)]
  const add = async (who: typeof rep, customerId: string, name: string) =>
    (await partiesAs(tenant, who)('/v1/contacts', { body: { customerId, name, externalId: `ext ${name}` } })).body
  const [a, b] = [await add(rep, mine.id, 'a'), await add(stranger, theirs.id, 'b')]
  const names = async (who: typeof rep, query = '') =>
    (await partiesAs(tenant, who)(`/v1/contacts${query}`)).body.data.map((row: { name: string }) => row.name)

  expect(await names(rep)).toEqual(['a'])
  expect(await names(manager)).toEqual(['a'])
  expect(await names(tenant.admin)).toEqual(['b', 'a'])
  expect(await names(tenant.admin, '?sort=createdAt')).toEqual(['a', 'b'])
  expect(await names(tenant.admin, `?filter[ownerId][eq]=${rep.id}`)).toEqual(['a'])
  expect(await names(rep, `?filter[ownerId][eq]=${stranger.id}`)).toEqual([])
  expect(await names(rep, '?filter[ownerId]=me')).toEqual(['a'])
  expect(await names(rep, '?filter[externalId][eq]=ext%20a')).toEqual(['a'])
  expect(await names(rep, '?filter[externalId][eq]=ext%20b')).toEqual([])
  expect(await names(tenant.admin, `?filter[createdAt][gte]=${b.createdAt}&filter[createdAt][lt]=2199-01-01T00:00:00Z`)).toContain('b')
  expect((await partiesAs(tenant, rep)(`/v1/contacts/${b.id}`)).status).toBe(404)
  expect((await partiesAs(tenant, rep)(`/v1/contacts/${a.id}`)).status).toBe(200)
  expect((await partiesAs(tenant, rep)('/v1/contacts?filter[externalId][eq]=x&filter[ownerId][eq]=y')).body.code).toBe('filter.unsupported')
})

test('bad contacts are refused with every fault and its place', async () => {
  const tenant = await newTenant()
  const call = partiesAs(tenant, tenant.admin)
  const customer = await customerOf(tenant, tenant.admin)
  const other = await newTenant()
  const foreign = await customerOf(other, other.admin)

  const bad = await call('/v1/contacts', {
    body: {
      customerId: customer.id,
      name: ' ',
      phones: ['abc'],
      email: 'x',
      birthday: '1990-02-30',
      qq: 'a',
      primary: 'yes',
      ownerId: 'x',
    },
  })
  const missing = await call('/v1/contacts', { body: {} })
  const elsewhere = await call('/v1/contacts', { body: { customerId: foreign.id, name: 'A' } })

  expect(bad.status).toBe(422)
  expect(bad.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual(
    ['/birthday', '/email', '/name', '/ownerId', '/phones/0', '/primary', '/qq'].sort(),
  )
  expect(missing.body.errors).toMatchObject([
    { pointer: '/customerId', code: 'required' },
    { pointer: '/name', code: 'required' },
  ])
  expect(elsewhere).toMatchObject({ status: 404, body: { code: 'customer.not-found', errors: [{ pointer: '/customerId' }] } })
})
