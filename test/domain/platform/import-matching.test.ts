import { expect, test } from 'vitest'
import { createContact } from '../../../domain/parties/contact/change-contact.ts'
import { listContacts } from '../../../domain/parties/contact/list-contacts.ts'
import { changeCustomer, createCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { customersNamed } from '../../../domain/parties/duplicate/namesakes.ts'
import { createImport } from '../../../domain/platform/import/create-import.ts'
import { revertImport } from '../../../domain/platform/import/start-import.ts'
import { sheets } from '../../../functions/sheets.ts'
import { csvOf, errorsOf, imported, importer } from '../../support/imports.ts'
import { newTenant } from '../../support/tenant.ts'

async function world() {
  const tenant = await newTenant({ locale: 'en' })
  const who = await importer(tenant, tenant.admin)
  return { tenant, who, ctx: who.ctx }
}

test('a customer is found by its tax number, however that is spaced, and by its name, however that is written', async () => {
  const { who, ctx } = await world()
  const taxed = await createCustomer(ctx, { name: '宁波港绳缆有限公司', taxNumber: '91330200MA2AXXXX1Y' })
  const named = await createCustomer(ctx, { name: '象山船具（宁波）有限公司' })
  const content = csvOf(
    ['Name', 'Tax number', 'Industry'],
    ['港绳', '9133 0200-ma2axxxx1y', 'ropes'],
    ['象山船具(宁波)有限公司', '', 'gear'],
    ['镇海锚链厂', '91330211MA2BYYYY2Z', 'chains'],
  )

  const done = await imported(who, 'customers', content, { matchBy: ['taxNumber', 'name'], onMatch: 'update' })

  expect(done.rows).toEqual({ created: 1, updated: 2, skipped: 0, failed: 0 })
  expect(await getCustomer(ctx, taxed)).toMatchObject({ name: '港绳', industry: 'ropes' })
  expect(await getCustomer(ctx, named)).toMatchObject({ industry: 'gear' })
})

test('contacts are linked to their customer by its name; one that nobody has fails the row', async () => {
  const { who, ctx } = await world()
  const customer = await createCustomer(ctx, { name: 'Harbour Rope Works Ltd.' })
  const content = csvOf(['Company', 'Name'], ['HARBOUR ROPE WORKS LTD', 'Ann'], ['harbour  rope works ltd.', 'Bob'], ['Mast & Sons', 'Cid'])

  const done = await imported(who, 'contacts', content)
  const { data } = await listContacts(ctx, { limit: 10, sort: 'createdAt', filter: { customerId: { eq: customer.id } } })

  expect(done.rows).toEqual({ created: 2, updated: 0, skipped: 0, failed: 1 })
  expect(data.map(({ name }) => name).sort()).toEqual(['Ann', 'Bob'])
  expect((await errorsOf(who, done.id)).map(([row, code, field]) => [row, code, field])).toEqual([
    ['4', 'row.link-unknown', 'customer.name'],
  ])
})

test('a line break in a cell is a space where a value has one line, and stays where it has several', async () => {
  const { who, ctx } = await world()

  const done = await imported(who, 'customers', csvOf(['Name', 'Notes'], ['Harbour\nRope  Works\r\n', 'first\nsecond']))
  const [id] = await customersNamed(ctx, 'Harbour Rope Works')

  expect(done.rows).toMatchObject({ created: 1, failed: 0 })
  expect(await getCustomer(ctx, { id: id! })).toMatchObject({ name: 'Harbour Rope  Works', notes: 'first\nsecond' })
})

test('what several may be is not guessed: two contacts of one name, two colleagues of one name', async () => {
  const { tenant, who, ctx } = await world()
  const customer = await createCustomer(ctx, { name: 'Harbour Rope Works', externalId: 'E-1' })
  for (const title of ['buyer', 'seller']) await createContact(ctx, { customerId: customer.id, name: 'Ann', title })
  for (let n = 0; n < 2; n++) await tenant.user('rep', { name: 'Li Lei' })

  const contacts = await imported(who, 'contacts', csvOf(['Customer external ID', 'Name', 'Title'], ['E-1', 'Ann', 'owner']), {
    ...{ matchBy: ['name'], onMatch: 'update' },
  })
  const customers = await imported(who, 'customers', csvOf(['Name', 'Owner'], ['Mast & Sons', 'Li Lei']))

  expect((await errorsOf(who, contacts.id)).map(([, code, field]) => [code, field])).toEqual([['row.match-ambiguous', 'name']])
  expect((await errorsOf(who, customers.id)).map(([, code, field]) => [code, field])).toEqual([['row.link-ambiguous', 'owner.name']])
})

test('of a name that several customers share none is guessed, neither as the row itself nor as its customer', async () => {
  const { who, ctx } = await world()
  const first = await createCustomer(ctx, { name: '张三五金店', taxNumber: '91310000MA1FL0001X' })
  const second = await createCustomer(ctx, { name: '张三五金（店）', taxNumber: '91310000MA1FL0002X' })

  const customers = await imported(who, 'customers', csvOf(['Name', 'Industry'], ['张三五金店', 'tools']), {
    ...{ matchBy: ['name'], onMatch: 'update' },
  })
  const contacts = await imported(who, 'contacts', csvOf(['Company', 'Name'], ['张三五金店', '张三']))
  await changeCustomer(ctx, { id: first.id, changes: { name: '李四五金店' } })
  const alone = await imported(who, 'contacts', csvOf(['Company', 'Name'], ['张三五金店', '张三']))

  expect((await errorsOf(who, customers.id)).map(([, code, field]) => [code, field])).toEqual([['row.match-ambiguous', 'name']])
  expect((await errorsOf(who, contacts.id)).map(([, code, field]) => [code, field])).toEqual([['row.link-ambiguous', 'customer.name']])
  expect(alone.rows).toMatchObject({ created: 1, failed: 0 })
  expect((await listContacts(ctx, { limit: 10, sort: 'createdAt', filter: { customerId: { eq: second.id } } })).data).toHaveLength(1)
})

test('a file of more than 50 MiB is refused when it is announced', async () => {
  const { ctx } = await world()
  const announce = (size: number) => createImport(ctx, sheets, { kind: 'customers', fileName: 'x.csv', size })

  await expect(announce(50 * 1024 * 1024 + 1)).rejects.toMatchObject({
    code: 'import.file-too-large',
    more: { errors: [{ pointer: '/size' }] },
  })
  expect((await announce(50 * 1024 * 1024)).upload.parts.length).toBeGreaterThan(1)
})

test('an import can be taken back for thirty days', async () => {
  const { who, ctx } = await world()
  const { id } = await imported(who, 'customers', csvOf(['Name'], ['Harbour Rope Works']))
  const later = (days: number) => ({ ...ctx, now: () => new Date(Date.now() + days * 86_400_000).toISOString() })

  await expect(revertImport(later(31), sheets, { id })).rejects.toMatchObject({ kind: 'conflict', code: 'import.revert-expired' })
  expect((await revertImport(later(29), sheets, { id })).status).toBe('reverting')
})
