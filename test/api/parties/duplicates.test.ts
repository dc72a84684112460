import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { listEvents } from '../../../domain/platform/event/list-events.ts'
import { firmName, firmPhone } from '../../support/firm-names.ts'
import { expectRefused } from '../../support/nothing-written.ts'
import { customerOf, partiesAs } from '../../support/parties.ts'
import { pooledCustomer } from '../../support/pool.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let rep: User
let other: User

beforeAll(async () => {
  tenant = await newTenant()
  ;[rep, other] = [await tenant.user('rep', { name: 'Rita' }), await tenant.user('rep', { name: 'Otto' })]
})

const as = (user: User) => partiesAs(tenant, user)
const check = (user: User, body: object) => as(user)('/v1/customers/check-duplicates', { body })
const create = (user: User, body: object) => as(user)('/v1/customers', { body })

test('a full name is found by its short name, by its sound, its initials and its telephone', async () => {
  const phone = '010-5996 0114'
  const { body } = await create(rep, { name: '中国石油化工股份有限公司', phones: [phone] })
  await create(rep, { name: '中国石油天然气股份有限公司' })

  for (const name of ['中石化', '中国石化', 'zhongguo shiyou huagong', 'zgsyhg']) {
    const found = await check(rep, { name })
    expect(found.body.data[0], name).toMatchObject({ customerId: body.id, owner: { name: 'Rita' }, pool: false })
  }
  expect((await check(rep, { name: '完全不同', phones: ['+86 10 59960114'] })).body.data).toMatchObject([
    { customerId: body.id, level: 'likely', reasons: ['Same telephone number.'] },
  ])
  expect((await check(rep, { name: '龙凤呈祥' })).body).toEqual({ data: [] })
  expect((await check(rep, { name: '中石化', customerId: body.id })).body.data[0]?.customerId).not.toBe(body.id)
})

