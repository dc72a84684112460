import { describe, expect, test } from 'vitest'
import { openOfAll, postings, postingsOfAll } from '../../../domain/finance/index.ts'
import { recordOf } from '../../../domain/store/entity.ts'
import { queryAll } from '../../../domain/store/query.ts'
import { cny, financeAs, receivableOf } from '../../support/finance.ts'
import { customerOf, day, partiesAs } from '../../support/parties.ts'
import { orderOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

async function firm(settings: Record<string, unknown> = {}) {
  const tenant = await newTenant(settings)
  const ctx = await tenant.as(tenant.admin)
  const call = financeAs(tenant, tenant.admin)
  const customer = await customerOf(tenant, tenant.admin)
  const create = (more: Record<string, unknown> = {}) =>
    call('/v1/receivables', { body: { customerId: customer.id, issuedOn: '2026-01-01', dueOn: '2026-01-31', amount: cny(100), ...more } })
  return { tenant, ctx, call, customer, create }
}

test('a receivable is entered, read, listed and stands in the books on its own date', async () => {
  const { ctx, call, customer, create } = await firm()

  const created = await create({ externalId: 'E-1', notes: '期初' })
  const read = await call(created.headers.location!)
  const credit = await call(`/v1/customers/${customer.id}/credit`)
  const posted = (await queryAll(ctx, postingsOfAll('2026-01'))).map((item) => recordOf(postings, item))

  expect(created).toMatchObject({
    status: 201,
    body: {
      number: 'AR202601-0001',
      amount: cny(100),
      settled: cny(0),
      outstanding: cny(100),
      exchangeRate: '1',
      status: 'overdue',
      bucket: 'over180',
      ownerId: customer.ownerId,
      disputed: null,
      promise: null,
    },
  })
  expect(read.body).toEqual(created.body)
  expect((await call('/v1/receivables?filter[externalId]=E-1')).body.data).toEqual([created.body])
  expect(credit.body).toMatchObject({ receivable: cny(100), exposure: cny(100), overdue: { amount: cny(100), count: 1 } })
  expect(await openOfAll(ctx)).toMatchObject([{ id: created.body.id, balance: 10_000, base: 10_000, currency: 'CNY', dueOn: '2026-01-31' }])
  const part = { receivableId: created.body.id, amount: 10_000, base: 10_000, issuedOn: '2026-01-01', dueOn: '2026-01-31' }
  expect(posted).toMatchObject([{ on: '2026-01-01', kind: 'opening', receivable: 10_000, unallocated: 0, parts: [part] }])
})

test.each([
  [-1, 0, 'open', 'notDue'],
  [0, 0, 'open', 'notDue'],
  [1, 1, 'overdue', 'd1to30'],
  [30, 30, 'overdue', 'd1to30'],
  [31, 31, 'overdue', 'd31to60'],
  [60, 60, 'overdue', 'd31to60'],
  [61, 61, 'overdue', 'd61to90'],
  [90, 90, 'overdue', 'd61to90'],
  [91, 91, 'overdue', 'd91to180'],
  [180, 180, 'overdue', 'd91to180'],
  [181, 181, 'overdue', 'over180'],
])('%i days after its due date it is %i days overdue, %s, %s', async (after, daysOverdue, status, bucket) => {
  const { create } = await firm()

  const { body } = await create({ dueOn: day(-after) })

  expect(body).toMatchObject({ daysOverdue, status, bucket })
})

test('a foreign receivable keeps its rate, and the books have it in their own currency', async () => {
  const { call, customer, create } = await firm()

  const created = await create({ amount: { amount: '100.00', currency: 'USD' }, exchangeRate: '7.1234' })
  const credit = await call(`/v1/customers/${customer.id}/credit`)

  expect(created.body).toMatchObject({ exchangeRate: '7.1234', outstanding: { amount: '100.00', currency: 'USD' } })
  expect(credit.body.receivable).toEqual(cny('712.34'))
})

test('a dispute and a promise are said about it, and what is posted never changes', async () => {
  const { call, create } = await firm()
  const { headers } = await create()
  const patch = (body: object) => call(headers.location!, { method: 'PATCH', body })

  const said = await patch({ promise: { on: day(3), amount: cny(50) }, disputed: { since: day(-1), reason: '数量不符' } })
  const settled = await patch({ disputed: null })

  expect(said.body).toMatchObject({ promise: { on: day(3), amount: cny(50) }, disputed: { reason: '数量不符' }, version: 2 })
  expect(settled.body).toMatchObject({ disputed: null, version: 3 })
  expect(await patch({ amount: cny(1) })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/amount', code: 'receivable.field-fixed' }] },
  })
  expect(await patch({ promise: { on: '2025-12-31' } })).toMatchObject({ status: 422, body: { code: 'receivable.promise-before-issued' } })
  expect(await patch({ disputed: { since: day(1), reason: 'x' } })).toMatchObject({ status: 422, body: { code: 'date.in-future' } })
})

