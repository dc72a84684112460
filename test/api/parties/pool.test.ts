import { expect, test } from 'vitest'
import { customerOf, day, partiesAs } from '../../support/parties.ts'
import { claim, ownedBy, pooledCustomer, release, setPoolRules, tenantWithPool } from '../../support/pool.ts'

const whole = { phones: ['021-6543 2100'], email: 'info@minghui.example' }
const minghui = { name: '明辉贸易', ...whole }
const hidden = { phones: [], email: null, website: null, taxNumber: null, billing: null, notes: null, nextContactOn: null, teamMembers: [] }
const office = { kind: 'office', province: '上海市', city: '上海', line: '张江路 88 号', phone: '021-1', contact: '王经理' }

test('a customer of the pool shows who it is and why it lies there, its contact data only to whoever claims it', async () => {
  const tenant = await tenantWithPool()
  const [rep, viewer] = [await tenant.user('rep'), await tenant.user('viewer')]
  const { id } = await pooledCustomer(tenant, { ...minghui, industry: '电子', level: 'small', notes: '老板姓王', addresses: [office] })
  const asRep = partiesAs(tenant, rep)

  const seen = await asRep(`/v1/customers/${id}`)
  const byViewer = await partiesAs(tenant, viewer)(`/v1/customers/${id}`)
  const byKeeper = await partiesAs(tenant, tenant.admin)(`/v1/customers/${id}`)
  const claimed = await claim(tenant, rep, id)
  const after = await asRep(`/v1/customers/${id}`)

  const shown = { name: '明辉贸易', industry: '电子', level: 'small', ownerId: null, pool: { days: 0, how: 'created', reason: null } }
  expect(seen).toMatchObject({ status: 200, body: { ...shown, ...hidden } })
  expect(seen.body.addresses).toEqual([{ kind: 'office', province: '上海市', city: '上海' }])
  expect(byViewer.body).toMatchObject(hidden)
  expect(byKeeper.body).toMatchObject({ ...shown, ...whole, notes: '老板姓王' })
  expect(claimed).toMatchObject({ status: 200, body: { ...whole, ownerId: rep.id, pool: null, version: 2 } })
  expect(after.body).toMatchObject({ ...whole, ownerId: rep.id, addresses: [office] })
})

test('the pool is a list of its own; a rep finds there what nobody owns, and only that', async () => {
  const tenant = await tenantWithPool()
  const rep = await tenant.user('rep')
  await customerOf(tenant, rep, { name: 'own' })
  await customerOf(tenant, tenant.admin, { name: 'of another' })
  const first = await pooledCustomer(tenant, { name: 'first' })
  const second = await pooledCustomer(tenant, { name: 'second' })
  const call = partiesAs(tenant, rep)

  const pool = await call('/v1/customers?filter[ownerId][isNull]=true&limit=1')
  const next = await call(`/v1/customers?filter[ownerId][isNull]=true&limit=1&cursor=${pool.body.page.next}`)
  const mine = await call('/v1/customers')
  const owned = await call('/v1/customers?filter[ownerId][isNull]=false')

  expect(pool.body.data).toMatchObject([{ id: second.id, ...hidden }])
  expect(next.body.data).toMatchObject([{ id: first.id, ...hidden }])
  expect(mine.body.data).toMatchObject([{ name: 'own' }])
  expect(owned).toMatchObject({ status: 400, body: { code: 'filter.invalid' } })
})

test('what belongs to a customer of the pool is hidden with it, by whatever way it is asked for', async () => {
  const tenant = await tenantWithPool()
  const rep = await tenant.user('rep')
  const { id } = await customerOf(tenant, rep)
  const call = partiesAs(tenant, rep)
  const contact = (await call('/v1/contacts', { body: { customerId: id, name: '王经理', phones: ['138 0000 0000'] } })).body.id
  const logged = await call('/v1/activities', {
    body: { customerId: id, kind: 'call', at: new Date().toISOString(), summary: '报价', nextContactOn: day(2) },
  })
  await release(tenant, rep, id)
  const under = ['contacts', 'activities', 'follow-ups', 'timeline', 'summary']

  const answers = await Promise.all(under.map((noun) => call(`/v1/customers/${id}/${noun}`)))
  const byId = await Promise.all([`/v1/contacts/${contact}`, `/v1/activities/${logged.body.id}`].map((path) => call(path)))
  const lists = await Promise.all(['/v1/contacts', '/v1/activities', '/v1/follow-ups', '/v1/agenda'].map((path) => call(path)))
  const write = await call('/v1/activities', { body: { customerId: id, kind: 'note', at: new Date().toISOString(), summary: 'x' } })
  const patch = await call(`/v1/customers/${id}`, { method: 'PATCH', body: { level: 'small' } })

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(under.map(() => [403, 'customer.not-claimed']))
  expect(byId.map(({ status }) => status)).toEqual([404, 404])
  expect(lists.map(({ body }) => body.data ?? body)).toEqual([[], [], [], []])
  expect(write).toMatchObject({ status: 403, body: { code: 'customer.not-claimed', errors: [{ pointer: '/customerId' }] } })
  expect(patch).toMatchObject({ status: 403, body: { code: 'customer.not-claimed' } })
})

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

