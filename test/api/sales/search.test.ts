import { beforeAll, describe, expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import { documentLimits } from '../../../domain/sales/document/search-documents.ts'
import { searchOrders } from '../../../domain/sales/order/search-orders.ts'
import { handler as rekeyDocuments } from '../../../functions/consumers/sales/rekey-documents-on-customer-owner-changed.ts'
import { deliver } from '../../support/deliver.ts'
import { customerOf, day, partiesAs } from '../../support/parties.ts'
import { confirmedOrder, lineOf, orderOf, productOf, salesAs, shipmentOf } from '../../support/sales.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let firm: TestTenant
let rep: User
let other: User
let assistant: User
let plug: { id: string }
let mine: { id: string }
const ids: Record<string, string> = {}

beforeAll(async () => {
  firm = await newTenant({ currency: 'CNY' })
  ;[rep, other, assistant] = [await firm.user('rep'), await firm.user('rep'), await firm.user('assistant')]
  plug = await productOf(firm)
  const cable = await productOf(firm, { sku: 'FPC-1', name: 'FPC 排线', listPrice: '0.64' })
  mine = await customerOf(firm, rep)
  const theirs = await customerOf(firm, other)
  const shared = await customerOf(firm, other, { teamMembers: [{ userId: rep.id, access: 'read' }] })
  const released = await customerOf(firm, rep)
  const of = (product: { id: string }, quantity: string, more = {}) => ({ productId: product.id, quantity, unitPrice: '10', ...more })
  const make = async (name: string, user: User, customerId: string, more: Record<string, unknown>, confirms = true) => {
    ids[name] = (await (confirms ? confirmedOrder : orderOf)(firm, user, customerId, more)).id
  }
  await make('big', rep, mine.id, { lines: [of(plug, '500')], customerPo: 'PO-8812', orderedOn: day(-40), deliverOn: day(-3) })
  await make('small', rep, mine.id, { lines: [of(cable, '3')], orderedOn: day(-2), deliverOn: day(5) })
  await make('draft', rep, mine.id, { lines: [lineOf('1', '2', { model: 'BTB-40P', description: '样品' })], notes: '加急' }, false)
  await make('theirs', other, theirs.id, { lines: [of(plug, '9')], customerPo: 'PO-8899' })
  await make('shared', other, shared.id, { lines: [of(plug, '8')] })
  await make('released', rep, released.id, { lines: [of(plug, '7')] }, false)
  await partiesAs(firm, rep)(`/v1/customers/${released.id}/release`, { body: { reason: '不做了' } })
  await deliver(await firm.as(firm.admin), rekeyDocuments, ['customer.owner-changed'])
  const { body: quote } = await salesAs(firm, rep)('/v1/quotes', { body: { customerId: mine.id, lines: [of(plug, '4')] } })
  ids.quote = quote.id
  const { id } = await shipmentOf(firm, rep, { customerId: mine.id, trackingNumber: 'SF10203', lines: [of(cable, '1')], dispatch: true })
  ids.shipment = id
})

const nameOf = (id: string) => Object.keys(ids).find((name) => ids[name] === id) ?? id
const found = async (user: User, body: object, noun = 'orders'): Promise<string[]> => {
  const answer = await salesAs(firm, user)(`/v1/${noun}/search`, { body: { sort: 'createdAt', ...body } })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  expect(answer.body.total).toBe(answer.body.data.length)
  return answer.body.data.map(({ id }: { id: string }) => nameOf(id))
}
const where = (field: string, op: string, value: unknown) => ({ field, op, value })

describe('orders are found by', () => {
  const cases: [string, () => object, string[]][] = [
    ['nothing but who sees them', () => ({}), ['big', 'small', 'draft', 'shared']],
    ['a product', () => ({ where: where('lines.productId', 'contains', plug.id) }), ['big', 'shared']],
    ['no such product', () => ({ where: { not: where('lines.productId', 'contains', plug.id) } }), ['small', 'draft']],
    ['a part of the number of the customer', () => ({ text: '88 po' }), ['big']],
    ['a status', () => ({ where: where('status', 'in', ['draft', 'cancelled']) }), ['draft']],
    ['a day', () => ({ where: { and: [where('orderedOn', 'gte', 'today-2'), where('orderedOn', 'lt', 'today')] } }), ['small']],
    ['being late', () => ({ where: where('deliverOn', 'lt', 'today') }), ['big']],
    ['an amount', () => ({ where: where('total.amount', 'gt', 4000) }), ['big']],
    ['a model', () => ({ where: where('lines.model', 'contains', 'btb-40p') }), ['draft']],
    [
      'a note or an amount',
      () => ({ where: { or: [where('notes', 'contains', '加急'), where('total.amount', 'lt', 31)] } }),
      ['small', 'draft'],
    ],
    ['a customer', () => ({ where: where('customerId', 'eq', mine.id) }), ['big', 'small', 'draft']],
    ['their owner', () => ({ where: where('ownerId', 'eq', other.id) }), ['shared']],
    ['an order of amounts', () => ({ sort: '-total.amount' }), ['big', 'shared', 'small', 'draft']],
  ]
  test.each(cases)('%s', async (_by, body, names) => {
    expect(await found(rep, body())).toEqual(names)
  })
})

test('every role finds what it sees: others their own, who sees all everything but what lies in the pool, who keeps the pools that too', async () => {
  const product = { where: where('lines.productId', 'contains', plug.id) }
  const [byOther, byAssistant, byAdmin] = await Promise.all([other, assistant, firm.admin].map((user) => found(user, product)))

  expect(byOther).toEqual(['theirs', 'shared'])
  expect(byAssistant).toEqual(['big', 'theirs', 'shared'])
  expect(byAdmin).toEqual(['big', 'theirs', 'shared', 'released'])
  expect(await found(rep, { where: where('customerId', 'in', [mine.id, 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3']) })).toHaveLength(3)
})

test('quotes and shipments are searched alike; a page goes on by its cursor and shows what was asked for', async () => {
  const search = salesAs(firm, rep)

  const quotes = await found(
    rep,
    { where: { and: [where('status', 'eq', 'draft'), where('lines.productId', 'contains', plug.id)] } },
    'quotes',
  )
  const shipments = await found(rep, { text: 'sf102', where: where('status', 'eq', 'dispatched') }, 'shipments')
  const first = (await search('/v1/orders/search', { body: { limit: 3, fields: ['total'], sort: '-orderedOn' } })).body
  const second = (await search('/v1/orders/search', { body: { limit: 3, cursor: first.page.next, sort: '-orderedOn' } })).body

  expect([quotes, shipments]).toEqual([['quote'], ['shipment']])
  expect([first.total, first.data.length, second.data.map(({ id }: { id: string }) => nameOf(id))]).toEqual([4, 3, ['big']])
  expect(Object.keys(first.data[0])).toEqual(['id', 'total'])
  expect(second.data[0]).not.toHaveProperty('lines')
})

test('a list of one customer takes a product; other lists name the search, and a search says what it cannot', async () => {
  const call = salesAs(firm, rep)
  const listed = await call(`/v1/customers/${mine.id}/orders?filter[productId]=${plug.id}`)
  const refusals = await Promise.all([
    call(`/v1/orders?filter[productId]=${plug.id}`),
    call('/v1/orders/search', { body: { where: where('unitCost', 'gt', 1) } }),
    call('/v1/orders/search', { body: { where: where('status', 'eq', 'lost') } }),
    call('/v1/orders/search', { body: { sort: 'lines.model' } }),
    call('/v1/quotes/search', { body: { cursor: 'x' } }),
  ])

  expect(listed.body.data.map(({ id }: { id: string }) => nameOf(id))).toEqual(['big'])
  expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
    [400, 'filter.unsupported'],
    [422, 'search.unknown-field'],
    [422, 'search.invalid-value'],
    [422, 'search.invalid-sort'],
    [400, 'cursor.invalid'],
  ])
  expect(refusals[0]!.body.detail).toContain('POST /v1/orders/search')
})

test('a search that would read too much says what to narrow it by, and does when it is narrowed', async () => {
  const ctx = await firm.as(rep)
  const limits = { ...documentLimits, documents: 3 }
  const recent = { where: { field: 'orderedOn', op: 'gte' as const, value: 'today-2' } }

  await expect(searchOrders(ctx, {}, limits)).rejects.toMatchObject({ code: 'search.too-large' })
  await expect(searchOrders(ctx, recent, limits)).resolves.toMatchObject({ total: 3 })
})