describe('the list', () => {
  test('stands in the order of due dates, by state, owner, customer, order and number', async () => {
    const { tenant, call, customer } = await firm()
    const rep = await tenant.user('rep')
    const theirs = await customerOf(tenant, rep, { name: '别家' })
    const { id: orderId } = await orderOf(tenant, tenant.admin, customer.id)
    const numbers = (path: string) => call(path).then(({ body }) => body.data.map((row: { number: string }) => row.number))
    await receivableOf(tenant, tenant.admin, customer.id, 1, { number: 'C', dueOn: day(20) })
    await receivableOf(tenant, tenant.admin, customer.id, 1, { number: 'A', dueOn: day(-3), orderId })
    await receivableOf(tenant, tenant.admin, theirs.id, 1, { number: 'B', dueOn: day(1) })
    const list = '/v1/receivables'

    expect(await numbers(list)).toEqual(['A', 'B', 'C'])
    expect(await numbers(`${list}?sort=-dueOn`)).toEqual(['C', 'B', 'A'])
    expect(await numbers(`${list}?filter[status]=open`)).toEqual(['A', 'B', 'C'])
    expect(await numbers(`${list}?filter[status]=overdue`)).toEqual(['A'])
    expect(await numbers(`${list}?filter[status]=settled`)).toEqual([])
    expect(await numbers(`${list}?filter[ownerId]=${rep.id}`)).toEqual(['B'])
    expect(await numbers(`${list}?filter[dueOn][between]=${day(0)},${day(1)}`)).toEqual(['B'])
    expect(await numbers(`${list}?filter[dueOn][gt]=${day(1)}`)).toEqual(['C'])
    expect(await numbers(`${list}?filter[orderId]=${orderId}`)).toEqual(['A'])
    expect(await numbers(`${list}?filter[number]=B`)).toEqual(['B'])
    expect(await numbers(`${list}?filter[customerId]=${customer.id}`)).toEqual(['A', 'C'])
    expect(await numbers(`${list}?filter[customerId]=${customer.id}&filter[status]=overdue`)).toEqual(['A'])
    expect(await numbers(`/v1/customers/${customer.id}/receivables?filter[status]=open&sort=-dueOn`)).toEqual(['C', 'A'])
    expect((await call(`${list}?filter[status]=late`)).body.code).toBe('filter.invalid')
    expect((await call(`${list}?filter[customerId]=${customer.id}&filter[status]=settled`)).body.code).toBe('filter.unsupported')
  })

  test('goes on by cursor, also over what is open of one customer', async () => {
    const { tenant, call, customer } = await firm()
    for (const offset of [3, 1, 2]) await receivableOf(tenant, tenant.admin, customer.id, 1, { number: `N${offset}`, dueOn: day(offset) })
    const paged = async (path: string) => {
      const first = await call(`${path}&limit=2`)
      const second = await call(`${path}&limit=2&cursor=${encodeURIComponent(first.body.page.next)}`)
      return [...first.body.data, ...second.body.data, second.body.page.next].map((row) => row?.number ?? row)
    }

    expect(await paged('/v1/receivables?filter[status]=open')).toEqual(['N1', 'N2', 'N3', null])
    expect(await paged(`/v1/receivables?filter[status]=open&filter[customerId]=${customer.id}`)).toEqual(['N1', 'N2', 'N3', null])
    expect(await paged(`/v1/receivables?filter[customerId]=${customer.id}`)).toEqual(['N1', 'N2', 'N3', null])
  })

  test('shows a rep its own customers only, and the books of pool customers to finance', async () => {
    const { tenant, customer } = await firm()
    const [rep, finance] = [await tenant.user('rep'), await tenant.user('finance')]
    const mine = await receivableOf(tenant, tenant.admin, customer.id, 1)
    const pooled = await customerOf(tenant, tenant.admin, { name: '公海客户', ownerId: null })
    const asFinance = financeAs(tenant, finance)
    const opened = await receivableOf(tenant, finance, pooled.id, 5)

    expect((await financeAs(tenant, rep)('/v1/receivables')).body.data).toEqual([])
    expect((await financeAs(tenant, rep)(`/v1/receivables/${mine.id}`)).status).toBe(404)
    expect((await financeAs(tenant, rep)('/v1/receivables', { body: {} })).status).toBe(403)
    expect((await asFinance('/v1/receivables?filter[status]=open')).body.data).toHaveLength(2)
    expect((await asFinance(`/v1/receivables/${opened.id}`)).body).toMatchObject({ ownerId: null, outstanding: cny(5) })
  })
})

test('a customer is sent by external id once, however often', async () => {
  const { call, customer } = await firm()
  const body = { customerId: customer.id, issuedOn: '2026-01-01', dueOn: '2026-01-31', amount: cny(100), number: 'I-1' }
  const put = (more = {}) => call('/v1/receivables/by-external-id/E-7', { method: 'PUT', body: { ...body, ...more } })

  const [created, again, other] = [await put(), await put({ notes: 'seen' }), await put({ amount: cny(99) })]

  expect([created.status, again.status, again.body.notes]).toEqual([201, 200, 'seen'])
  expect(other).toMatchObject({ status: 422, body: { code: 'receivable.field-fixed' } })
})

test('a customer with books is not deleted', async () => {
  const { tenant, customer, create } = await firm()
  await create()

  const refused = await partiesAs(tenant, tenant.admin)(`/v1/customers/${customer.id}`, { method: 'DELETE' })

  expect(refused).toMatchObject({ status: 409, body: { code: 'customer.has-books' } })
})
