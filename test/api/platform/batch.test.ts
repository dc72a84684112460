import { expect, test } from 'vitest'
import { listCustomers } from '../../../domain/parties/customer/list-customers.ts'
import { customerKind } from '../../../domain/parties/record-kinds.ts'
import { runBatch } from '../../../domain/platform/bulk/run-batch.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { once } from '../../../domain/store/once.ts'
import { callAs } from '../../support/api.ts'
import { killedUntilDone } from '../../support/killed.ts'
import { newTenant } from '../../support/tenant.ts'

const names = ['Alder Timber', 'Bright Optics', 'Cobalt Mining', 'Dahlia Foods', 'Elm Logistics', 'Fjord Shipping', 'Garnet Tools']
const customers = (...indexes: number[]) => indexes.map((i) => ({ name: names[i]!, externalId: `E-${i}` }))

async function world() {
  const tenant = await newTenant()
  const call = callAs(tenant.id, tenant.admin)
  const batch = (noun: string, body: object, headers: Record<string, string> = {}) => call(`/v1/${noun}/batch`, { body, headers })
  const create = async (name: string, more: object = {}) => (await call('/v1/customers', { body: { name, ...more } })).body
  return { ...tenant, call, batch, create }
}

const statuses = (answer: { body: { results: { status: number }[] } }) => answer.body.results.map((result) => result.status)

test('each item is answered in its place as its single request would have been', async () => {
  const { batch, call } = await world()

  const answer = await batch('customers', {
    operation: 'create',
    items: [...customers(0), { level: 'small' }, ...customers(1), { name: 'Again', externalId: 'E-0' }, { name: 'x', colour: 'red' }],
  })

  expect(statuses(answer)).toEqual([201, 422, 201, 409, 422])
  const [first, nameless, , taken, unknown] = answer.body.results.map((result: { body: unknown }) => result.body)
  expect(first).toMatchObject({ name: names[0], version: 1, tags: [] })
  expect(nameless).toMatchObject({
    code: 'input.invalid',
    errors: [{ pointer: '/name', code: 'required' }],
    requestId: answer.headers['x-request-id'],
  })
  expect(taken.code).toBe('customer.external-id-taken')
  expect(unknown.errors).toEqual([expect.objectContaining({ pointer: '/colour', code: 'unknown-property' })])
  expect((await call('/v1/customers')).body.data).toHaveLength(2)
})

test('update takes the id with the changes, and a version that must still be the present one', async () => {
  const { batch, create } = await world()
  const [one, two] = [await create(names[0]!), await create(names[1]!)]

  const answer = await batch('customers', {
    operation: 'update',
    items: [
      { id: one.id, level: 'small', version: 1 },
      { id: one.id, level: 'ordinary', version: 1 },
      { id: two.id, tags: ['web'] },
      { id: 'cus_nothing', level: 'small' },
      { level: 'small' },
    ],
  })

  expect(statuses(answer)).toEqual([200, 412, 200, 404, 422])
  expect(answer.body.results[1].body.current).toMatchObject({ version: 2, level: 'small', aliases: [] })
})

test('upsert creates and changes; the same key twice in one batch is one record', async () => {
  const { batch, call } = await world()

  const answer = await batch('customers', {
    operation: 'upsert',
    items: [...customers(0, 1), { ...customers(0)[0], level: 'small' }, { name: 'No key' }],
  })

  expect(statuses(answer)).toEqual([201, 201, 200, 422])
  expect(answer.body.results[2].body).toMatchObject({ id: answer.body.results[0].body.id, level: 'small', version: 2 })
  expect((await call('/v1/customers')).body.data).toHaveLength(2)
})

