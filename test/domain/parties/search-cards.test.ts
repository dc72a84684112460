import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { createContact } from '../../../domain/parties/contact/change-contact.ts'
import type { Contact } from '../../../domain/parties/contact/contact.ts'
import { contactCards } from '../../../domain/parties/contact/contact-card.ts'
import { changeCustomer, createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import type { Customer } from '../../../domain/parties/customer/customer.ts'
import { customerCards } from '../../../domain/parties/customer/customer-card.ts'
import { searchActivities } from '../../../domain/parties/search/search-activities.ts'
import { searchCustomers } from '../../../domain/parties/search/search-customers.ts'
import { searchIds } from '../../../domain/parties/search/search-ids.ts'
import { measure } from '../../../domain/store/capacity.ts'
import type { Card } from '../../../domain/store/entity-definition.ts'
import { encodePart } from '../../../domain/store/keys.ts'
import { newTenant } from '../../support/tenant.ts'

const id = (prefix: string) => `${prefix}_01JD8ZQ4T5M6N7P8Q9R0S1T2V3`
const owner = id('usr')

/** All bytes of a card as it lies in the table of a tenant opened by an operator. */
const bytesOf = ({ key, text }: Card): number => {
  const pk = `T#${id('ten')}#${key.pk.map(encodePart).join('#')}`
  return Buffer.byteLength(`pk${pk}sk${key.sk.map(encodePart).join('#')}c${text}`)
}

const texts = fc.string({ unit: fc.constantFrom('上', '海', 'a', ' ', '😀'), minLength: 1, maxLength: 200 })

test('a card has at most 256 bytes with its key, whatever is on it', () => {
  const customer = fc.record({
    id: fc.constant(id('cus')),
    ownerId: fc.constantFrom(owner, undefined),
    poolId: fc.constantFrom(id('pol'), undefined),
    name: texts,
    shortName: texts,
    aliases: fc.array(texts, { maxLength: 20 }),
    tags: fc.array(texts, { maxLength: 50 }),
    industry: texts,
    phones: fc.array(fc.constant('+86 021-6543 2100 转 123'), { maxLength: 20 }),
    lastContactAt: fc.constant('2199-12-31T23:59:59.999Z'),
    teamMembers: fc.constant([
      { userId: id('usr'), access: 'read', until: '2026-12-31' },
      { userId: 'usr_2', access: 'read', until: '2026-12-31' },
    ]),
  })

  fc.assert(
    fc.property(customer, (one) => {
      for (const card of customerCards(one as unknown as Customer)) expect(bytesOf(card)).toBeLessThanOrEqual(256)
    }),
  )
  fc.assert(
    fc.property(texts, texts, fc.constantFrom(owner, undefined), (name, title, ownerId) => {
      const contact = { id: id('con'), customerId: id('cus'), name, title, ownerId, phones: Array(20).fill('021-6543 2100 转 123') }
      for (const card of contactCards(contact as unknown as Contact)) expect(bytesOf(card)).toBeLessThanOrEqual(256)
    }),
  )
})

test('the card costs two units when it is made or changes, and nothing when it stays as it is', async () => {
  const tenant = await newTenant()
  const ctx = await tenant.as(tenant.admin)
  const created = await createCustomer(ctx, { name: '上海明辉贸易有限公司', level: 'small' })
  const change = async (changes: object) => (await measure(() => changeCustomer(ctx, { id: created.id, changes }))).spent.writeUnits

  const [offCard, onCard] = [await change({ website: 'https://minghui.example' }), await change({ level: 'ordinary' })]

  expect(onCard - offCard).toBe(2)
  expect(onCard).toBeLessThanOrEqual(10)
})

test('creating a customer stays within its units, with its card; a name costs at most 12 more to be found by', async () => {
  const tenant = await newTenant()
  const ctx = await tenant.as(tenant.admin)

  const { spent } = await measure(() =>
    createCustomer(ctx, { name: '上海明辉贸易有限公司', phones: ['021-6543 2100'], notes: '关'.repeat(200) }),
  )

  const found = await measure(() => createCustomer(ctx, { name: '苏州恒泰五金制品有限公司' }))
  const changed = await measure(() => changeCustomer(ctx, { id: found.result.id, changes: { shortName: '吴江丝绸' } }))

  expect(spent.writeUnits).toBeLessThanOrEqual(24 + 12)
  expect(found.result.foundBy).toHaveLength(6)
  expect(changed.spent.writeUnits).toBeLessThanOrEqual(10 + 2 * 12)
})

test('a search reads nothing but cards and the page: one query for each owner and shard, one batch', async () => {
  const tenant = await newTenant()
  const rep = await tenant.user('rep')
  const ctx = await tenant.as(rep)
  for (const name of ['a', 'b', 'c']) await createCustomer(ctx, { name })
  await searchCustomers(ctx, {})

  const own = (await measure(() => searchCustomers(ctx, { where: { field: 'ownerId', op: 'eq', value: 'me' } }))).spent
  const text = (await measure(() => searchCustomers(ctx, { text: 'a' }))).spent

  expect(own.byCommand).toEqual({ QueryCommand: 2, BatchGetItemCommand: 1 })
  expect(own.readUnits).toBeLessThanOrEqual(3)
  expect(text.byCommand).toEqual({ QueryCommand: 7, BatchGetItemCommand: 1 })
})

test('what is too long for the card is found all the same, by reading the record', async () => {
  const tenant = await newTenant()
  const ctx = await tenant.as(tenant.admin)
  const customer = await createCustomer(ctx, {
    name: `${'长'.repeat(120)}尾`,
    aliases: Array.from({ length: 9 }, (_, i) => `alias number ${i}`),
    tags: ['t'],
  })
  await createCustomer(ctx, { name: 'short' })

  const found = async (search: object) => (await searchCustomers(ctx, search)).data.map((one) => one.id)

  expect(await found({ text: '长尾' })).toEqual([customer.id])
  expect(await found({ text: 'number 8' })).toEqual([customer.id])
  expect(await found({ where: { not: { field: 'name', op: 'eq', value: 'short' } } })).toEqual([customer.id])
  expect((await searchCustomers(ctx, { sort: '-name' })).data.map((one) => one.id)[0]).toBe(customer.id)
})

test('what reads too much is refused with what to narrow it by, and nothing is answered in part', async () => {
  const tenant = await newTenant()
  const ctx = await tenant.as(tenant.admin)
  const { id: customerId } = await createCustomer(ctx, { name: 'a', tags: ['x'] })
  for (const name of ['b', 'c']) await createCustomer(ctx, { name })
  for (const summary of ['1', '2', '3']) await logActivity(ctx, { customerId, kind: 'call', at: '2026-11-01T00:00:00.000Z', summary })
  const limits = { cards: 3, records: 2, activities: 2 }
  const offCard = { field: 'website', op: 'isNull', value: true } as const

  expect((await searchCustomers(ctx, {}, limits)).total).toBe(3)
  await expect(searchCustomers(ctx, {}, { ...limits, cards: 2 })).rejects.toMatchObject({ kind: 'invalid', code: 'search.too-large' })
  await expect(searchCustomers(ctx, { where: offCard }, limits)).rejects.toThrow(/website is not on the search cards.*tags/)
  const narrowed = { and: [offCard, { field: 'tags', op: 'contains', value: 'x' } as const] }
  expect((await searchCustomers(ctx, { where: narrowed }, limits)).total).toBe(1)
  await expect(searchActivities(ctx, {}, limits)).rejects.toThrow(/customerId/)
  expect((await searchActivities(ctx, { where: { field: 'at', op: 'lt', value: '2026-10-01T00:00:00Z' } }, limits)).total).toBe(0)
})

test('all ids of a search come at once, in its order, without a record read', async () => {
  const tenant = await newTenant()
  const rep = await tenant.user('rep')
  const ctx = await tenant.as(rep)
  const made = []
  for (const name of ['b', 'c', 'a']) made.push((await createCustomer(ctx, { name })).id)

  const { result, spent } = await measure(() => searchIds(ctx, 'customers', { sort: 'name' }))

  expect(result).toEqual([made[2], made[0], made[1]])
  expect(spent.byCommand).not.toHaveProperty('BatchGetItemCommand')
})

test('contacts follow their customer to its new owner', async () => {
  const tenant = await newTenant()
  const ctx = await tenant.as(tenant.admin)
  const customer = await createCustomer(ctx, { name: 'x' })
  const contact = await createContact(ctx, { customerId: customer.id, name: '王小姐' })
  const { ownerId: _owner, ...pooled } = contact

  const pks = (one: Contact) => contactCards(one).map(({ key }) => key.pk[1])

  expect([pks(contact), pks({ ...contact, ownerId: owner }), pks(pooled)]).toEqual([[tenant.admin.id], [owner], ['pools']])
})
