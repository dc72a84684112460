import { expect, test } from 'vitest'
import { changeContact, createContact } from '../../domain/parties/contact/change-contact.ts'
import { contacts } from '../../domain/parties/contact/contact.table.ts'
import { createCustomer } from '../../domain/parties/customer/change-customer.ts'
import { measure } from '../../domain/store/capacity.ts'
import { lastingItems } from '../../domain/store/lasting-items.ts'
import { find, findMany } from '../../domain/store/read.ts'
import { openReadAhead } from '../../domain/store/read-ahead.ts'
import { openStage } from '../../domain/store/stage.ts'
import { newTenant } from '../support/tenant.ts'

const tenant = await newTenant()
const ctx = await tenant.as(tenant.admin)
const customer = await createCustomer(ctx, { name: 'Mingda' })
const [one, other] = [
  await createContact(ctx, { customerId: customer.id, name: 'Li' }),
  await createContact(ctx, { customerId: customer.id, name: 'Wang' }),
]
const consistent = { consistent: true }
const wanted = [one, other].map(({ id }) => ({ entity: contacts, id }))

test('what was foreseen is read without a call, what was not there neither', async () => {
  const ahead = openReadAhead(ctx)
  const missing = { entity: contacts, id: one.id.replace(/.{6}$/, '000000') }
  await findMany(ahead.foreseeing, [...wanted, missing], consistent)

  const { result, spent } = await measure(async () => [
    await find(ahead.ctx, contacts, one.id, consistent),
    [...(await findMany(ahead.ctx, [...wanted, missing], consistent)).keys()],
  ])

  expect(result).toEqual([one, [one.id, other.id]])
  expect(spent.calls).toBe(0)
})

test('what was not foreseen, or is asked for as it was a moment ago, is read', async () => {
  const ahead = openReadAhead(ctx)
  await findMany(ahead.foreseeing, wanted.slice(0, 1), consistent)

  const { result, spent } = await measure(async () => [
    (await findMany(ahead.ctx, wanted, consistent)).size,
    await find(ahead.ctx, contacts, one.id),
    (await findMany(ahead.ctx, wanted, consistent)).size,
  ])

  expect(result).toEqual([2, one, 2])
  expect([spent.calls, spent.readUnits]).toEqual([3, 2.5])
})

test('what is written is read again, also by a stage above it', async () => {
  const ahead = openReadAhead(ctx)
  await findMany(ahead.foreseeing, wanted, consistent)
  const stage = openStage(ahead.ctx)

  await stage.attempt((staged) => changeContact(staged, { id: one.id, changes: { title: 'Buyer' } }))
  await stage.commit(undefined)
  const { result, spent } = await measure(async () => [...(await findMany(ahead.ctx, wanted, consistent)).values()])

  expect(result).toMatchObject([{ title: 'Buyer', version: 2 }, { version: 1 }])
  expect(spent.itemsRead).toBe(1)
})

test('lasting items are known to all that share them, until one of these writes there, at most for a minute', async () => {
  let now = 0
  const lasting = lastingItems(
    ({ id }) => id === one.id,
    () => now,
  )
  const callsOf = async () => (await measure(() => findMany(openReadAhead(ctx, lasting).ctx, wanted, consistent))).spent.itemsRead
  const foresee = () => findMany(openReadAhead(ctx, lasting).foreseeing, wanted, consistent)
  await foresee()

  const shared = await callsOf()
  now = 60_001
  const late = await callsOf()
  await foresee()
  const again = await callsOf()
  await changeContact(openReadAhead(ctx, lasting).ctx, { id: one.id, changes: { title: 'Director' } })
  const written = await callsOf()

  expect([shared, late, again, written]).toEqual([1, 2, 1, 2])
})
