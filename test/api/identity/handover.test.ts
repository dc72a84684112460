import { expect, test } from 'vitest'
import { createApiKey } from '../../../domain/identity/api-key/change-api-key.ts'
import { recogniseCaller } from '../../../domain/identity/caller/recognise-caller.ts'
import { changeUser } from '../../../domain/identity/user/change-user.ts'
import type { User } from '../../../domain/identity/user/user.ts'
import { bareContext, systemContext } from '../../../functions/runtime.ts'
import { carryOut, handOver, identityAs } from '../../support/handover.ts'
import { ago, customerOf, day, partiesAs } from '../../support/parties.ts'
import { ownedBy, setPoolRules, tenantWithPool } from '../../support/pool.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

const follow = async (tenant: TestTenant, user: User, customerId: string, dueOn = day(3)): Promise<string> =>
  (await partiesAs(tenant, user)('/v1/follow-ups', { body: { customerId, ownerId: user.id, dueOn, subject: '回访' } })).body.id

test('everything of a leaver goes to who takes over: customers, plans, places in teams and pools; history stays', async () => {
  const tenant = await newTenant()
  const [leaver, next, colleague] = [await tenant.user('rep'), await tenant.user('rep'), await tenant.user('rep')]
  const own = await customerOf(tenant, leaver, { nextContactOn: day(2) })
  await partiesAs(tenant, leaver)('/v1/activities', { body: { customerId: own.id, kind: 'visit', at: ago(60), summary: '拜访' } })
  const teamMembers = [{ userId: leaver.id, access: 'write' }]
  const helped = await customerOf(tenant, colleague, { teamMembers })
  const plan = await follow(tenant, leaver, helped.id)
  const pool = await partiesAs(tenant, tenant.admin)('/v1/pools', { body: { name: 'North', memberIds: [leaver.id] } })

  const started = await handOver(tenant, leaver, { toUserId: next.id })
  const before = await identityAs(tenant, tenant.admin)(started.headers.location!)
  await carryOut(tenant, started.body.id)
  const done = await identityAs(tenant, tenant.admin)(started.headers.location!)

  expect(started).toMatchObject({
    status: 202,
    body: { status: 'running', fromUserId: leaver.id, toUserId: next.id, rules: [], finishedAt: null },
  })
  expect(before.body.progress).toEqual({ kind: 'api-keys', customers: { moved: 0, of: 1 } })
  expect(done.body).toMatchObject({ status: 'done', errors: [], progress: { kind: null, customers: { moved: 1, of: 1 } } })
  expect(done.body.report).toEqual([
    { kind: 'customers', toUserId: next.id, count: 1 },
    { kind: 'team-memberships', toUserId: next.id, count: 1 },
    { kind: 'pools', toUserId: next.id, count: 1 },
    { kind: 'follow-ups', toUserId: next.id, count: 2 },
  ])
  const asNext = partiesAs(tenant, next)
  expect((await asNext(`/v1/customers/${own.id}`)).body).toMatchObject({ ownerId: next.id, nextContactOn: day(2) })
  expect((await asNext(`/v1/customers/${helped.id}`)).body.teamMembers).toMatchObject([{ userId: next.id, access: 'write' }])
  expect((await asNext(`/v1/follow-ups/${plan}`)).body.ownerId).toBe(next.id)
  expect((await asNext(`/v1/pools/${pool.body.id}`)).body.memberIds).toEqual([next.id])
  expect((await asNext('/v1/agenda')).body.data).toHaveLength(2)
  expect((await asNext(`/v1/activities?filter[customerId]=${own.id}`)).body.data).toMatchObject([{ authorId: leaver.id }])
  const timeline = (await asNext(`/v1/customers/${own.id}/timeline`)).body.data
  expect(timeline.find(({ type }: { type: string }) => type === 'customer.owner-changed').data).toMatchObject({
    from: leaver.id,
    to: next.id,
    how: 'handed-over',
  })
  expect(await ownedBy(tenant, leaver)).toEqual({ counted: 0, listed: 0 })
  expect(await ownedBy(tenant, next)).toEqual({ counted: 1, listed: 1 })
})

