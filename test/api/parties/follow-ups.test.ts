import { expect, test } from 'vitest'
import { customerOf, day, partiesAs } from '../../support/parties.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

async function withFollowUps(tenant: TestTenant) {
  const rep = await tenant.user('rep')
  const customer = await customerOf(tenant, rep)
  const call = partiesAs(tenant, rep)
  const plan = async (dueOn: string, more: object = {}) =>
    (await call('/v1/follow-ups', { body: { customerId: customer.id, dueOn, subject: dueOn, ...more } })).body.id as string
  const ids = async (query: string) => (await call(`/v1/follow-ups?${query}`)).body.data.map((row: { id: string }) => row.id)
  return { rep, customer, call, plan, ids }
}

test('planning, moving, finishing and deleting follow-ups moves the next contact of the customer', async () => {
  const { customer, call, plan } = await withFollowUps(await newTenant())
  const next = async () => (await call(`/v1/customers/${customer.id}`)).body.nextContactOn
  const change = (id: string, body: object) => call(`/v1/follow-ups/${id}`, { method: 'PATCH', body })

  const [a, b] = [await plan(day(5)), await plan(day(3))]
  const planned = await next()
  await change(b, { dueOn: day(9) })
  const moved = await next()
  const done = await change(a, { status: 'done' })
  const finished = await next()
  const again = await change(a, { status: 'done' })
  const cancelled = await change(a, { status: 'cancelled' })
  const edited = await change(a, { subject: 'x' })
  const reopened = await change(a, { status: 'open', dueOn: day(1) })
  await call(`/v1/follow-ups/${a}`, { method: 'DELETE' })

  expect([planned, moved, finished]).toEqual([day(3), day(5), day(9)])
  expect(done).toMatchObject({ status: 200, body: { status: 'done', doneAt: expect.any(String) } })
  expect(again).toMatchObject({ status: 200, body: { version: done.body.version } })
  expect(cancelled).toMatchObject({ status: 409, body: { code: 'follow-up.state' } })
  expect(edited).toMatchObject({ status: 409, body: { code: 'follow-up.state' } })
  expect(reopened).toMatchObject({ status: 200, body: { status: 'open', dueOn: day(1), doneAt: null } })
  expect(await next()).toBe(day(9))
})

test('postponing counts from today when overdue, from the day itself when not, and only what is open', async () => {
  const { call, plan } = await withFollowUps(await newTenant())
  const [late, ahead] = [await plan(day(-30)), await plan(day(10))]
  const last = await plan('2199-12-30')
  const postpone = (id: string, days: unknown) => call(`/v1/follow-ups/${id}/postpone`, { body: { days } })

  expect((await postpone(late, 3)).body.dueOn).toBe(day(3))
  expect((await postpone(ahead, 365)).body.dueOn).toBe(day(375))
  expect(await postpone(last, 2)).toMatchObject({ status: 422, body: { code: 'follow-up.too-late' } })
  for (const days of [0, -1, 366, 1.5, '3', null]) expect((await postpone(ahead, days)).status).toBe(422)
  await call(`/v1/follow-ups/${late}`, { method: 'PATCH', body: { status: 'cancelled' } })
  expect(await postpone(late, 1)).toMatchObject({ status: 409, body: { code: 'follow-up.state' } })
})

test('the list by day, status and person', async () => {
  const { plan, ids } = await withFollowUps(await newTenant())
  const [a, b, c] = [await plan(day(-1)), await plan(day(0)), await plan(day(8))]
  const d = await plan(day(2), { status: 'done' })

  expect(await ids('')).toEqual([a, b, d, c])
  expect(await ids('sort=-dueOn')).toEqual([c, d, b, a])
  expect(await ids('filter[status]=open')).toEqual([a, b, c])
  expect(await ids('filter[status][in]=done,cancelled')).toEqual([d])
  expect(await ids(`filter[dueOn][lt]=${day(0)}`)).toEqual([a])
  expect(await ids(`filter[dueOn][lte]=${day(0)}`)).toEqual([a, b])
  expect(await ids(`filter[dueOn][gt]=${day(0)}`)).toEqual([d, c])
  expect(await ids(`filter[dueOn][eq]=${day(0)}`)).toEqual([b])
  expect(await ids(`filter[dueOn][between]=${day(0)},${day(2)}&filter[status][eq]=open`)).toEqual([b])
  expect(await ids(`filter[dueOn][gte]=${day(0)}&filter[dueOn][lt]=${day(8)}&filter[status][eq]=open`)).toEqual([b])
})

test('of one customer what is open comes by day and all in the order of planning, page by page', async () => {
  const tenant = await newTenant()
  const { customer, call, plan, ids } = await withFollowUps(tenant)
  const [a, b, c] = [await plan(day(4)), await plan(day(2)), await plan(day(6))]
  const d = await plan(day(1), { status: 'cancelled' })
  const own = `filter[customerId][eq]=${customer.id}`
  const paged = async (path: string) => {
    const found: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await call(`${path}${path.includes('?') ? '&' : '?'}limit=1${cursor}`)
      found.push(...body.data.map((row: { id: string }) => row.id))
      if (!body.page.next) return found
      cursor = `&cursor=${body.page.next}`
    }
  }

  expect(await paged(`/v1/follow-ups?${own}&filter[status][eq]=open`)).toEqual([b, a, c])
  expect(await paged(`/v1/customers/${customer.id}/follow-ups?filter[status][eq]=open&sort=-dueOn`)).toEqual([c, a, b])
  expect(await ids(`${own}&filter[status][eq]=open&filter[dueOn][gte]=${day(4)}`)).toEqual([a, c])
  expect(await ids(`${own}&filter[status][eq]=open&filter[ownerId][eq]=${tenant.admin.id}`)).toEqual([])
  expect(await ids(`${own}&filter[status]=open&filter[ownerId]=me`)).toEqual([b, a, c])
  expect(await paged(`/v1/follow-ups?${own}`)).toEqual([d, c, b, a])
  expect(await paged(`/v1/customers/${customer.id}/follow-ups?sort=createdAt`)).toEqual([a, b, c, d])
})

