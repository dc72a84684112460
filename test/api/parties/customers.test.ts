import { expect, test } from 'vitest'
import { handler } from '../../../functions/http/parties/index.ts'
import { caller } from '../../support/call.ts'
import { newTenant } from '../../support/tenant.ts'

test('a customer is created, read, changed and deleted', async () => {
  const { id, admin } = await newTenant()
  const call = caller(handler, id, admin)

  const created = await call('/v1/customers', { body: { name: '明辉贸易', nextContactOn: '2026-12-01', tags: ['a'] } })
  const read = await call(created.headers.location!)
  const changed = await call(created.headers.location!, {
    method: 'PATCH',
    body: { level: 'small', tags: null, nextContactOn: '2026-12-05' },
  })
  const stale = await call(created.headers.location!, { method: 'PATCH', body: { level: 'ordinary' }, headers: { 'if-match': '"1"' } })
  const removed = await call(created.headers.location!, { method: 'DELETE' })
  const gone = await call(created.headers.location!)

  expect(created).toMatchObject({
    status: 201,
    body: { name: '明辉贸易', nextContactOn: '2026-12-01', ownerId: admin.id, version: 1, shortName: null },
  })
  expect(read).toMatchObject({ status: 200, body: created.body, headers: { etag: '"1"' } })
  expect(changed).toMatchObject({ status: 200, body: { level: 'small', tags: [], nextContactOn: '2026-12-05', version: 2 } })
  expect(stale).toMatchObject({ status: 412, body: { code: 'version.mismatch', current: { version: 2, level: 'small' } } })
  expect(removed.status).toBe(204)
  expect(gone).toMatchObject({ status: 404, body: { code: 'customer.not-found' } })
})

test('a repeated request with the same key gets the first answer, another body is refused', async () => {
  const { id, admin } = await newTenant()
  const call = caller(handler, id, admin)
  const headers = { 'idempotency-key': 'k1' }

  const answers = await Promise.all(Array.from({ length: 8 }, () => call('/v1/customers', { body: { name: 'Once' }, headers })))
  const other = await call('/v1/customers', { body: { name: 'Twice' }, headers })
  const list = await call('/v1/customers')

  expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(201))
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  expect(answers.filter((answer) => answer.headers['idempotent-replayed'] === 'true')).toHaveLength(7)
  expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.key-reused' } })
  expect(list.body.data).toHaveLength(1)
})

test('a rep sees the own customers, the manager the team, the admin all, page by page', async () => {
  const { id, admin, user } = await newTenant()
  const manager = await user('manager')
  const rep = await user('rep', { managerId: manager.id })
  const other = await user('rep')
  const create = async (owner: typeof rep, name: string) =>
    (await caller(handler, id, owner)('/v1/customers', { body: { name } })).body.id as string
  const ids = [await create(rep, 'a'), await create(other, 'b'), await create(manager, 'c'), await create(rep, 'd')]

  const seen = async (who: typeof rep) => {
    const call = caller(handler, id, who)
    const first = await call('/v1/customers?limit=2')
    const second = first.body.page.next ? (await call(`/v1/customers?limit=2&cursor=${first.body.page.next}`)).body.data : []
    return [...first.body.data, ...second].map((customer: { id: string }) => customer.id)
  }

  expect(await seen(rep)).toEqual([ids[3], ids[0]])
  expect(await seen(manager)).toEqual([ids[3], ids[2], ids[0]])
  expect(await seen(admin)).toEqual([...ids].reverse())
  expect((await caller(handler, id, other)(`/v1/customers/${ids[0]}`)).status).toBe(404)
})

test('a repeated request is the same one however its client writes the JSON', async () => {
  const { id, admin } = await newTenant()
  const call = caller(handler, id, admin)
  const send = (rawBody: string) => call('/v1/customers', { method: 'POST', rawBody, headers: { 'idempotency-key': 'k1' } })

  const first = await send('{"name":"Once","billing":{"title":"t","bank":"b"},"tags":["a","b"]}')
  const again = await send('{ "tags": ["a", "b"], "billing": { "bank": "b", "title": "t" }, "name": "Once" }')
  const other = await send('{"name":"Once","billing":{"title":"t","bank":"b"},"tags":["b","a"]}')

  expect(again).toMatchObject({ status: 201, body: { id: first.body.id }, headers: { 'idempotent-replayed': 'true' } })
  expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.key-reused' } })
})
