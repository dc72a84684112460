import { expect, test } from 'vitest'
import { customerOf, day, partiesAs } from '../../support/parties.ts'
import { claim, pooledCustomer, release, tenantWithPool } from '../../support/pool.ts'

const whole = { phones: ['021-6543 2100'], email: 'info@minghui.example' }
const minghui = { name: '明辉贸易', ...whole }
const hidden = { phones: [], email: null, website: null, taxNumber: null, billing: null, notes: null, nextContactOn: null, teamMembers: [] }
const office = { kind: 'office', province: '上海市', city: '上海', line: '张江路 88 号', phone: '021-1', contact: '王经理' }

test('a customer of the pool shows who it is and why it lies there, its contact data only to whoever claims it', async () => {
  const tenant = await tenantWithPool()
  const [rep, viewer] = [await tenant.user('rep'), await tenant.user('viewer')]
  const { id } = await pooledCustomer(tenant, { ...minghui, industry: '电子', level: 'small', notes: '老板姓王', addresses: [office] })
  const asRep = partiesAs(tenant, rep)

  const seen = await asRep(`/v1/customers/${id}`)
  const byViewer = await partiesAs(tenant, viewer)(`/v1/customers/${id}`)
  const byKeeper = await partiesAs(tenant, tenant.admin)(`/v1/customers/${id}`)
  const claimed = await claim(tenant, rep, id)
  const after = await asRep(`/v1/customers/${id}`)

  const shown = { name: '明辉贸易', industry: '电子', level: 'small', ownerId: null, pool: { days: 0, how: 'created', reason: null } }
  expect(seen).toMatchObject({ status: 200, body: { ...shown, ...hidden } })
  expect(seen.body.addresses).toEqual([{ kind: 'office', province: '上海市', city: '上海' }])
  expect(byViewer.body).toMatchObject(hidden)
  expect(byKeeper.body).toMatchObject({ ...shown, ...whole, notes: '老板姓王' })
  expect(claimed).toMatchObject({ status: 200, body: { ...whole, ownerId: rep.id, pool: null, version: 2 } })
  expect(after.body).toMatchObject({ ...whole, ownerId: rep.id, addresses: [office] })
})

test('the pool is a list of its own; a rep finds there what nobody owns, and only that', async () => {
  const tenant = await tenantWithPool()
  const rep = await tenant.user('rep')
  await customerOf(tenant, rep, { name: 'own' })
  await customerOf(tenant, tenant.admin, { name: 'of another' })
  const first = await pooledCustomer(tenant, { name: 'first' })
  const second = await pooledCustomer(tenant, { name: 'second' })
  const call = partiesAs(tenant, rep)

  const pool = await call('/v1/customers?filter[ownerId][isNull]=true&limit=1')
  const next = await call(`/v1/customers?filter[ownerId][isNull]=true&limit=1&cursor=${pool.body.page.next}`)
  const mine = await call('/v1/customers')
  const owned = await call('/v1/customers?filter[ownerId][isNull]=false')

  expect(pool.body.data).toMatchObject([{ id: second.id, ...hidden }])
  expect(next.body.data).toMatchObject([{ id: first.id, ...hidden }])
  expect(mine.body.data).toMatchObject([{ name: 'own' }])
  expect(owned).toMatchObject({ status: 400, body: { code: 'filter.invalid' } })
})

test('what belongs to a customer of the pool is hidden with it, by whatever way it is asked for', async () => {
  const tenant = await tenantWithPool()
  const rep = await tenant.user('rep')
  const { id } = await customerOf(tenant, rep)
  const call = partiesAs(tenant, rep)
  const contact = (await call('/v1/contacts', { body: { customerId: id, name: '王经理', phones: ['138 0000 0000'] } })).body.id
  const logged = await call('/v1/activities', {
    body: { customerId: id, kind: 'call', at: new Date().toISOString(), summary: '报价', nextContactOn: day(2) },
  })
  await release(tenant, rep, id)
  const under = ['contacts', 'activities', 'follow-ups', 'timeline', 'summary']

  const answers = await Promise.all(under.map((noun) => call(`/v1/customers/${id}/${noun}`)))
  const byId = await Promise.all([`/v1/contacts/${contact}`, `/v1/activities/${logged.body.id}`].map((path) => call(path)))
  const lists = await Promise.all(['/v1/contacts', '/v1/activities', '/v1/follow-ups', '/v1/agenda'].map((path) => call(path)))
  const write = await call('/v1/activities', { body: { customerId: id, kind: 'note', at: new Date().toISOString(), summary: 'x' } })
  const patch = await call(`/v1/customers/${id}`, { method: 'PATCH', body: { level: 'small' } })

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(under.map(() => [403, 'customer.not-claimed']))
  expect(byId.map(({ status }) => status)).toEqual([404, 404])
  expect(lists.map(({ body }) => body.data ?? body)).toEqual([[], [], [], []])
  expect(write).toMatchObject({ status: 403, body: { code: 'customer.not-claimed', errors: [{ pointer: '/customerId' }] } })
  expect(patch).toMatchObject({ status: 403, body: { code: 'customer.not-claimed' } })
})
