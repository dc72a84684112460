import { expect, test } from 'vitest'
import { partiesAs } from '../../support/parties.ts'
import { claim, pooledCustomer, release, tenantWithPool } from '../../support/pool.ts'

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
