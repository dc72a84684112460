import { beforeAll, describe, expect, test } from 'vitest'
import { newSecret } from '../../../domain/kernel/signing.ts'
import { type Call, callAs, operations } from '../../support/api.ts'
import { createFixture, pathFor } from '../../support/fixtures.ts'
import { expectRefused } from '../../support/nothing-written.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let firm: TestTenant
let call: Call

beforeAll(async () => {
  firm = await newTenant()
  call = callAs(firm.id, firm.admin)
})

describe('queries', () => {
  test.each<[string, string, string]>([
    ['a negative limit', 'limit=-1', 'limit.invalid'],
    ['no limit', 'limit=0', 'limit.invalid'],
    ['a huge limit', 'limit=1000000000', 'limit.invalid'],
    ['half a limit', 'limit=1.5', 'limit.invalid'],
    ['a word for a limit', 'limit=all', 'limit.invalid'],
    ['an empty limit', 'limit=', 'limit.invalid'],
    ['a limit with an exponent', 'limit=1e1', 'limit.invalid'],
    ['a limit with decimals', 'limit=10.0', 'limit.invalid'],
    ['a limit with white space', 'limit=%205', 'limit.invalid'],
    ['a sort that is not served', 'sort=name', 'sort.unsupported'],
    ['two sorts', 'sort=-createdAt,name', 'sort.unsupported'],
    ['an empty sort', 'sort=', 'sort.unsupported'],
    ['a field that is not served', 'filter[name]=x', 'filter.unsupported'],
    ['an operator that is not served', 'filter[externalId][contains]=x', 'filter.unsupported'],
    ['an operator that there is not', 'filter[externalId][like]=x', 'filter.unsupported'],
    ['a prototype as field', 'filter[constructor]=x', 'filter.unsupported'],
    ['a prototype as operator', 'filter[externalId][constructor]=x', 'filter.unsupported'],
    ['a filter without a field', 'filter=x', 'filter.malformed'],
    ['a filter of three parts', 'filter[a][b][c]=x', 'filter.malformed'],
    ['a filter in another writing', 'filter.externalId=x', 'filter.malformed'],
    ['a moment that is none', 'filter[createdAt][gte]=yesterday', 'filter.invalid'],
    ['one end of two', 'filter[createdAt][between]=2026-11-01T00:00:00Z', 'filter.invalid'],
    ['a parameter twice', 'limit=1&limit=2', 'query.duplicate'],
    ['a filter twice', 'filter[externalId]=a&filter[externalId]=b', 'query.duplicate'],
    ['a parameter there is not', 'page=2', 'query.unknown'],
    ['a prototype as parameter', '__proto__=x', 'query.unknown'],
    ['broken percent-encoding', 'limit=%zz', 'query.malformed'],
    ['percent-encoding that is no UTF-8', 'sort=%ff', 'query.malformed'],
    ['a cursor that is none', 'cursor=abc', 'cursor.invalid'],
    ['an empty cursor', 'cursor=', 'cursor.invalid'],
    ['a cursor of our form', `cursor=${Buffer.from('"x"').toString('base64url')}.${newSecret()}`, 'cursor.invalid'],
    ['a switch with another value', 'debug=all', 'query.invalid'],
  ])('%s', async (_, query, code) => {
    await expectRefused(() => call(`/v1/customers?${query}`), 400, code)
  })

  test.each(operations.filter((route) => route.list).map((route) => [route.path, route] as const))(
    '%s names what it serves when it is asked for more',
    async (_, route) => {
      const path = await pathFor(call, route)

      const filtered = await call(`${path}?filter[colour]=red`)
      const sorted = await call(`${path}?sort=colour`)

      expect(filtered).toMatchObject({ status: 400, body: { code: 'filter.unsupported' } })
      expect(sorted).toMatchObject({ status: 400, body: { code: 'sort.unsupported' } })
      for (const sort of route.list!.sorts) expect(sorted.body.detail).toContain(sort)
      for (const field of Object.keys(route.list!.filters)) expect(filtered.body.detail).toContain(field)
    },
  )
})

describe('a cursor', () => {
  let cursor: string

  beforeAll(async () => {
    for (let i = 0; i < 3; i++) await createFixture(call, 'customers')
    cursor = (await call('/v1/customers?limit=1')).body.page.next
  })

  const refused = (query: string, path = '/v1/customers', by = call) =>
    expectRefused(() => by(`${path}?limit=1&${query}`), 400, 'cursor.invalid')

  test('with any byte changed, left out or added is refused', async () => {
    for (let i = 0; i < cursor.length; i++) {
      const other = cursor[i] === 'A' ? 'B' : 'A'
      const changed = `${cursor.slice(0, i)}${other}${cursor.slice(i + 1)}`
      await refused(`cursor=${changed}`)
    }
    await refused(`cursor=${cursor.slice(1)}`)
    await refused(`cursor=${cursor.slice(0, -1)}`)
    await refused(`cursor=${cursor}A`)
    await refused(`cursor=${cursor}.A`)
  })

  test('belongs to its list, filter, sort and tenant', async () => {
    const other = await newTenant()

    await refused(`cursor=${cursor}&sort=createdAt`)
    await refused(`cursor=${cursor}&filter[ownerId]=${firm.admin.id}`)
    await refused(`cursor=${cursor}`, '/v1/users')
    await refused(`cursor=${cursor}`, '/v1/customers', callAs(other.id, other.admin))
  })

  test('as it was given goes on', async () => {
    expect((await call(`/v1/customers?limit=1&cursor=${cursor}`)).status).toBe(200)
  })
})
