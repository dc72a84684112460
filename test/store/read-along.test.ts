import { expect, test } from 'vitest'
import { changeContact, createContact } from '../../domain/parties/contact/change-contact.ts'
import { contacts } from '../../domain/parties/contact/contact.table.ts'
import { createCustomer } from '../../domain/parties/customer/change-customer.ts'
import { customers } from '../../domain/parties/customer/customer.table.ts'
import { measure } from '../../domain/store/capacity.ts'
import { find, findMany, findWithin } from '../../domain/store/read.ts'
import { readAlong } from '../../domain/store/read-along.ts'
import { readItems } from '../../domain/store/read-items.ts'
import { openStage } from '../../domain/store/stage.ts'
import { isSecondEngine } from '../support/engine.ts'
import { newTenant } from '../support/tenant.ts'

const tenant = await newTenant()
const ctx = await tenant.as(tenant.admin)
const customer = await createCustomer(ctx, { name: 'Mingda' })
const contact = await createContact(ctx, { customerId: customer.id, name: 'Li' })
const consistent = { consistent: true }
const missing = { pk: ['NOWHERE'], sk: ['NOTHING'] }
const keys = [customers.key(customer.id), missing]

test('what is taken along is known without a call, what is not there too, and the first answer is as it would be alone', async () => {
  const along = readAlong(ctx, keys)

  const { result, spent } = await measure(async () => [
    await find(along, contacts, contact.id, consistent),
    await find(along, customers, customer.id, consistent),
    ...(await readItems(along, [missing], consistent)),
  ])

  expect(result).toEqual([contact, customer, undefined])
  expect([spent.calls, spent.itemsRead]).toEqual([1, 2])
})

test('a record with its customer, taken along or asked for, is read once', async () => {
  const along = readAlong(ctx, keys)

  const { result, spent } = await measure(async () => [
    await findWithin(along, contacts, customers, contact.id, consistent),
    await find(along, customers, customer.id, consistent),
  ])

  expect(result).toEqual([{ record: contact, parent: customer }, customer])
  expect(spent.calls).toBe(1)
})

test('what was asked for itself, or may be a moment old, is read each time', async () => {
  const along = readAlong(ctx, keys)

  const { spent } = await measure(async () => {
    await find(along, customers, customer.id)
    await find(along, contacts, contact.id, consistent)
    await find(along, contacts, contact.id, consistent)
  })

  // A key under which nothing stands costs a unit too, but for DynamoDB Local (docs/engines.md).
  expect([spent.calls, spent.readUnits]).toEqual([3, 0.5 + (isSecondEngine ? 2 : 3) + 1])
})

test('what was written since is read again', async () => {
  const along = readAlong(ctx, [contacts.key(contact.id)])
  await find(along, customers, customer.id, consistent)

  await changeContact(along, { id: contact.id, changes: { title: 'Buyer' } })

  expect(await find(along, contacts, contact.id, consistent)).toMatchObject({ title: 'Buyer', version: 2 })
})

test('in a stage nothing is taken along: its reads are what it will have written', async () => {
  const stage = openStage(ctx)

  const seen = await stage.attempt(async (staged) => {
    await changeContact(staged, { id: contact.id, changes: { title: 'Head of purchasing' } })
    const along = readAlong(staged, keys)
    return (await findMany(along, [{ entity: contacts, id: contact.id }], consistent)).get(contact.id)
  })

  expect(seen).toMatchObject({ title: 'Head of purchasing' })
})
