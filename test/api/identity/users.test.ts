import { describe, expect, test } from 'vitest'
import { callAs } from '../../support/api.ts'
import { newTenant } from '../../support/tenant.ts'

const li = { name: '李雷', email: 'Li.Lei@Example.com', roles: ['rep'] }

test('a user is added, found by e-mail and externalId, changed, and never shows what belongs to signing in', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)

  const added = await call('/v1/users', { body: { ...li, externalId: 'hr-7' } })
  const byEmail = await call('/v1/users?filter[email]=LI.lei@example.com')
  const byExternalId = await call('/v1/users?filter[externalId]=hr-7')
  const changed = await call(added.headers.location!, {
    method: 'PATCH',
    body: { department: '华东', managerId: admin.id, externalId: null },
  })

  expect(added).toMatchObject({
    status: 201,
    body: { email: 'li.lei@example.com', active: true, digestOnWorkingDaysOnly: false, managerId: null },
  })
  expect(byEmail.body.data).toEqual([added.body])
  expect(byExternalId.body.data).toEqual([added.body])
  expect(changed).toMatchObject({ status: 200, body: { department: '华东', managerId: admin.id, externalId: null, version: 2 } })
  expect(JSON.stringify([added.body, changed.body])).not.toMatch(/epoch|hash|signing/i)
  expect((await call('/v1/users?filter[externalId]=hr-7')).body.data).toEqual([])
})

test('everybody knows the colleagues, only an admin changes them', async () => {
  const { id, admin, user } = await newTenant()
  const viewer = await user('viewer')
  const call = callAs(id, viewer)

  expect((await call('/v1/users')).body.data.map((other: { id: string }) => other.id)).toEqual([admin.id, viewer.id])
  expect((await call(`/v1/users/${admin.id}`)).status).toBe(200)
  expect((await call('/v1/users', { body: li })).status).toBe(403)
  expect((await call(`/v1/users/${viewer.id}`, { method: 'PATCH', body: { roles: ['admin'] } })).status).toBe(403)
})

describe('refused', () => {
  test('an e-mail address that somebody has, in any case of letters, also of two at the same moment', async () => {
    const { id, admin } = await newTenant()
    const call = callAs(id, admin)

    const together = await Promise.all([
      call('/v1/users', { body: li }),
      call('/v1/users', { body: { ...li, email: 'LI.LEI@example.com' } }),
    ])
    const other = await call('/v1/users', { body: { ...li, email: 'han@example.com' } })
    const changed = await call(other.headers.location!, { method: 'PATCH', body: { email: 'li.lei@example.com' } })

    expect(together.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(changed).toMatchObject({ status: 409, body: { code: 'user.email-taken', errors: [{ pointer: '/email' }] } })
  })

  test('an e-mail address is free again when its user has another', async () => {
    const { id, admin } = await newTenant()
    const call = callAs(id, admin)
    const first = await call('/v1/users', { body: li })

    await call(first.headers.location!, { method: 'PATCH', body: { email: 'new@example.com' } })

    expect((await call('/v1/users', { body: li })).status).toBe(201)
  })

  test('a manager who does not exist, is of another tenant, is oneself, or stands below', async () => {
    const { id, admin, user } = await newTenant()
    const foreign = await newTenant()
    const top = await user('manager')
    const middle = await user('manager', { managerId: top.id })
    const low = await user('rep', { managerId: middle.id })
    const call = callAs(id, admin)
    const manage = (userId: string, managerId: string) => call(`/v1/users/${userId}`, { method: 'PATCH', body: { managerId } })

    expect(await manage(low.id, 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3')).toMatchObject({
      status: 404,
      body: { errors: [{ pointer: '/managerId' }] },
    })
    expect((await manage(low.id, foreign.admin.id)).status).toBe(404)
    expect(await manage(top.id, low.id)).toMatchObject({ status: 422, body: { code: 'user.manager-circle' } })
    expect((await manage(top.id, top.id)).status).toBe(422)
  })

  test('roles that are none, doubled, unknown; nothing is changed by it', async () => {
    const { id, admin, user } = await newTenant()
    const rep = await user('rep')
    const call = callAs(id, admin)

    for (const roles of [[], ['rep', 'rep'], ['owner'], 'rep', null])
      expect((await call(`/v1/users/${rep.id}`, { method: 'PATCH', body: { roles } })).status).toBe(422)

    expect((await call(`/v1/users/${rep.id}`)).body).toMatchObject({ roles: ['rep'], version: 1 })
  })

  test('mass assignment: id, version, epoch, creation', async () => {
    const { id, admin } = await newTenant()
    const call = callAs(id, admin)

    for (const more of [{ id: 'usr_1' }, { version: 9 }, { tokenEpoch: 9 }, { createdBy: 'me' }, { tenantId: 'other' }])
      expect((await call('/v1/users', { body: { ...li, ...more } })).status).toBe(422)

    expect((await call('/v1/users')).body.data).toHaveLength(1)
  })
})

describe('there is always an admin', () => {
  test('the last one can neither leave nor lose the role; with another one that role goes', async () => {
    const { id, admin, user } = await newTenant()
    const call = callAs(id, admin)
    const change = (body: object) => call(`/v1/users/${admin.id}`, { method: 'PATCH', body })

    expect(await change({ roles: ['rep'] })).toMatchObject({ status: 409, body: { code: 'user.last-admin' } })
    expect(await change({ active: false })).toMatchObject({ status: 409, body: { code: 'user.is-yourself' } })
    await user('admin')
    expect((await change({ active: false })).status).toBe(409)
    expect((await change({ roles: ['rep'] })).status).toBe(200)
  })

  test('of two admins who demote each other at the same moment one stays', async () => {
    const { id, admin, user } = await newTenant()
    const other = await user('admin')
    const demote = (by: typeof admin, whom: typeof admin) =>
      callAs(id, by)(`/v1/users/${whom.id}`, { method: 'PATCH', body: { roles: ['rep'] } })

    const answers = await Promise.all([demote(admin, other), demote(other, admin)])

    const admins = (await callAs(id, admin)('/v1/users')).body.data.filter((user: { roles: string[] }) => user.roles.includes('admin'))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(admins).toHaveLength(1)
  })

  test('of two who are made managers of each other at the same moment one is', async () => {
    const { id, admin, user } = await newTenant()
    const [one, two] = [await user('manager'), await user('manager')]
    const manage = (whom: typeof admin, managerId: string) =>
      callAs(id, admin)(`/v1/users/${whom.id}`, { method: 'PATCH', body: { managerId } })

    const answers = await Promise.all([manage(one, two.id), manage(two, one.id)])

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
  })
})

test('an inactive user is let in again by its admin, and the events say so', async () => {
  const { id, admin, user } = await newTenant()
  const rep = await user('rep')
  const call = callAs(id, admin)

  for (const active of [false, true]) await call(`/v1/users/${rep.id}`, { method: 'PATCH', body: { active } })
  const events = await call(`/v1/events?filter[subject.id]=${rep.id}`)

  expect(events.body.data.map((event: { type: string }) => event.type).sort()).toEqual([
    'user.activity-changed',
    'user.activity-changed',
    'user.changed',
    'user.changed',
    'user.created',
  ])
})
