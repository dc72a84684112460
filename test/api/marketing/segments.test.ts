import { beforeAll, describe, expect, test } from 'vitest'
import { createContact } from '../../../domain/parties/contact/change-contact.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { callAs } from '../../support/api.ts'
import { firmName } from '../../support/firm-names.ts'
import { type MarketingWorld, marketingWorld } from '../../support/marketing.ts'

let world: MarketingWorld
let call: ReturnType<typeof callAs>
const people: Record<string, string> = {}

beforeAll(async () => {
  world = await marketingWorld()
  call = callAs(world.tenant.id, world.marketer)
  const admin = await world.tenant.as(world.tenant.admin)
  const firms = {
    big: await createCustomer(admin, { name: firmName(), level: 'key-major', tags: ['fair'], notes: 'vip' }),
    small: await createCustomer(admin, { name: firmName(), level: 'small', tags: ['fair'] }),
    pooled: await createCustomer(admin, { name: firmName(), level: 'key-major', ownerId: null }),
  }
  for (const [firm, title] of [
    ['big', 'Buyer'],
    ['big', 'Chief buyer'],
    ['big', 'Driver'],
    ['small', 'Buyer'],
  ] as const) {
    const contact = await createContact(admin, {
      customerId: firms[firm].id,
      name: `${firm} ${title}`,
      title,
      email: `${firm}-${title.replace(' ', '-')}@f.example`,
    })
    people[`${firm} ${title}`] = contact.id
  }
  const silent = await createContact(admin, { customerId: firms.big.id, name: 'silent', title: 'Buyer', marketing: { optedOut: true } })
  people.silent = silent.id
  await createContact(admin, { customerId: firms.pooled.id, name: 'pooled', title: 'Buyer' })
})

const leaf = (field: string, op: string, value: unknown) => ({ field, op, value })
const save = (body: object) => call('/v1/segments', { method: 'POST', body: { name: 'S', ...body } })
async function members(body: object): Promise<string[]> {
  const { body: segment } = await save(body)
  const names: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const { body: page } = await call(`/v1/segments/${segment.id}/members?limit=2${next ? `&cursor=${next}` : ''}`)
    names.push(...page.data.map(({ name }: { name: string }) => name))
    next = page.page.next
  }
  return names
}
const codeOf = async (body: object) => {
  const answer = await save(body)
  return [answer.status, answer.body.code]
}

describe('a segment', () => {
  test('finds contacts by their own fields and by those of their customers, on the cards and off them', async () => {
    const buyers = leaf('title', 'contains', 'buyer')

    expect(await members({ where: { and: [buyers, leaf('customer.level', 'eq', 'key-major')] } })).toEqual([
      'big Buyer',
      'big Chief buyer',
      'silent',
    ])
    expect(
      await members({
        where: { and: [buyers, leaf('customer.tags', 'contains', 'fair'), { not: leaf('customer.level', 'eq', 'key-major') }] },
      }),
    ).toEqual(['small Buyer'])
    expect(await members({ where: { or: [leaf('customer.notes', 'contains', 'vip'), leaf('name', 'eq', 'small Buyer')] } })).toEqual([
      'big Buyer',
      'big Chief buyer',
      'big Driver',
      'small Buyer',
      'silent',
    ])
  })

  test('takes people in and leaves people out by list and by other segments', async () => {
    const { body: drivers } = await save({ where: leaf('title', 'eq', 'Driver') })

    const found = await members({
      where: leaf('customer.level', 'eq', 'key-major'),
      includeContactIds: [people['small Buyer']],
      excludeContactIds: [people['big Buyer']],
      excludeSegmentIds: [drivers.id],
    })

    expect(found).toEqual(['big Chief buyer', 'small Buyer', 'silent'])
  })

  test('is counted with those who can be mailed', async () => {
    const { body: segment } = await save({ where: leaf('customer.level', 'eq', 'key-major') })

    expect((await call(`/v1/segments/${segment.id}/count`)).body).toEqual({
      ...{ count: 4, mailable: 3, sampled: 4 },
      complete: true,
      countedAt: expect.any(String),
    })
  })

  test('shows everybody only whom they see', async () => {
    const manager = callAs(world.tenant.id, await world.tenant.user('manager'))
    const { body: segment } = await save({ where: leaf('title', 'isNull', false) })

    expect((await manager(`/v1/segments/${segment.id}/members`)).body.data).toMatchObject([{ name: 'pooled' }])
  })

  test('is refused when it is of nobody, of unknown fields, hidden ones, or in a ring', async () => {
    const { body: one } = await save({ where: leaf('title', 'eq', 'x') })
    const { body: other } = await save({ where: leaf('title', 'eq', 'x'), excludeSegmentIds: [one.id] })

    expect(await codeOf({})).toEqual([422, 'segment.empty'])
    expect(await codeOf({ where: leaf('customer.shoeSize', 'eq', 'x') })).toEqual([422, expect.stringMatching(/^search\./)])
    expect(await codeOf({ where: leaf('customer.creditLimit', 'gt', 1) })).toEqual([422, expect.stringMatching(/^search\./)])
    expect(await codeOf({ where: leaf('title', 'eq', 'x'), excludeSegmentIds: ['seg_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'] })).toEqual([
      404,
      'segment.not-found',
    ])
    expect(await codeOf({ includeContactIds: [people.silent, people.silent] })).toEqual([422, 'list.duplicate-entry'])
    await call(`/v1/segments/${one.id}`, { method: 'PATCH', body: { excludeSegmentIds: [other.id] } })
    expect((await call(`/v1/segments/${one.id}/count`)).body.code).toBe('segment.nested')
  })
})
