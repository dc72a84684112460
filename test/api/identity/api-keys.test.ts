import { describe, expect, test } from 'vitest'
import { callAs } from '../../support/api.ts'
import { callWith } from '../../support/signed-in.ts'
import { newTenant } from '../../support/tenant.ts'

const scopes = ['customers.read', 'customers.write']

test('a key is shown once, works within its scopes, and is never to be read again', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)

  const made = await call('/v1/api-keys', { body: { name: 'Web shop', scopes, test: true } })
  const bearer = `Bearer ${made.body.secret}`
  const read = await call(`/v1/api-keys/${made.body.id}`)
  const list = await call('/v1/api-keys')

  expect(made).toMatchObject({ status: 201, body: { scopes, userId: admin.id, hint: made.body.secret.slice(-4) } })
  expect(made.body.secret).toMatch(/^gx_test_[A-Za-z0-9_-]{43}$/)
  expect(read.status).toBe(200)
  for (const text of [JSON.stringify(read.body), JSON.stringify(list.body)]) {
    expect(text).not.toContain(made.body.secret)
    expect(text).not.toMatch(/[0-9a-f]{64}/)
  }
  expect(await callWith(bearer, '/v1/customers', { body: { name: 'By key' } })).toMatchObject({
    status: 201,
    body: { createdBy: made.body.id, ownerId: admin.id },
  })
  expect(await callWith(bearer, '/v1/contacts')).toMatchObject({ status: 403, body: { code: 'permission.missing' } })
  expect((await callWith(bearer, '/v1/me')).body.permissions).toEqual(scopes)
})

test('a rotated key works beside the new one, and ends with the next rotation', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const { body: key } = await call('/v1/api-keys', { body: { name: 'ERP', scopes } })
  const rotate = async () => (await call(`/v1/api-keys/${key.id}/rotate`, { method: 'POST' })).body.secret as string
  const status = async (secret: string) => (await callWith(`Bearer ${secret}`, '/v1/customers')).status

  const second = await rotate()
  const afterOne = [await status(key.secret), await status(second)]
  const third = await rotate()
  const afterTwo = [await status(key.secret), await status(second), await status(third)]

  expect(afterOne).toEqual([200, 200])
  expect(afterTwo).toEqual([401, 200, 200])
})

test('a revoked key ends, the former secret too', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const { body: key } = await call('/v1/api-keys', { body: { name: 'ERP', scopes } })
  const { body: rotated } = await call(`/v1/api-keys/${key.id}/rotate`, { method: 'POST' })
  expect((await callWith(`Bearer ${rotated.secret}`, '/v1/customers')).status).toBe(200)

  const revoked = await call(`/v1/api-keys/${key.id}`, { method: 'DELETE' })

  expect(revoked.status).toBe(204)
  for (const secret of [key.secret, rotated.secret])
    expect(await callWith(`Bearer ${secret}`, '/v1/customers')).toMatchObject({ status: 401, body: { code: 'token.invalid' } })
  expect((await call(`/v1/api-keys/${key.id}`)).status).toBe(404)
})

test('the keys of a leaver end with the leaver', async () => {
  const { id, admin, user } = await newTenant()
  const leaver = await user('admin')
  const { body: key } = await callAs(id, leaver)('/v1/api-keys', { body: { name: 'Mine', scopes } })
  expect((await callWith(`Bearer ${key.secret}`, '/v1/customers')).status).toBe(200)

  await callAs(id, admin)(`/v1/users/${leaver.id}`, { method: 'PATCH', body: { active: false } })

  expect(await callWith(`Bearer ${key.secret}`, '/v1/customers')).toMatchObject({ status: 401, body: { code: 'token.inactive' } })
})

test('a key loses with its user what that user loses', async () => {
  const { id, admin, user } = await newTenant()
  const maker = await user('admin')
  const { body: key } = await callAs(id, maker)('/v1/api-keys', { body: { name: 'Mine', scopes: ['users.write', 'customers.read'] } })

  await callAs(id, admin)(`/v1/users/${maker.id}`, { method: 'PATCH', body: { roles: ['rep'] } })

  expect(
    (await callWith(`Bearer ${key.secret}`, '/v1/users', { body: { name: 'x', email: 'x@y.example', roles: ['admin'] } })).status,
  ).toBe(403)
  expect((await callWith(`Bearer ${key.secret}`, '/v1/customers')).status).toBe(200)
})