describe('a customer that seems to be there already', () => {
  test('is refused by its name however it is written, with who has it', async () => {
    const name = firmName()
    await customerOf(tenant, other, { name: `${name}有限公司` })

    const again = await create(rep, { name: ` （${name}） 股份有限公司` })

    expect(again).toMatchObject({
      status: 409,
      body: {
        code: 'customer.duplicate',
        errors: [{ pointer: '/name', code: 'customer.duplicate' }],
        candidates: [{ customerId: null, name: `${name}有限公司`, owner: { name: 'Otto' }, pool: false, level: 'same' }],
        override: { token: expect.any(String), expiresAt: expect.any(String) },
      },
    })
    expect(JSON.stringify(again.body)).not.toContain('cus_')
  })

  test('is never taken with the tax number of another, and without further ado with one of its own', async () => {
    const name = firmName()
    await create(other, { name, taxNumber: '91310000-MA1FL0001X' })

    const same = await create(rep, { name: firmName(), taxNumber: '91310000ma1fl0001x' })
    const own = await create(rep, { name, taxNumber: '91310000MA1FL0002X' })
    const none = await create(rep, { name })

    expect(same).toMatchObject({ status: 409, body: { code: 'customer.duplicate', errors: [{ pointer: '/taxNumber' }] } })
    expect(same.body.override).toBeUndefined()
    expect(own.status).toBe(201)
    expect(none.body.code).toBe('customer.duplicate')
  })

  test.each([
    ['a telephone number', (mark: string) => ({ phones: [`021-6${mark}`] }), (mark: string) => ({ phones: [`+86 21 6${mark} 转 12`] })],
    ['an e-mail address', (mark: string) => ({ email: `a${mark}@qq.com` }), (mark: string) => ({ email: `A${mark}@QQ.com` })],
    ['a domain of its own', (mark: string) => ({ email: `a@f${mark}.cn` }), (mark: string) => ({ email: `b@f${mark}.cn` })],
  ])('is suspected by %s, and taken with a reason', async (_, one, another) => {
    const mark = firmPhone().slice(-7)
    const first = await create(rep, { name: firmName(), ...one(mark) })
    const body = { name: firmName(), ...another(mark) }

    const refused = await create(rep, body)
    const duplicateOverride = { token: refused.body.override.token, reason: '同一栋楼的总机' }
    const taken = await create(rep, { ...body, duplicateOverride })

    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'customer.duplicate-suspected', candidates: [{ customerId: first.body.id, level: 'likely' }] },
    })
    expect(taken.status).toBe(201)
    const events = await listEvents(await tenant.as(tenant.admin), {
      limit: 5,
      sort: '-at',
      filter: { type: { eq: 'customer.duplicate-overridden' } },
    })
    expect(events.data[0]).toMatchObject({
      subject: { id: taken.body.id },
      data: { candidateIds: [first.body.id], reason: '同一栋楼的总机' },
    })
  })

  test('is taken in spite of it for ten minutes, and not a moment longer', async () => {
    const phones = [firmPhone()]
    await customerOf(tenant, other, { phones })
    const ctx = await tenant.as(rep)
    const at = (seconds: number) => ({ ...ctx, now: () => new Date(Date.UTC(2026, 10, 21, 8) + seconds * 1000).toISOString() })
    const input = { name: firmName(), phones }
    const refusal = await createCustomer(at(0), input).catch((error) => error.more.extra)
    const again = { ...input, duplicateOverride: { token: refusal.override.token, reason: 'a switchboard' } }

    expect(refusal.override.expiresAt).toBe('2026-11-21T08:10:00.000Z')
    await expect(createCustomer(at(600), again)).rejects.toMatchObject({ kind: 'invalid', code: 'duplicate-override.invalid' })
    expect((await createCustomer(at(599), again)).phones).toEqual(phones)
  })

  test('is suspected by the mobile of a contact, as long as the contact has it', async () => {
    const [mobile, next] = [`138 ${firmPhone().slice(-8)}`, `139 ${firmPhone().slice(-8)}`]
    const { id: customerId, name } = await customerOf(tenant, other)
    const contact = await as(other)('/v1/contacts', { body: { customerId, name: '王经理', phones: [mobile] } })
    const asked = async (phone: string) => (await check(rep, { name: 'x', phones: [`+86${phone}`] })).body.data

    expect(await asked(mobile)).toMatchObject([{ customerId: null, name, level: 'likely', reasons: ['Same telephone number.'] }])
    expect(await create(rep, { name: firmName(), phones: [mobile] })).toMatchObject({ status: 409 })
    await as(other)(`/v1/contacts/${contact.body.id}`, { method: 'PATCH', body: { phones: [next] } })
    expect([await asked(mobile), (await asked(next)).length]).toEqual([[], 1])
    await as(other)(`/v1/contacts/${contact.body.id}`, { method: 'DELETE' })
    expect(await asked(next)).toEqual([])
  })

  test('is stopped when a change makes it one, but not by a change of something else', async () => {
    const [mine, theirs] = [await customerOf(tenant, rep), await customerOf(tenant, other, { phones: [firmPhone()] })]
    const { body } = await as(other)(`/v1/customers/${theirs.id}`)
    const change = (changes: object) => as(rep)(`/v1/customers/${mine.id}`, { method: 'PATCH', body: changes })

    expect(await change({ name: theirs.name })).toMatchObject({ status: 409, body: { code: 'customer.duplicate' } })
    const refused = await change({ phones: body.phones })
    expect(refused).toMatchObject({ status: 409, body: { code: 'customer.duplicate-suspected' } })
    expect(await change({ phones: body.phones, duplicateOverride: { token: refused.body.override.token, reason: 'x' } })).toMatchObject({
      status: 200,
    })
    expect(await change({ industry: 'valves' })).toMatchObject({ status: 200 })
    expect(await change({ shortName: firmName() })).toMatchObject({ status: 200 })
  })

  test('of a group shares telephones and domains honestly', async () => {
    const shared = { phones: [firmPhone()], email: `a@f${firmPhone().slice(-6)}.cn` }
    const parent = await create(rep, { name: firmName(), ...shared })

    expect((await create(rep, { name: firmName(), ...shared, parentCustomerId: parent.body.id })).status).toBe(201)
  })

  test('is found by the names of one that was merged into another', async () => {
    const [survivor, gone] = [await customerOf(tenant, rep), await customerOf(tenant, rep)]
    await as(rep)(`/v1/customers/${survivor.id}/merge`, { body: { duplicateId: gone.id } })

    expect((await check(rep, { name: gone.name })).body.data[0]).toMatchObject({
      customerId: survivor.id,
      name: survivor.name,
      level: 'likely',
    })
    expect(await create(rep, { name: gone.name })).toMatchObject({ status: 409, body: { code: 'customer.duplicate-suspected' } })
  })
})