test('rules say who takes which customers, the first that fits; plans follow their customer, the cap stops nobody', async () => {
  const tenant = await tenantWithPool({})
  const [leaver, keys, shanghai, rest] = await Promise.all(['rep', 'rep', 'rep', 'rep'].map(() => tenant.user('rep')))
  const inShanghai = { addresses: [{ kind: 'office', city: '上海' }] }
  const key = await customerOf(tenant, leaver!, { level: 'key-major', ...inShanghai, nextContactOn: day(1) })
  const city = await customerOf(tenant, leaver!, { level: 'small', ...inShanghai })
  const others = [await customerOf(tenant, leaver!, { tags: ['fair'] }), await customerOf(tenant, leaver!)]
  await setPoolRules(tenant, { capPerUser: 1 })

  const { body } = await handOver(tenant, leaver!, {
    toUserId: rest!.id,
    rules: [
      { where: { field: 'level', op: 'in', value: ['key-major', 'key-secondary'] }, toUserId: keys!.id },
      {
        where: {
          and: [{ field: 'addresses.city', op: 'contains', value: '上海' }, { not: { field: 'industry', op: 'eq', value: 'x' } }],
        },
        toUserId: rest!.id,
      },
      { where: { field: 'addresses.city', op: 'contains', value: '上海' }, toUserId: shanghai!.id },
    ],
  })
  const { report } = await carryOut(tenant, body.id)

  const owner = async ({ id }: { id: string }) => (await partiesAs(tenant, tenant.admin)(`/v1/customers/${id}`)).body.ownerId
  expect(await Promise.all([key, city, ...others].map(owner))).toEqual([keys!.id, shanghai!.id, rest!.id, rest!.id])
  expect(report.filter(({ kind }) => kind === 'customers')).toEqual(
    expect.arrayContaining([
      { kind: 'customers', toUserId: keys!.id, count: 1 },
      { kind: 'customers', toUserId: shanghai!.id, count: 1 },
      { kind: 'customers', toUserId: rest!.id, count: 2 },
    ]),
  )
  expect(report).toContainEqual({ kind: 'follow-ups', toUserId: keys!.id, count: 1 })
})

test('the access of the leaver ends with the answer: tokens and API keys, and these for good', async () => {
  const tenant = await newTenant()
  const [leaver, next] = [await tenant.user('admin'), await tenant.user('rep')]
  const { secret } = await createApiKey(await tenant.as(leaver), { name: 'script', scopes: ['customers.read'] })
  const claims = { tenantId: tenant.id, userId: leaver.id, epoch: leaver.tokenEpoch, expiresAt: Date.now() + 60_000 }
  const deps = { system: systemContext(), within: (id: string) => bareContext(id), verify: async () => claims }
  const recognised = async (token: string) => (await recogniseCaller(deps, `Bearer ${token}`)).outcome
  const before = [await recognised(secret), await recognised('jwt.of.leaver')]

  const { body } = await handOver(tenant, leaver, { toUserId: next.id })
  const after = [await recognised(secret), await recognised('jwt.of.leaver')]
  const { report } = await carryOut(tenant, body.id)
  await changeUser(await tenant.as(tenant.admin), { id: leaver.id, changes: { active: true } })
  const letInAgain = [await recognised(secret), await recognised('jwt.of.leaver')]

  expect(before).toEqual(['ok', 'ok'])
  expect(after).toEqual(['inactive', 'inactive'])
  expect(report).toContainEqual({ kind: 'api-keys', toUserId: null, count: 1 })
  expect(letInAgain).toEqual(['invalid', 'inactive'])
})

test('a handover begun twice is one, at once or one after the other; to others it waits', async () => {
  const tenant = await newTenant()
  const [leaver, next, other] = [await tenant.user('rep'), await tenant.user('rep'), await tenant.user('rep')]

  const twins = await Promise.all([1, 2, 3].map(() => handOver(tenant, leaver, { toUserId: next.id })))
  const again = await handOver(tenant, leaver, { toUserId: next.id, rules: [] })
  const elsewhere = await handOver(tenant, leaver, { toUserId: other.id })
  await carryOut(tenant, again.body.id)
  const later = await handOver(tenant, leaver, { toUserId: other.id })

  expect(new Set(twins.map(({ status, body }) => `${status} ${body.id}`))).toEqual(new Set([`202 ${again.body.id}`]))
  expect(again.status).toBe(202)
  expect(elsewhere).toMatchObject({ status: 409, body: { code: 'handover.running', handoverId: again.body.id } })
  expect(later.status).toBe(202)
  expect(later.body.id).not.toBe(again.body.id)
})

