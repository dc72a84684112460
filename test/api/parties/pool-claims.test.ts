import { expect, test } from 'vitest'
import { customerOf, partiesAs } from '../../support/parties.ts'
import { claim, ownedBy, pooledCustomer, release, setPoolRules, tenantWithPool } from '../../support/pool.ts'

const hidden = { phones: [], email: null, website: null, taxNumber: null, billing: null, notes: null, nextContactOn: null, teamMembers: [] }

test('every reason why a customer cannot be claimed has its own code', async () => {
  const tenant = await tenantWithPool({ quotaPerDay: 1, capPerUser: 3, coolingDays: 7 })
  const [rep, other, assistant] = [await tenant.user('rep'), await tenant.user('rep'), await tenant.user('assistant')]
  const manager = await tenant.user('manager')
  const { id: taken } = await pooledCustomer(tenant)
  const { id: locked } = await pooledCustomer(tenant)
  const { id: cooling } = await customerOf(tenant, rep)
  await partiesAs(tenant, manager)(`/v1/customers/${locked}/lock`, { body: { locked: true, reason: '法务处理中' } })
  await partiesAs(tenant, tenant.admin)(`/v1/customers/${cooling}/release`, { body: { reason: '重新分配' } })
  await claim(tenant, other, taken)
  const { id: never } = await customerOf(tenant, other)

  const answers = {
    taken: await claim(tenant, rep, taken),
    own: await claim(tenant, other, taken),
    locked: await claim(tenant, rep, locked),
    cooling: await claim(tenant, rep, cooling),
    quota: await claim(tenant, other, (await pooledCustomer(tenant)).id),
    foreign: await claim(tenant, rep, never),
    unknown: await claim(tenant, rep, 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'),
    role: await claim(tenant, assistant, cooling),
    body: await partiesAs(tenant, rep)(`/v1/customers/${cooling}/claim`, { body: { force: true } }),
  }
  await setPoolRules(tenant, { quotaPerDay: 5, capPerUser: 2 })
  const cap = await claim(tenant, other, (await pooledCustomer(tenant)).id)

  expect(
    Object.fromEntries(Object.entries({ ...answers, cap }).map(([name, { status, body }]) => [name, `${status} ${body.code}`])),
  ).toEqual({
    taken: '409 customer.already-owned',
    own: '409 customer.already-owned',
    locked: '409 customer.locked',
    cooling: '409 customer.cooling',
    quota: '409 pool.quota-reached',
    cap: '409 pool.cap-reached',
    foreign: '404 customer.not-found',
    unknown: '404 customer.not-found',
    role: '403 permission.missing',
    body: '422 body.unexpected',
  })
  expect(answers.locked.body.detail).toContain('法务处理中')
  expect(answers.cooling.body.detail).toMatch(/from \d{4}-\d\d-\d\d \d\d:\d\d \(Asia\/Shanghai\) on/)
})

test('a release keeps its reason, ends the team, and is undone within 24 hours without quota or cooling, the term and team as before', async () => {
  const tenant = await tenantWithPool({ quotaPerDay: 0, coolingDays: 30 })
  const [rep, helper] = [await tenant.user('rep'), await tenant.user('rep')]
  const teamMembers = [{ userId: helper.id, access: 'write' }]
  const before = await customerOf(tenant, rep, { teamMembers, nextContactOn: '2030-01-01' })
  const { id } = before

  const released = await release(tenant, rep, id)
  const byHelper = await partiesAs(tenant, helper)(`/v1/customers/${id}`)
  const helpersList = await partiesAs(tenant, helper)('/v1/customers')
  const undone = await claim(tenant, rep, id)
  const timeline = await partiesAs(tenant, rep)(`/v1/customers/${id}/timeline`)

  expect(released).toMatchObject({ status: 200, body: { ownerId: null, ...hidden } })
  expect(released.body.pool).toMatchObject({ days: 0, how: 'released', reason: '半年没有需求', formerOwnerId: rep.id })
  expect(byHelper.body).toMatchObject(hidden)
  expect(helpersList.body.data).toEqual([])
  expect(undone).toMatchObject({ status: 200, body: { ...before, version: 3, updatedAt: expect.any(String), teamMembers } })
  const moves = timeline.body.data.filter((entry: { type: string }) => entry.type === 'customer.owner-changed')
  expect(moves.map((entry: { data: object }) => entry.data)).toMatchObject([
    { from: null, to: rep.id, how: 'release-undone', reason: null },
    { from: rep.id, to: null, how: 'released', reason: '半年没有需求' },
  ])
})

test('a claimed customer starts without the former team', async () => {
  const tenant = await tenantWithPool()
  const [rep, helper, next] = [await tenant.user('rep'), await tenant.user('rep'), await tenant.user('rep')]
  const { id } = await customerOf(tenant, rep, { teamMembers: [{ userId: helper.id, access: 'write' }] })
  await release(tenant, rep, id)

  const claimed = await claim(tenant, next, id)
  const byHelper = await partiesAs(tenant, helper)(`/v1/customers/${id}`)
  const byFormer = await partiesAs(tenant, rep)(`/v1/customers/${id}`)

  expect(claimed.body).toMatchObject({ ownerId: next.id, teamMembers: [] })
  expect([byHelper.status, byFormer.status]).toEqual([404, 404])
})

test('bad releases, assignments and locks are refused by name and change nothing', async () => {
  const tenant = await tenantWithPool({ capPerUser: 1 })
  const manager = await tenant.user('manager')
  const rep = await tenant.user('rep', { managerId: manager.id })
  const stranger = await tenant.user('rep')
  const viewer = await tenant.user('viewer', { managerId: manager.id })
  const { id } = await customerOf(tenant, rep)
  const { id: pooled } = await pooledCustomer(tenant)
  const { id: fixed } = await customerOf(tenant, manager)
  const asManager = partiesAs(tenant, manager)
  const act = (path: string, body: unknown) => asManager(`/v1/customers/${path}`, { body })
  await partiesAs(tenant, rep)(`/v1/customers/${id}`, {
    method: 'PATCH',
    body: { teamMembers: [{ userId: stranger.id, access: 'write' }] },
  })
  await act(`${fixed}/lock`, { locked: true, reason: '重点' })

  const answers = [
    await act(`${id}/release`, {}),
    await act(`${id}/release`, { reason: 'x', poolId: 'pol_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }),
    await act(`${id}/release`, { reason: 'x', why: 'y' }),
    await act(`${pooled}/release`, { reason: 'x' }),
    await act(`${fixed}/release`, { reason: 'x' }),
    await release(tenant, stranger, id),
    await release(tenant, stranger, pooled),
    await act(`${id}/assign`, { ownerId: stranger.id }),
    await act(`${id}/assign`, { ownerId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }),
    await act(`${id}/assign`, {}),
    await act(`${pooled}/assign`, { ownerId: rep.id }),
    await act(`${id}/lock`, { locked: true }),
    await partiesAs(tenant, rep)(`/v1/customers/${id}/lock`, { body: { locked: true, reason: 'x' } }),
    await asManager(`/v1/customers/${fixed}`, { method: 'PATCH', body: { ownerId: null } }),
    await act(`${id}/assign`, { ownerId: viewer.id }),
  ]

  expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
    '422 input.invalid',
    '404 pool.not-found',
    '422 input.invalid',
    '409 customer.in-pool',
    '409 customer.locked',
    '403 customer.not-yours',
    '409 customer.in-pool',
    '403 owner.out-of-scope',
    '404 user.not-found',
    '422 input.invalid',
    '409 pool.cap-reached',
    '422 input.invalid',
    '403 permission.missing',
    '409 customer.locked',
    '422 owner.role-too-narrow',
  ])
  expect((await asManager(`/v1/customers/${id}`)).body).toMatchObject({ ownerId: rep.id, version: 2 })
})

test('a manager assigns past quota, cooling and lock; a patch of the owner goes by the same rules', async () => {
  const tenant = await tenantWithPool({ quotaPerDay: 0, coolingDays: 30, capPerUser: 2 })
  const manager = await tenant.user('manager')
  const rep = await tenant.user('rep', { managerId: manager.id })
  const { id } = await customerOf(tenant, rep)
  const act = (path: string, body: unknown) => partiesAs(tenant, manager)(`/v1/customers/${path}`, { body })
  await act(`${id}/release`, { reason: '调整' })
  await act(`${id}/lock`, { locked: true, reason: '观察' })

  const assigned = await act(`${id}/assign`, { ownerId: rep.id, reason: '误退' })
  const again = await act(`${id}/assign`, { ownerId: rep.id })
  const patched = await partiesAs(tenant, manager)(`/v1/customers/${id}`, { method: 'PATCH', body: { ownerId: manager.id } })
  await act(`${id}/lock`, { locked: false })
  const pooled = await partiesAs(tenant, manager)(`/v1/customers/${id}`, { method: 'PATCH', body: { ownerId: null } })

  expect(assigned).toMatchObject({ status: 200, body: { ownerId: rep.id, locked: true, lockReason: '观察' } })
  expect(again.body.version).toBe(assigned.body.version)
  expect(patched).toMatchObject({ status: 200, body: { ownerId: manager.id } })
  expect(pooled).toMatchObject({
    status: 200,
    body: { ownerId: null, locked: false, pool: { how: 'released', formerOwnerId: manager.id } },
  })
  expect(await ownedBy(tenant, rep)).toEqual({ counted: 0, listed: 0 })
  expect(await ownedBy(tenant, manager)).toEqual({ counted: 0, listed: 0 })
})

test('whoever repeats a claim with its key gets the first answer', async () => {
  const tenant = await tenantWithPool()
  const rep = await tenant.user('rep')
  const { id } = await pooledCustomer(tenant)
  const headers = { 'idempotency-key': 'once' }
  const call = () => partiesAs(tenant, rep)(`/v1/customers/${id}/claim`, { method: 'POST', headers })

  const answers = await Promise.all([call(), call(), call()])

  expect(answers.map(({ status, body }) => [status, body.ownerId])).toEqual([1, 2, 3].map(() => [200, rep.id]))
  expect(await ownedBy(tenant, rep)).toEqual({ counted: 1, listed: 1 })
})