describe('many at once', () => {
  test('are refused one by one, with a token for each, and an upsert of the same customer is a change', async () => {
    const name = firmName()
    const items = [
      { name, externalId: `a-${name}` },
      { name: `${name} Ltd`, externalId: `b-${name}` },
    ]
    const batch = (operation: string, list: object[]) => as(rep)('/v1/customers/batch', { body: { operation, items: list } })

    const first = await batch('create', items)
    const { token } = first.body.results[1].body.override
    const second = await batch('upsert', [items[0]!, { ...items[1], duplicateOverride: { token, reason: 'x' } }])

    expect(first.body.results).toMatchObject([
      { status: 201 },
      { status: 409, body: { code: 'customer.duplicate', candidates: [{ name }] } },
    ])
    expect(second.body.results).toMatchObject([{ status: 200 }, { status: 201 }])
  })
})

describe('the token of an override', () => {
  const refusal = async (user: User) => {
    const phones = [firmPhone()]
    await customerOf(tenant, rep, { phones })
    const body = { name: firmName(), phones }
    const { override } = (await create(user, body)).body
    return { body, token: override.token as string }
  }
  const used = (user: User, body: object, token: string) => () => create(user, { ...body, duplicateOverride: { token, reason: 'x' } })
  const code = 'duplicate-override.invalid'

  test('serves who got it, for the same body in any order of its fields, in any of its ways in', async () => {
    const { body, token } = await refusal(rep)
    const reordered = Object.fromEntries(Object.entries(body).reverse())

    expect((await used(rep, reordered, token)()).status).toBe(201)
  })

  test('serves nobody else, no other body, and not when a byte of it was changed', async () => {
    const { body, token } = await refusal(rep)
    const at = Math.floor(token.length / 3)
    const tampered = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`

    await expectRefused(used(other, body, token), 422, code, '/duplicateOverride/token')
    await expectRefused(used(rep, { ...body, industry: 'valves' }, token), 422, code, '/duplicateOverride/token')
    for (const bad of [tampered, token.slice(0, -1), 'x', '..', `${token}.`]) await expectRefused(used(rep, body, bad), 422, code)
  })

  test('does not cover one that came to be suspected since', async () => {
    const { body, token } = await refusal(rep)
    const email = `a${firmPhone().slice(-6)}@qq.com`
    await customerOf(tenant, rep, { name: `${body.name}有限公司`, email })

    expect(await used(rep, body, token)()).toMatchObject({ status: 409, body: { code: 'customer.duplicate' } })
  })
})

test('of a customer in the pool it is said that it lies there, and nothing that the pool hides', async () => {
  const { id } = await pooledCustomer(tenant, { name: firmName(), phones: ['021-6111 2222'], email: 'secret@hidden.cn' })

  const { body } = await check(rep, { name: 'x', phones: ['02161112222'] })

  expect(body.data).toMatchObject([{ customerId: id, owner: null, pool: true }])
  expect(Object.keys(body.data[0]).sort()).toEqual(['customerId', 'level', 'name', 'owner', 'pool', 'reasons', 'score'])
})

test('who asks for others’ customers at a mining rate gets 429 and is told of; own customers are asked for without end', async () => {
  // All of it is in one ten minutes of the clock.
  vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 600_000) * 600_000 })
  onTestFinished(() => void vi.useRealTimers())
  const firm = await newTenant()
  const [miner, owner] = [await firm.user('rep'), await firm.user('rep')]
  // Names that have nothing in common, or asking for the one would show the other.
  const own = await customerOf(firm, miner, { name: '宝瑞海运' })
  const theirs = await customerOf(firm, owner, { name: '昌达精密仪器' })
  const ask = (name: string, user = miner) => partiesAs(firm, user)('/v1/customers/check-duplicates', { body: { name } })
  const statuses: number[] = []
  for (let i = 0; i < 12; i++)
    statuses.push(...(await Promise.all(Array.from({ length: 10 }, () => ask(theirs.name)))).map(({ status }) => status))

  const [beyond, ownStill, byAdmin] = [await ask(theirs.name), await ask(own.name), await ask(theirs.name, firm.admin)]

  expect(new Set(statuses)).toEqual(new Set([200]))
  expect(beyond).toMatchObject({ status: 429, body: { code: 'duplicate-check.rate-exceeded', retryable: true } })
  expect(Number(beyond.headers['retry-after'])).toBeGreaterThan(0)
  expect([ownStill.status, byAdmin.status]).toEqual([200, 200])
  expect((await partiesAs(firm, miner)('/v1/customers', { body: { name: theirs.name } })).status).toBe(409)
  const events = await listEvents(await firm.as(firm.admin), { limit: 5, sort: '-at', filter: { type: { eq: 'duplicate-check.limited' } } })
  expect(events.data).toMatchObject([{ subject: { type: 'user', id: miner.id }, data: { inTenMinutes: 121 } }])
})
