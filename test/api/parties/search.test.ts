import { beforeAll, describe, expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import { ago, customerOf, partiesAs } from '../../support/parties.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

const search = async (tenant: TestTenant, user: User, noun: string, body: object) => partiesAs(tenant, user)(`/v1/${noun}/search`, { body })
const names = async (tenant: TestTenant, user: User, body: object, noun = 'customers'): Promise<string[]> => {
  const answer = await search(tenant, user, noun, { sort: 'name', ...body })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  expect(answer.body.total).toBe(answer.body.data.length)
  return answer.body.data.map((row: { name: string }) => row.name)
}

let firm: TestTenant
let rep: User
let other: User
let manager: User

beforeAll(async () => {
  firm = await newTenant()
  manager = await firm.user('manager')
  rep = await firm.user('rep', { managerId: manager.id })
  other = await firm.user('rep')
  await customerOf(firm, rep, {
    name: '上海明辉贸易有限公司',
    shortName: '明辉',
    phones: ['021-6543 2100'],
    level: 'small',
    tags: ['fair', 'east'],
    addresses: [{ kind: 'office', city: '上海' }],
    creditLimit: undefined,
    notes: '每周一开会',
  })
  const acme = await customerOf(firm, rep, {
    name: 'Acme GmbH',
    aliases: ['Roadrunner Supplies'],
    level: 'key-major',
    email: 'info@acme.example',
  })
  await customerOf(firm, rep, { name: 'Bolt', tags: ['fair'], nextContactOn: '2026-12-24' })
  const mine = await customerOf(firm, other, { name: 'Closed Shop', level: 'small', phones: ['0571 8888 0000'] })
  await customerOf(firm, other, { name: 'Shared House', teamMembers: [{ userId: rep.id, access: 'read' }] })
  await customerOf(firm, other, { name: 'Formerly Shared', teamMembers: [{ userId: rep.id, access: 'read', until: '2026-01-01' }] })
  await customerOf(firm, firm.admin, {
    name: 'Pooled Ltd',
    ownerId: null,
    industry: 'pumps',
    phones: ['400 123 4567'],
    email: 'x@pool.example',
  })
  const post = (user: User, customerId: string, more: object) => partiesAs(firm, user)('/v1/contacts', { body: { customerId, ...more } })
  await post(rep, acme.id, { name: '王小姐', phones: ['138 1790 2211'], title: 'Buyer', primary: true })
  await post(other, mine.id, { name: '李先生', phones: ['139 0000 1111'] })
})

describe('customers', () => {
  const cases: [string, object, string[]][] = [
    ['a level', { where: { field: 'level', op: 'eq', value: 'small' } }, ['上海明辉贸易有限公司']],
    ['no such level, where unset is neither', { where: { not: { field: 'level', op: 'eq', value: 'small' } } }, ['Acme GmbH']],
    ['a level unset', { where: { field: 'level', op: 'isNull', value: true } }, ['Bolt', 'Pooled Ltd', 'Shared House']],
    [
      'a tag or a name',
      {
        where: {
          or: [
            { field: 'tags', op: 'contains', value: 'FAIR' },
            { field: 'name', op: 'prefix', value: 'acme' },
          ],
        },
      },
      ['Acme GmbH', 'Bolt', '上海明辉贸易有限公司'],
    ],
    ['a city', { where: { field: 'addresses.city', op: 'in', value: ['上海', '苏州'] } }, ['上海明辉贸易有限公司']],
    ['a day', { where: { field: 'nextContactOn', op: 'between', value: ['2026-12-01', '2026-12-24'] } }, ['Bolt']],
    ['themselves as owner', { where: { field: 'ownerId', op: 'eq', value: 'me' } }, ['Acme GmbH', 'Bolt', '上海明辉贸易有限公司']],
    ['nobody as owner', { where: { field: 'ownerId', op: 'isNull', value: true } }, ['Pooled Ltd']],
    ['what is not on the card', { where: { field: 'notes', op: 'contains', value: '周一' } }, ['上海明辉贸易有限公司']],
    ['what is not on the card, negated', { where: { not: { field: 'email', op: 'contains', value: 'pool' } } }, ['Acme GmbH']],
    ['a short name', { text: '明辉' }, ['上海明辉贸易有限公司']],
    ['the sound of a name', { text: 'Minghui' }, ['上海明辉贸易有限公司']],
    ['its first letters, with a phone', { text: 'shmh 6543' }, ['上海明辉贸易有限公司']],
    ['the sound of a contact', { text: 'wangxiaojie' }, ['Acme GmbH']],
    ['letters that begin no syllable', { text: 'inghui' }, []],
    ['an alias', { text: 'ROADrunner' }, ['Acme GmbH']],
    ['the digits of a phone', { text: '65432100' }, ['上海明辉贸易有限公司']],
    ['a phone as it is written', { text: '021-6543 2100' }, ['上海明辉贸易有限公司']],
    ['the name of a contact', { text: '王小姐' }, ['Acme GmbH']],
    ['a name and the phone of a contact', { text: 'acme 1790' }, ['Acme GmbH']],
    ['the phone of what is not theirs', { text: '88880000' }, []],
    ['the contact of what is not theirs', { text: '李先生' }, []],
  ]

  test.each(cases)('a rep finds by %s', async (_, body, found) => {
    expect(await names(firm, rep, body)).toEqual(found)
  })

  test('everybody sees their own scope, the pool, and what is shared with them', async () => {
    expect(await names(firm, rep, {})).toEqual(['Acme GmbH', 'Bolt', 'Pooled Ltd', 'Shared House', '上海明辉贸易有限公司'])
    expect(await names(firm, manager, {})).toEqual(['Acme GmbH', 'Bolt', 'Pooled Ltd', 'Shared House', '上海明辉贸易有限公司'])
    expect(await names(firm, other, {})).toEqual(['Closed Shop', 'Formerly Shared', 'Pooled Ltd', 'Shared House'])
    expect(await names(firm, firm.admin, {})).toHaveLength(7)
  })

  test('what the pool hides is not found, not counted, and not inferred, but by those who keep the pool', async () => {
    const hidden = [
      { text: '4001234567' },
      { where: { field: 'phones', op: 'contains', value: '400123' } },
      { where: { field: 'email', op: 'prefix', value: 'x@pool' } },
      {
        where: {
          and: [
            { field: 'ownerId', op: 'isNull', value: true },
            { field: 'email', op: 'isNull', value: false },
          ],
        },
      },
      { where: { and: [{ field: 'ownerId', op: 'isNull', value: true }, { not: { field: 'email', op: 'eq', value: 'y@pool.example' } }] } },
    ]

    for (const body of hidden) {
      expect(await names(firm, rep, body), JSON.stringify(body)).toEqual([])
      expect(await names(firm, firm.admin, body), JSON.stringify(body)).toEqual(['Pooled Ltd'])
    }
    expect(await names(firm, rep, { text: 'pooled', where: { field: 'industry', op: 'eq', value: 'PUMPS' } })).toEqual(['Pooled Ltd'])
  })

  test('rows of the pool are masked as everywhere', async () => {
    const { body } = await search(firm, rep, 'customers', { text: 'Pooled' })

    expect(body.data[0]).toMatchObject({ name: 'Pooled Ltd', phones: [], email: null, industry: 'pumps' })
  })

  test('a field that the role does not see cannot be searched by, in a view neither', async () => {
    const marketer = await firm.user('marketer')
    const where = { not: { field: 'creditLimit.amount', op: 'gt', value: 5 } }

    const answer = await search(firm, marketer, 'customers', { where })
    const view = await partiesAs(firm, marketer)('/v1/views', { body: { name: 'v', noun: 'customers', where } })

    for (const refused of [answer, view])
      expect(refused).toMatchObject({ status: 403, body: { code: 'field.forbidden', errors: [{ pointer: '/where/not/field' }] } })
    expect((await search(firm, rep, 'customers', { where })).status).toBe(200)
  })

  test('pages follow each other by any order, unset last, with the exact total on each', async () => {
    const tenant = await newTenant()
    const levels = ['small', 'key-major', undefined, 'ordinary', 'small']
    for (const [i, level] of levels.entries()) await customerOf(tenant, tenant.admin, { name: `c${i}`, ...(level ? { level } : {}) })
    const pages: string[][] = []
    let cursor: string | null = null
    do {
      const { body } = await search(tenant, tenant.admin, 'customers', { sort: 'level,-name', limit: 2, ...(cursor ? { cursor } : {}) })
      expect(body.total).toBe(5)
      pages.push(body.data.map((row: { name: string }) => row.name))
      cursor = body.page.next
    } while (cursor)

    expect(pages).toEqual([['c1', 'c3'], ['c4', 'c0'], ['c2']])
  })

  test('a cursor serves the search it came from and no other', async () => {
    const { body } = await search(firm, rep, 'customers', { limit: 1, sort: 'name' })

    const other = await search(firm, rep, 'customers', { limit: 1, sort: '-name', cursor: body.page.next })
    const changed = await search(firm, rep, 'customers', { limit: 1, sort: 'name', cursor: `${body.page.next}x` })

    expect([other.status, other.body.code, changed.status]).toEqual([400, 'cursor.invalid', 400])
  })

  test('only the fields that were asked for are answered', async () => {
    const { body } = await search(firm, rep, 'customers', { text: 'acme', fields: ['name', 'level'] })

    expect(body.data).toEqual([{ id: expect.any(String), name: 'Acme GmbH', level: 'key-major' }])
  })

  test('what is deleted, renamed or given away is found where it is now', async () => {
    const tenant = await newTenant()
    const [a, b] = [await tenant.user('rep'), await tenant.user('rep')]
    const { id } = await customerOf(tenant, a, { name: 'First name' })

    await partiesAs(tenant, a)(`/v1/customers/${id}`, { method: 'PATCH', body: { name: 'Second name' } })
    expect(await names(tenant, a, { text: 'first' })).toEqual([])
    expect(await names(tenant, a, { text: 'second' })).toEqual(['Second name'])
    await partiesAs(tenant, tenant.admin)(`/v1/customers/${id}`, { method: 'PATCH', body: { ownerId: b.id } })
    expect([await names(tenant, a, {}), await names(tenant, b, {})]).toEqual([[], ['Second name']])
    await partiesAs(tenant, tenant.admin)(`/v1/customers/${id}`, { method: 'PATCH', body: { ownerId: null } })
    expect(await names(tenant, a, {})).toEqual(['Second name'])
    await partiesAs(tenant, tenant.admin)(`/v1/customers/${id}`, { method: 'DELETE' })
    expect(await names(tenant, tenant.admin, {})).toEqual([])
  })
})

describe('contacts and activities', () => {
  test('contacts are found by their own fields, within the scope of their customer', async () => {
    expect(await names(firm, rep, { text: '王 138' }, 'contacts')).toEqual(['王小姐'])
    expect(await names(firm, rep, { where: { field: 'title', op: 'eq', value: 'buyer' } }, 'contacts')).toEqual(['王小姐'])
    expect(await names(firm, rep, {}, 'contacts')).toEqual(['王小姐'])
    expect(await names(firm, firm.admin, {}, 'contacts')).toEqual(['李先生', '王小姐'])
    expect(await names(firm, firm.admin, { where: { field: 'primary', op: 'eq', value: false } }, 'contacts')).toEqual(['李先生'])
  })

  test('contacts of a customer that is shared are found, those of the same owner that are not shared are not', async () => {
    const tenant = await newTenant()
    const [owner, member] = [await tenant.user('rep'), await tenant.user('rep')]
    const shared = await customerOf(tenant, owner, { name: 'shared', teamMembers: [{ userId: member.id, access: 'read' }] })
    const own = await customerOf(tenant, owner, { name: 'own' })
    for (const { id } of [shared, own]) await partiesAs(tenant, owner)('/v1/contacts', { body: { customerId: id, name: `of ${id}` } })

    expect(await names(tenant, member, {}, 'contacts')).toEqual([`of ${shared.id}`])
    expect(await names(tenant, member, { where: { field: 'customerId', op: 'eq', value: own.id } }, 'contacts')).toEqual([])
    expect(await names(tenant, owner, { where: { field: 'customerId', op: 'eq', value: own.id } }, 'contacts')).toEqual([`of ${own.id}`])
    expect(await names(tenant, member, { text: own.id.toLowerCase() })).toEqual([])
    expect(await names(tenant, member, { text: shared.id.toLowerCase() })).toEqual(['shared'])
  })

  test('activities are found by span, kind and text, within scope', async () => {
    const tenant = await newTenant()
    const [a, b] = [await tenant.user('rep'), await tenant.user('rep')]
    const customer = await customerOf(tenant, a, { name: 'x' })
    const log = (kind: string, minutes: number, summary: string) =>
      partiesAs(tenant, a)('/v1/activities', { body: { customerId: customer.id, kind, at: ago(minutes), summary } })
    await log('visit', 60, '谈了价格')
    await log('call', 30, 'Price again')
    await log('call', 5, 'Hello')
    const found = async (user: User, body: object) => {
      const answer = await search(tenant, user, 'activities', body)
      expect(answer.body.total).toBe(answer.body.data.length)
      return answer.body.data.map((row: { summary: string }) => row.summary)
    }

    expect(await found(a, {})).toEqual(['Hello', 'Price again', '谈了价格'])
    expect(await found(a, { text: '价格' })).toEqual(['谈了价格'])
    expect(await found(a, { where: { field: 'kind', op: 'eq', value: 'call' }, sort: 'at' })).toEqual(['Price again', 'Hello'])
    expect(await found(a, { where: { field: 'at', op: 'between', value: [ago(40), ago(20)] } })).toEqual(['Price again'])
    expect(await found(a, { where: { field: 'at', op: 'lt', value: ago(20) } })).toEqual(['Price again', '谈了价格'])
    expect(await found(tenant.admin, { where: { field: 'customerId', op: 'eq', value: customer.id } })).toHaveLength(3)
    expect(await found(b, { where: { field: 'customerId', op: 'eq', value: customer.id } })).toEqual([])
    expect(await found(b, { where: { field: 'authorId', op: 'eq', value: a.id } })).toEqual([])
  })
})

describe('what is refused', () => {
  const cases: [string, object, string][] = [
    ['an unknown field', { where: { field: 'colour', op: 'eq', value: 'x' } }, '/where/field'],
    ['an unknown operator', { where: { and: [{ field: 'name', op: 'like', value: 'x' }] } }, '/where/and/0/op'],
    ['an operator of another kind', { where: { field: 'tags', op: 'eq', value: 'x' } }, '/where/op'],
    ['an empty or', { where: { or: [] } }, '/where/or'],
    ['an empty and, deep inside', { where: { not: { and: [] } } }, '/where/not/and'],
    ['no value', { where: { field: 'name', op: 'eq' } }, '/where/value'],
    ['a leaf with more', { where: { field: 'name', op: 'eq', value: 'x', or: 1 } }, '/where/or'],
    ['a sort that is not served', { sort: 'notes' }, '/sort'],
    ['four sorts', { sort: 'name,level,kind,source' }, '/sort'],
    ['a field that there is not', { fields: ['salary'] }, '/fields/0'],
    ['a view that there is not', { viewId: 'viw_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }, '/viewId'],
    ['too many words', { text: 'a b c d e f g h i' }, '/text'],
    ['too much at once', { limit: 101 }, '/limit'],
  ]

  test.each(cases)('%s, at its place', async (_, body, pointer) => {
    const answer = await search(firm, rep, 'customers', body)

    expect([422, 404]).toContain(answer.status)
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
  })
})