test('pools with members are seen by their members and those above, and take in and give back only there', async () => {
  const tenant = await tenantWithPool()
  const manager = await tenant.user('manager')
  const member = await tenant.user('rep', { managerId: manager.id })
  const stranger = await tenant.user('rep')
  const asAdmin = partiesAs(tenant, tenant.admin)
  const pool = await asAdmin('/v1/pools', { body: { name: '华东公海', memberIds: [member.id] } })
  const poolId = pool.body.id
  const { id } = await pooledCustomer(tenant, { poolId })
  const { id: common } = await pooledCustomer(tenant)
  const list = async (user: typeof member, more = '') =>
    (await partiesAs(tenant, user)(`/v1/customers?filter[ownerId][isNull]=true${more}`)).body.data.map((one: { id: string }) => one.id)

  const seen = { member: await list(member), manager: await list(manager), stranger: await list(stranger), admin: await list(tenant.admin) }
  const named = { member: await list(member, `&filter[poolId]=${poolId}`), stranger: await list(stranger, `&filter[poolId]=${poolId}`) }
  const everybodys = await list(member, '&filter[poolId][isNull]=true')
  const byStranger = [await partiesAs(tenant, stranger)(`/v1/customers/${id}`), await claim(tenant, stranger, id)]
  const claimed = await claim(tenant, member, id)
  const late = await claim(tenant, stranger, id)
  const back = await release(tenant, member, id)
  const inUse = await asAdmin(`/v1/pools/${poolId}`, { method: 'DELETE' })
  const claimedAgain = await claim(tenant, member, id)
  const deleted = await asAdmin(`/v1/pools/${poolId}`, { method: 'DELETE' })
  const homeless = await release(tenant, member, id)

  expect(pool).toMatchObject({ status: 201, body: { name: '华东公海', memberIds: [member.id] } })
  expect(seen).toEqual({ member: [common, id], manager: [common, id], stranger: [common], admin: [common, id] })
  expect(named).toEqual({ member: [id], stranger: [] })
  expect(everybodys).toEqual([common])
  expect(byStranger.map(({ status }) => status)).toEqual([404, 404])
  expect(claimed).toMatchObject({ status: 200, body: { ownerId: member.id, poolId } })
  expect(late.status).toBe(404)
  expect(back.body).toMatchObject({ ownerId: null, poolId })
  expect(inUse).toMatchObject({ status: 409, body: { code: 'pool.not-empty' } })
  expect(claimedAgain.status).toBe(200)
  expect(deleted.status).toBe(204)
  expect(homeless.body).toMatchObject({ ownerId: null, poolId: null })
})

test('pools are named once, with known members, and set up by admins', async () => {
  const tenant = await tenantWithPool()
  const rep = await tenant.user('rep')
  const create = (body: unknown, user = tenant.admin) => partiesAs(tenant, user)('/v1/pools', { body })
  await create({ name: 'North', externalId: 'n' })

  const answers = [
    await create({ name: 'ＮORTH' }),
    await create({ name: 'South', memberIds: ['usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'] }),
    await create({ name: 'South', memberIds: [rep.id, rep.id] }),
    await create({ name: '' }),
    await create({ name: 'South' }, rep),
  ]
  const list = await partiesAs(tenant, rep)('/v1/pools')

  expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
    '409 pool.name-taken',
    '404 user.not-found',
    '422 list.duplicate-entry',
    '422 input.invalid',
    '403 permission.missing',
  ])
  expect(list.body.data).toMatchObject([{ name: 'North', memberIds: [] }])
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
