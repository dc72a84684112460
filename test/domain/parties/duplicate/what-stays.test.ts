import { expect, test } from 'vitest'
import { changeContact, createContact, deleteContact } from '../../../../domain/parties/contact/change-contact.ts'
import { changeCustomer, createCustomer, deleteCustomer } from '../../../../domain/parties/customer/change-customer.ts'
import { readItems } from '../../../../domain/store/read-items.ts'
import { scattered } from '../../../../domain/store/scattered.ts'
import { newTenant } from '../../../support/tenant.ts'

const world = async () => {
  const tenant = await newTenant()
  return tenant.as(tenant.admin)
}

test('the keys by which customers and contacts are found tell neither telephone, e-mail, domain nor name, and differ from firm to firm', async () => {
  const contact = { name: '王小姐', phones: ['13817902211'] }
  const kept: string[][] = []
  for (const ctx of [await world(), await world()]) {
    const customer = await createCustomer(ctx, { name: 'Anna Schmidt', phones: ['021-6543 2100'], email: 'anna@schmidt.example.org' })
    const { foundBy = [] } = await createContact(ctx, { customerId: customer.id, ...contact })
    kept.push([...(customer.foundBy ?? []), ...foundBy])
  }

  const [ours, theirs] = kept as [string[], string[]]
  for (const key of ours) expect(key).toMatch(/^[a-z]:[\w-]{10}$/)
  expect(ours.filter((key) => key.startsWith('t:'))).toHaveLength(2)
  expect(ours.filter((key) => theirs.includes(key))).toEqual([])
})

test('when the last record leaves an entry, nothing is left in it', async () => {
  const ctx = await world()
  const customer = await createCustomer(ctx, { name: '张三五金店', phones: ['021-6543 2100'], email: 'zhangsan@qq.com' })
  const contact = await createContact(ctx, { customerId: customer.id, name: '张三', phones: ['13817902211'] })
  const changed = await changeCustomer(ctx, { id: customer.id, changes: { name: '李四纺织厂', phones: [], email: null } })
  const moved = await changeContact(ctx, { id: contact.id, changes: { phones: ['13900001111'] } })
  const keys = [customer, contact, changed, moved].flatMap(({ foundBy = [] }) => foundBy)
  await deleteContact(ctx, { id: contact.id })

  await deleteCustomer(ctx, { id: customer.id })

  const places = [...new Set(keys)].map((key) => scattered('DUP', [key]))
  const left = await readItems(ctx, places, { consistent: true })
  expect(left.filter(Boolean).length).toBeGreaterThan(8)
  for (const item of left) expect(Object.keys(item ?? {}).filter((name) => !['pk', 'sk', 'v'].includes(name))).toEqual([])
})