test('what no index serves, and what is no filter value, is 400 and says what is possible', async () => {
  const { customer, call } = await withFollowUps(await newTenant())
  const own = `filter[customerId][eq]=${customer.id}`
  const code = async (query: string) => {
    const { status, body } = await call(`/v1/follow-ups?${query}`)
    return [status, body.code]
  }

  expect(await code(`${own}&filter[status][eq]=done`)).toEqual([400, 'filter.unsupported'])
  expect(await code(`${own}&filter[dueOn][eq]=2026-01-01`)).toEqual([400, 'filter.unsupported'])
  expect(await code(`${own}&sort=dueOn`)).toEqual([400, 'sort.unsupported'])
  expect(await code('sort=createdAt')).toEqual([400, 'sort.unsupported'])
  expect(await code('filter[subject][eq]=x')).toEqual([400, 'filter.unsupported'])
  expect(await code('filter[dueOn][prefix]=2026')).toEqual([400, 'filter.unsupported'])
  expect(await code('filter[status][eq]=late')).toEqual([400, 'filter.invalid'])
  expect(await code('filter[dueOn][eq]=2026-02-30')).toEqual([400, 'filter.invalid'])
  expect(await code('filter[dueOn][between]=2026-02-01')).toEqual([400, 'filter.invalid'])
  expect(await code('limit=0')).toEqual([400, 'limit.invalid'])
  expect(await code('cursor=abc')).toEqual([400, 'cursor.invalid'])
  expect((await call(`/v1/follow-ups?${own}&filter[status][eq]=done`)).body.detail).toContain('status eq open')
})

test('a cursor serves only the list, filter and tenant it was made for', async () => {
  const tenant = await newTenant()
  const { customer, call, plan } = await withFollowUps(tenant)
  for (const offset of [1, 2, 3]) await plan(day(offset))
  const cursor = (await call('/v1/follow-ups?limit=1')).body.page.next as string
  const flipped = `${cursor.slice(0, 10)}${cursor[10] === 'A' ? 'B' : 'A'}${cursor.slice(11)}`
  const other = await withFollowUps(await newTenant())

  expect((await call(`/v1/follow-ups?limit=1&cursor=${cursor}`)).status).toBe(200)
  expect((await call(`/v1/follow-ups?limit=1&cursor=${flipped}`)).body.code).toBe('cursor.invalid')
  expect((await call(`/v1/follow-ups?limit=1&filter[status][eq]=open&cursor=${cursor}`)).body.code).toBe('cursor.invalid')
  expect((await call(`/v1/customers/${customer.id}/follow-ups?cursor=${cursor}`)).body.code).toBe('cursor.invalid')
  expect((await call(`/v1/contacts?cursor=${cursor}`)).body.code).toBe('cursor.invalid')
  expect((await other.call(`/v1/follow-ups?cursor=${cursor}`)).body.code).toBe('cursor.invalid')
})

test('a follow-up is given only to somebody in reach who may see the customer', async () => {
  const tenant = await newTenant()
  const manager = await tenant.user('manager')
  const rep = await tenant.user('rep', { managerId: manager.id })
  const colleague = await tenant.user('rep', { managerId: manager.id })
  const { id } = await customerOf(tenant, rep)
  const plan = (who: typeof rep, ownerId: string) =>
    partiesAs(tenant, who)('/v1/follow-ups', { body: { customerId: id, dueOn: day(1), subject: 's', ownerId } })

  expect(await plan(rep, manager.id)).toMatchObject({ status: 403, body: { code: 'owner.out-of-scope' } })
  expect(await plan(manager, colleague.id)).toMatchObject({ status: 422, body: { code: 'follow-up.owner-cannot-see' } })
  expect(await plan(manager, rep.id)).toMatchObject({ status: 201, body: { ownerId: rep.id } })
  expect(await plan(manager, 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3')).toMatchObject({ status: 404, body: { errors: [{ pointer: '/ownerId' }] } })
})

test('a customer has at most twenty open follow-ups, and one activity closes them all', async () => {
  const { customer, call, plan, ids } = await withFollowUps(await newTenant())
  for (let i = 0; i < 20; i++) await plan(day(-i))

  const one = await call('/v1/follow-ups', { body: { customerId: customer.id, dueOn: day(1), subject: 's' } })
  const logged = await call('/v1/activities', {
    body: { customerId: customer.id, kind: 'call', at: new Date().toISOString(), summary: 's', nextContactOn: day(1), externalId: 'e' },
    headers: { 'idempotency-key': 'k' },
  })

  expect(one).toMatchObject({ status: 409, body: { code: 'follow-up.too-many-open' } })
  expect(logged.status).toBe(201)
  expect(await ids('filter[status][eq]=open')).toHaveLength(1)
})