test('delete answers 204 for each; it is refused to whom it is refused one by one, and where nothing is ever deleted', async () => {
  const { id, batch, create, user, call } = await world()
  const rep = await user('rep')
  const [one, two] = [await create(names[0]!), await create(names[1]!)]
  const items = [{ id: one.id, version: 1 }, { id: two.id, version: 7 }, { id: one.id }]

  const byRep = await callAs(id, rep)('/v1/customers/batch', { body: { operation: 'delete', items } })
  const answer = await batch('customers', { operation: 'delete', items })
  const users = await batch('users', { operation: 'delete', items: [{ id: rep.id }] })

  expect(byRep).toMatchObject({ status: 403, body: { code: 'permission.missing' } })
  expect(statuses(answer)).toEqual([204, 412, 404])
  expect(answer.body.results[0].body).toBeNull()
  expect(users).toMatchObject({ status: 422, body: { code: 'batch.operation-unsupported', errors: [{ pointer: '/operation' }] } })
  expect((await call('/v1/customers')).body.data.map((customer: { id: string }) => customer.id)).toEqual([two.id])
})

test('every item is held to what its caller may see and change', async () => {
  const { id, create, user, call } = await world()
  const [rep, other] = [await user('rep'), await user('rep')]
  const own = await create(names[0]!, { ownerId: rep.id })
  const theirs = await create(names[1]!, { ownerId: other.id })
  const shared = await create(names[2]!, { ownerId: other.id, teamMembers: [{ userId: rep.id, access: 'read' }] })
  const contact = (customerId: string) => ({ customerId, name: 'Li' })

  const answer = await callAs(id, rep)('/v1/contacts/batch', {
    body: { operation: 'create', items: [own, theirs, shared].map((c) => contact(c.id)) },
  })

  expect(statuses(answer)).toEqual([201, 404, 403])
  expect((await call('/v1/contacts')).body.data).toHaveLength(1)
})

test('an atomic batch does all or nothing, and says which item stood in the way', async () => {
  const { batch, create, call } = await world()
  await create('Holder', { externalId: 'E-2' })

  const invalid = await batch('customers', { operation: 'create', atomic: true, items: [...customers(0, 1), { level: 'small' }] })
  const taken = await batch('customers', { operation: 'create', atomic: true, items: customers(0, 1, 2, 3) })
  const twice = await batch('customers', {
    operation: 'create',
    atomic: true,
    items: [...customers(0, 1), { name: 'x', externalId: 'E-0' }],
  })
  const nothing = (await call('/v1/customers')).body.data.length
  const done = await batch('customers', { operation: 'create', atomic: true, items: customers(0, 1, 3) })

  expect(invalid).toMatchObject({ status: 422, body: { code: 'input.invalid', errors: [{ pointer: '/items/2/name' }] } })
  expect(taken).toMatchObject({ status: 409, body: { code: 'customer.external-id-taken', errors: [{ pointer: '/items/2/externalId' }] } })
  expect(twice).toMatchObject({ status: 409, body: { errors: [{ pointer: '/items/2/externalId' }] } })
  expect(nothing).toBe(1)
  expect(statuses(done)).toEqual([201, 201, 201])
})

test('of atomic upserts of the same keys at the same time one creates and the others change', async () => {
  const { batch, call } = await world()
  const user = (i: number) => ({ externalId: `U-${i}`, name: `N${i}`, email: `n${i}@firm.example`, roles: ['rep'] })
  const body = { operation: 'upsert', atomic: true, items: [user(0), user(1)] }

  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => batch('users', body)))

  expect(answers.flatMap(statuses).filter((status) => status === 201)).toHaveLength(2)
  expect(new Set(answers.flatMap(statuses))).toEqual(new Set([200, 201]))
  expect((await call('/v1/users')).body.data).toHaveLength(3)
})

test('items of one atomic batch that concern the same customer build on each other', async () => {
  const { batch, create, call } = await world()
  const customer = await create(names[0]!)
  const items = ['Li', 'Wang', 'Zhao'].map((name) => ({ customerId: customer.id, name, primary: true }))

  const created = await batch('contacts', { operation: 'create', atomic: true, items })
  const planned = await batch('follow-ups', {
    operation: 'upsert',
    atomic: true,
    items: ['2027-03-01', '2027-02-01'].map((dueOn, i) => ({ externalId: `F-${i}`, customerId: customer.id, dueOn, subject: 'Ring' })),
  })

  expect([statuses(created), statuses(planned)]).toEqual([
    [201, 201, 201],
    [201, 201],
  ])
  const contacts = (await call(`/v1/customers/${customer.id}/contacts?sort=createdAt`)).body.data
  expect(contacts.map((contact: { primary: boolean }) => contact.primary)).toEqual([false, false, true])
  expect((await call(`/v1/customers/${customer.id}`)).body.nextContactOn).toBe('2027-02-01')
})

