import { expect, test } from 'vitest'
import { callAs } from '../../support/api.ts'
import { ago } from '../../support/parties.ts'
import { newTenant } from '../../support/tenant.ts'

const put = (body: unknown, headers: Record<string, string> = {}) => ({ method: 'PUT', body, headers })

test('an externalId that is new creates, one that is known changes, and what is left out stays', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const path = `/v1/customers/by-external-id/${encodeURIComponent('ERP#7/北')}`

  const first = await call(path, put({ name: 'Alder Timber', level: 'small', tags: ['fair'] }))
  const second = await call(path, put({ name: 'Alder Timber', tags: ['web'], externalId: 'ERP#7/北' }))
  const again = await call(path, put({ name: 'Alder Timber', tags: ['web'] }))

  expect(first).toMatchObject({ status: 201, headers: { etag: '"1"', location: `/v1/customers/${first.body.id}` } })
  expect(second).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { id: first.body.id, level: 'small', tags: ['web'] } })
  expect(second.headers.location).toBeUndefined()
  expect(again.body).toEqual(second.body)
  expect(again.body.externalId).toBe('ERP#7/北')
})

test('the version that is meant holds, and nothing is created where one was meant', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const path = '/v1/customers/by-external-id/E-1'
  await call(path, put({ name: 'Bright Optics' }))
  await call(path, put({ name: 'Bright Optics', level: 'small' }))

  const stale = await call(path, put({ name: 'Bright Optics', level: 'ordinary' }, { 'if-match': '"1"' }))
  const fresh = await call(path, put({ name: 'Bright Optics', level: 'ordinary' }, { 'if-match': '"2"' }))
  const missing = await call('/v1/customers/by-external-id/E-2', put({ name: 'Cobalt' }, { 'if-match': '"1"' }))

  expect(stale).toMatchObject({ status: 412, body: { code: 'version.mismatch', current: { version: 2, level: 'small', addresses: [] } } })
  expect(fresh).toMatchObject({ status: 200, body: { version: 3, level: 'ordinary' } })
  expect(missing).toMatchObject({ status: 404, body: { code: 'customer.not-found' } })
})

test('an externalId in the body that is not that of the address is refused', async () => {
  const { id, admin } = await newTenant()

  const answer = await callAs(id, admin)('/v1/customers/by-external-id/E-1', put({ name: 'Cobalt', externalId: 'E-2' }))

  expect(answer).toMatchObject({ status: 422, body: { code: 'external-id.differs', errors: [{ pointer: '/externalId' }] } })
})

test('an externalId in the address that no body could have is refused, and the list stays readable', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const upsertAs = (key: string) => call(`/v1/customers/by-external-id/${encodeURIComponent(key)}`, put({ name: 'Cobalt' }))

  const answers = await Promise.all(['x'.repeat(256), ' ', 'a\u0000b'].map(upsertAs))

  const refused = { status: 422, body: { code: 'input.invalid', errors: [{ pointer: '/externalId' }] } }
  expect(answers).toMatchObject([refused, refused, refused])
  expect(await call('/v1/customers')).toMatchObject({ status: 200, body: { data: [] } })
})

test('a record out of sight is 404 under its externalId as under its id, and stays as it was', async () => {
  const { id, admin, user } = await newTenant()
  const [rep, other] = [await user('rep'), await user('rep')]
  await callAs(id, rep)('/v1/customers/by-external-id/E-1', put({ name: 'Dahlia Foods' }))

  const answer = await callAs(id, other)('/v1/customers/by-external-id/E-1', put({ name: 'Stolen' }))

  expect(answer).toMatchObject({ status: 404, body: { code: 'customer.not-found' } })
  const kept = await callAs(id, admin)('/v1/customers?filter[externalId]=E-1')
  expect(kept.body.data[0]).toMatchObject({ name: 'Dahlia Foods', version: 1 })
})

test('what is fixed once it is created may be sent again as it is, and not otherwise', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const customer = (await call('/v1/customers', { body: { name: 'Elm Logistics' } })).body.id
  const elsewhere = (await call('/v1/customers', { body: { name: 'Fjord Shipping' } })).body.id
  const activity = { customerId: customer, kind: 'call', at: ago(5), summary: 'Rang', nextContactOn: '2027-01-05' }

  const logged = await call('/v1/activities/by-external-id/A-1', put(activity))
  const again = await call('/v1/activities/by-external-id/A-1', put({ ...activity, outcome: 'quote wanted' }))
  const moved = await call('/v1/activities/by-external-id/A-1', put({ ...activity, customerId: elsewhere }))
  const followUps = await call(`/v1/customers/${customer}/follow-ups`)

  expect([logged.status, again.status]).toEqual([201, 200])
  expect(again.body).toMatchObject({ version: 2, outcome: 'quote wanted' })
  expect(moved).toMatchObject({ status: 422, body: { code: 'activity.field-fixed', errors: [{ pointer: '/customerId' }] } })
  expect(followUps.body.data).toHaveLength(1)
})

test('of many at once with one new externalId, one creates and the others change what it made', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)

  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      call('/v1/users/by-external-id/HR-1', put({ name: `N${i}`, email: 'one@firm.example', roles: ['rep'] })),
    ),
  )

  expect(answers.map((answer) => answer.status).sort()).toEqual([...Array(9).fill(200), 201])
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  expect((await call('/v1/users')).body.data).toHaveLength(2)
})
