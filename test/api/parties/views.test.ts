import { expect, test } from 'vitest'
import { customerOf, partiesAs } from '../../support/parties.ts'
import { newTenant } from '../../support/tenant.ts'

const mine = { field: 'ownerId', op: 'eq', value: 'me' }

async function team() {
  const tenant = await newTenant()
  const boss = await tenant.user('manager')
  const [a, b] = [await tenant.user('rep', { managerId: boss.id }), await tenant.user('rep', { managerId: boss.id })]
  const stranger = await tenant.user('rep')
  const save = async (user: typeof a, more: object) =>
    (await partiesAs(tenant, user)('/v1/views', { body: { name: 'view', noun: 'customers', ...more } })).body
  const listed = async (user: typeof a) => (await partiesAs(tenant, user)('/v1/views')).body.data.map((view: { id: string }) => view.id)
  return { tenant, boss, a, b, stranger, save, listed }
}

test('a view is seen by its owner, by the team, or by everybody, as it is shared', async () => {
  const { tenant, boss, a, b, stranger, save, listed } = await team()
  const [own, ofTeam, ofAll] = [await save(a, {}), await save(a, { shared: 'team' }), await save(a, { shared: 'tenant' })]

  expect(await listed(a)).toEqual([own.id, ofTeam.id, ofAll.id])
  expect(await listed(b)).toEqual([ofTeam.id, ofAll.id])
  expect(await listed(boss)).toEqual([ofTeam.id, ofAll.id])
  expect(await listed(stranger)).toEqual([ofAll.id])
  expect((await partiesAs(tenant, b)(`/v1/views/${own.id}`)).status).toBe(404)
  expect((await partiesAs(tenant, stranger)(`/v1/views/${ofTeam.id}`)).status).toBe(404)
  expect((await partiesAs(tenant, b)(`/v1/views/${ofTeam.id}`)).body).toMatchObject({
    ownerId: a.id,
    shared: 'team',
    where: null,
    fields: null,
  })
})

test('a shared view shows everybody their own customers, and a search may narrow it further', async () => {
  const { tenant, a, b, save } = await team()
  for (const [user, names] of [
    [a, ['a1', 'a2']],
    [b, ['b1']],
  ] as const)
    for (const name of names) await customerOf(tenant, user, { name })
  const view = await save(a, { where: mine, sort: '-name', fields: ['name'], shared: 'team' })
  const found = async (user: typeof a, more: object = {}) =>
    (await partiesAs(tenant, user)('/v1/customers/search', { body: { viewId: view.id, ...more } })).body.data

  expect(await found(a)).toEqual([
    { id: expect.any(String), name: 'a2' },
    { id: expect.any(String), name: 'a1' },
  ])
  expect((await found(b)).map((row: { name: string }) => row.name)).toEqual(['b1'])
  expect((await found(a, { where: { field: 'name', op: 'prefix', value: 'a1' } })).map((row: { name: string }) => row.name)).toEqual(['a1'])
})

test('a view is changed and deleted by who saved it, or an admin; a tree is replaced as a whole', async () => {
  const { tenant, a, b, save } = await team()
  const view = await save(a, { where: mine, shared: 'tenant' })
  const patch = (user: typeof a, body: object) => partiesAs(tenant, user)(`/v1/views/${view.id}`, { method: 'PATCH', body })

  expect(await patch(b, { name: 'x' })).toMatchObject({ status: 403, body: { code: 'view.not-yours' } })
  expect(await patch(a, { where: { not: mine } })).toMatchObject({ status: 200, body: { where: { not: mine }, version: 2 } })
  expect(await patch(tenant.admin, { where: null, shared: 'user' })).toMatchObject({ status: 200, body: { where: null, shared: 'user' } })
  expect((await partiesAs(tenant, b)(`/v1/views/${view.id}`)).status).toBe(404)
  expect((await partiesAs(tenant, a)(`/v1/views/${view.id}`, { method: 'DELETE' })).status).toBe(204)
})

test('a view is checked when it is saved, and used for its own noun alone', async () => {
  const { tenant, a, save } = await team()
  const refused = [
    [{ where: { field: 'colour', op: 'eq', value: 'x' } }, '/where/field'],
    [{ where: { or: [] } }, '/where/or'],
    [{ sort: 'notes' }, '/sort'],
    [{ fields: ['name', 'salary'] }, '/fields/1'],
    [{ noun: 'invoices' }, '/noun'],
  ] as const

  for (const [body, pointer] of refused) expect((await save(a, body)).errors[0].pointer).toBe(pointer)
  const { id } = await save(a, {})
  const answer = await partiesAs(tenant, a)('/v1/contacts/search', { body: { viewId: id } })
  expect(answer).toMatchObject({ status: 422, body: { code: 'view.other-noun' } })
})

test('lists name the search for what no index serves, and take both kinds of bounds', async () => {
  const { tenant, a } = await team()
  const call = partiesAs(tenant, a)
  const { id } = await customerOf(tenant, a, { name: 'x' })
  const { createdAt } = (await call(`/v1/customers/${id}`)).body
  const count = async (filter: string) => (await call(`/v1/customers?filter[createdAt]${filter}=${createdAt}`)).body.data.length

  for (const noun of ['customers', 'contacts', 'activities'])
    expect((await call(`/v1/${noun}?filter[colour]=red`)).body.detail).toContain(`POST /v1/${noun}/search`)
  expect((await call('/v1/customers?sort=name')).body.detail).toContain('POST /v1/customers/search')
  expect([await count('[gte]'), await count('[gt]'), await count('[lte]'), await count('[lt]')]).toEqual([1, 0, 1, 0])
  expect((await call(`/v1/customers?filter[createdAt][gt]=${createdAt}&filter[createdAt][gte]=${createdAt}`)).status).toBe(400)
})