test('what one transaction cannot hold is refused with what it can', async () => {
  const { batch, call } = await world()
  const items = Array.from({ length: 60 }, (_, i) => ({ name: `N${i}`, email: `n${i}@firm.example`, roles: ['rep'], externalId: `U-${i}` }))

  const refused = await batch('users', { operation: 'create', atomic: true, items })
  const { maximum } = refused.body
  const before = (await call('/v1/users')).body.data.length
  const fits = await batch('users', { operation: 'create', atomic: true, items: items.slice(0, maximum) })
  const one = await batch('users', { operation: 'create', atomic: true, items: items.slice(maximum, 2 * maximum + 1) })

  expect(refused).toMatchObject({ status: 422, body: { code: 'batch.too-large-for-atomic', errors: [{ pointer: '/items' }] } })
  expect(before).toBe(1)
  expect(maximum).toBeGreaterThan(20)
  expect(statuses(fits)).toEqual(Array(maximum).fill(201))
  expect(one.body.maximum).toBe(maximum)
})

test.each([true, false])('a batch sent again with its key gives the first answer (atomic %s)', async (atomic) => {
  const { batch, call } = await world()
  const body = { operation: 'create', atomic, items: customers(0, 1) }
  const headers = { 'idempotency-key': 'batch-1' }

  const [first, ...others] = await Promise.all([1, 2, 3].map(() => batch('customers', body, headers)))
  const again = await batch('customers', body, headers)
  const other = await batch('customers', { ...body, items: customers(2) }, headers)

  for (const answer of [...others, again]) expect(answer.body).toEqual(first!.body)
  expect(again.headers['idempotent-replayed']).toBe('true')
  expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.key-reused' } })
  expect((await call('/v1/customers')).body.data).toHaveLength(2)
})

test('a keyed batch that breaks off after any of its writes is finished when it is sent again, nothing twice', async () => {
  const { as, admin } = await world()
  const ctx = await as(admin)
  const request = { key: 'k', hash: 'h', answer: (result: unknown) => ({ status: 200, headers: {}, body: JSON.stringify(result) }) }
  const items = [0, 1, 2, 3].map((i) => ({ name: names[i]! }))
  const run = (own: typeof ctx) =>
    once(own, request, (keyed) => runBatch(keyed, customerKind, { operation: 'create', atomic: false, items }))

  const deaths = await killedUntilDone(ctx, run, async () => {})
  const { data } = await listCustomers(ctx, { limit: 25, sort: 'createdAt', filter: {} })

  expect(deaths).toBeGreaterThan(3)
  expect(data.map((customer) => customer.name)).toEqual(names.slice(0, 4))
})

test.each([
  ['no items', { operation: 'create', items: [] }, '/items'],
  ['too many items', { operation: 'create', items: Array.from({ length: 101 }, () => ({ name: 'x' })) }, '/items'],
  ['an unknown operation', { operation: 'merge', items: [{ name: 'x' }] }, '/operation'],
  ['an item that is no object', { operation: 'create', items: ['x'] }, '/items/0'],
])('%s is refused as a whole', async (_, body, pointer) => {
  const { batch } = await world()

  const answer = await batch('customers', body)

  expect(answer).toMatchObject({ status: 422, body: { code: 'input.invalid', errors: [{ pointer }] } })
})

test.each([
  ['create', false],
  ['create', true],
  ['upsert', false],
] as const)('new customers of a batch (%s, atomic: %s) are checked for duplicates together', async (operation, atomic) => {
  const { as, admin } = await newTenant()
  const ctx = await as(admin)

  const { spent } = await measure(() => runBatch(ctx, customerKind as never, { operation, atomic, items: customers(0, 1, 2, 3) }))

  expect(spent.byCommand).toMatchObject({ BatchGetItemCommand: 1, TransactWriteItemsCommand: atomic ? 1 : 4 })
})