describe('nobody gets more through a key than they have', () => {
  test('a key cannot make a wider one, nor rotate one, nor rotate itself into more', async () => {
    const { id, admin } = await newTenant()
    const call = callAs(id, admin)
    const { body: narrow } = await call('/v1/api-keys', { body: { name: 'Narrow', scopes: ['api-keys.write'] } })
    const { body: wide } = await call('/v1/api-keys', { body: { name: 'Wide', scopes: ['users.write'] } })
    const bearer = `Bearer ${narrow.secret}`

    const made = await callWith(bearer, '/v1/api-keys', { body: { name: 'More', scopes: ['api-keys.write', 'users.write'] } })
    const rotated = await callWith(bearer, `/v1/api-keys/${wide.id}/rotate`, { method: 'POST' })
    const itself = await callWith(bearer, `/v1/api-keys/${narrow.id}/rotate`, { method: 'POST' })

    expect(made).toMatchObject({ status: 403, body: { code: 'api-key.scope-exceeded', errors: [{ pointer: '/scopes/1' }] } })
    expect(rotated).toMatchObject({ status: 403, body: { code: 'api-key.scope-exceeded' } })
    expect(itself.status).toBe(200)
  })

  test('an admin revokes the key of a colleague, but cannot get a secret that speaks for the colleague', async () => {
    const { id, admin, user } = await newTenant()
    const colleague = await user('admin')
    const { body: key } = await callAs(id, colleague)('/v1/api-keys', { body: { name: 'Theirs', scopes } })
    const call = callAs(id, admin)

    const rotated = await call(`/v1/api-keys/${key.id}/rotate`, { method: 'POST' })
    const revoked = await call(`/v1/api-keys/${key.id}`, { method: 'DELETE' })

    expect(rotated).toMatchObject({ status: 403, body: { code: 'api-key.not-yours' } })
    expect(revoked.status).toBe(204)
  })

  test('somebody who was demoted a moment ago makes no key any more, whatever the cached identity says', async () => {
    const { id, admin, user } = await newTenant()
    const demoted = await user('admin')
    await callAs(id, admin)(`/v1/users/${demoted.id}`, { method: 'PATCH', body: { roles: ['rep'] } })

    const answer = await callAs(id, demoted)('/v1/api-keys', { body: { name: 'Late', scopes } })

    expect(answer).toMatchObject({ status: 403, body: { code: 'permission.missing' } })
  })

  test('somebody who was shut out a moment ago does not either', async () => {
    const { id, admin, user } = await newTenant()
    const gone = await user('admin')
    await callAs(id, admin)(`/v1/users/${gone.id}`, { method: 'PATCH', body: { active: false } })

    const answer = await callAs(id, gone)('/v1/api-keys', { body: { name: 'Late', scopes } })

    expect(answer).toMatchObject({ status: 401, body: { code: 'token.inactive' } })
  })
})

test('a refused deletion shows the key as everybody sees it, without its hash', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const { body: key } = await call('/v1/api-keys', { body: { name: 'ERP', scopes } })

  const answer = await call(`/v1/api-keys/${key.id}`, { method: 'DELETE', headers: { 'if-match': '"7"' } })

  expect(answer).toMatchObject({ status: 412, body: { code: 'version.mismatch', current: { id: key.id, version: 1 } } })
  expect(JSON.stringify(answer.body)).not.toMatch(/hash|[0-9a-f]{64}/)
})

test('a repeated creation answers the same key without its secret', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const headers = { 'idempotency-key': 'once' }
  const create = () => call('/v1/api-keys', { body: { name: 'Once', scopes }, headers })

  const answers = await Promise.all([create(), create(), create()])
  const list = await call('/v1/api-keys')

  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  expect(answers.filter(({ body }) => body.secret !== null)).toHaveLength(1)
  expect(list.body.data).toHaveLength(1)
})

test('an action without input takes the empty object that many clients send, and nothing else', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const { body: key } = await call('/v1/api-keys', { body: { name: 'ERP', scopes } })

  const empty = await call(`/v1/api-keys/${key.id}/rotate`, { body: {} })
  const full = await call(`/v1/api-keys/${key.id}/rotate`, { body: { days: 1 } })
  const list = await call(`/v1/api-keys/${key.id}/rotate`, { body: [] })

  expect(empty.status).toBe(200)
  expect(full).toMatchObject({ status: 422, body: { code: 'body.unexpected' } })
  expect(list).toMatchObject({ status: 422, body: { code: 'body.unexpected' } })
})