test('a handover that cannot be is refused by name, and nothing of it is done', async () => {
  const tenant = await newTenant()
  const foreign = await newTenant()
  const [a, b, c, gone, rep] = await Promise.all([1, 2, 3, 4, 5].map(() => tenant.user('rep')))
  const stranger = await foreign.user('rep')
  await changeUser(await tenant.as(tenant.admin), { id: gone!.id, changes: { active: false } })
  const leaving = await handOver(tenant, b!, { toUserId: c!.id })
  await customerOf(tenant, rep!)
  const viewer = await tenant.user('viewer')
  const nobody = { id: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' } as User
  const rule = (where: unknown, toUserId = c!.id) => ({ toUserId: c!.id, rules: [{ where, toUserId }] })

  const answers = [
    await handOver(tenant, a!, { toUserId: gone!.id }),
    await handOver(tenant, a!, { toUserId: stranger.id }),
    await handOver(tenant, a!, { toUserId: a!.id }),
    await handOver(tenant, a!, { toUserId: b!.id }),
    await handOver(tenant, c!, { toUserId: a!.id }),
    await handOver(tenant, nobody, { toUserId: a!.id }),
    await handOver(tenant, stranger, { toUserId: a!.id }),
    await handOver(tenant, tenant.admin, { toUserId: a!.id }),
    await handOver(tenant, a!, {}),
    await handOver(tenant, a!, { toUserId: c!.id, why: 'x' }),
    await handOver(tenant, a!, rule({ field: 'shoeSize', op: 'eq', value: 1 })),
    await handOver(tenant, a!, rule({ field: 'level', op: 'eq', value: 'huge' })),
    await handOver(tenant, a!, rule({ field: 'level', op: 'eq', value: 'small' }, gone!.id)),
    await handOver(tenant, a!, { toUserId: c!.id }, rep),
    await handOver(tenant, rep!, { toUserId: viewer.id }),
  ]

  expect(leaving.status).toBe(202)
  expect(answers.map(({ status, body }) => `${status} ${body.code} ${body.errors?.[0]?.pointer ?? ''}`.trim())).toEqual([
    '422 user.inactive /toUserId',
    '404 user.not-found /toUserId',
    '409 handover.to-leaver /toUserId',
    '409 handover.circle',
    '409 handover.circle',
    '404 user.not-found',
    '404 user.not-found',
    '409 user.is-yourself',
    '422 input.invalid /toUserId',
    '422 input.invalid /why',
    '422 search.unknown-field /rules/0/where/field',
    '422 search.invalid-value /rules/0/where/value',
    '422 user.inactive /rules/0/toUserId',
    '403 permission.missing',
    '422 owner.role-too-narrow /toUserId',
  ])
  expect((await identityAs(tenant, tenant.admin)(`/v1/users/${a!.id}`)).body.active).toBe(true)
  expect((await identityAs(tenant, tenant.admin)('/v1/handovers')).body.data).toHaveLength(1)
})

test('of two who hand over to each other at the same moment at most one begins', async () => {
  for (let i = 0; i < 5; i++) {
    const tenant = await newTenant()
    const [a, b] = [await tenant.user('rep'), await tenant.user('rep')]

    const answers = await Promise.all([handOver(tenant, a, { toUserId: b.id }), handOver(tenant, b, { toUserId: a.id })])

    const began = answers.filter(({ status }) => status === 202)
    expect(began.length).toBeLessThanOrEqual(1)
    for (const { status, body } of answers) if (status !== 202) expect(['handover.circle', 'user.inactive']).toContain(body.code)
  }
})

test('the last admin hands over to nobody', async () => {
  const tenant = await newTenant()
  const [second, rep] = [await tenant.user('admin'), await tenant.user('rep')]

  const first = await handOver(tenant, tenant.admin, { toUserId: rep.id }, second)
  const last = await handOver(tenant, second, { toUserId: rep.id }, second)

  expect(first.status).toBe(202)
  expect(last).toMatchObject({ status: 409, body: { code: 'user.is-yourself' } })
})
