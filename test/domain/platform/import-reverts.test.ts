import { expect, test } from 'vitest'
import { changeUser } from '../../../domain/identity/user/change-user.ts'
import { allUsers } from '../../../domain/identity/user/user.table.ts'
import { createContact } from '../../../domain/parties/contact/change-contact.ts'
import { listContacts } from '../../../domain/parties/contact/list-contacts.ts'
import { changeCustomer, createCustomer, deleteCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { listCustomers } from '../../../domain/parties/customer/list-customers.ts'
import { listEvents } from '../../../domain/platform/event/list-events.ts'
import { visibleImport } from '../../../domain/platform/import/read-imports.ts'
import { cancelImport, resumeImport, revertImport, startImport } from '../../../domain/platform/import/start-import.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { sheets } from '../../../functions/sheets.ts'
import { Crash, crashingAt } from '../../support/crashing.ts'
import { codeOf } from '../../support/import-world.ts'
import { csvOf, errorsOf, firmName, imported, importer, reverted, run, uploaded } from '../../support/imports.ts'
import { meanwhile } from '../../support/meanwhile.ts'
import { newTenant } from '../../support/tenant.ts'

async function world() {
  const tenant = await newTenant()
  const who = await importer(tenant, tenant.admin)
  const names = async () =>
    (await listCustomers(who.ctx, { limit: 100, sort: 'createdAt', filter: {} })).data.map((customer) => customer.name).sort()
  return { tenant, who, ...who, names, reverted: (id: string) => reverted(who, id) }
}

test('what an import created goes, and what it updated is as it was', async () => {
  const { who, ctx, names, reverted } = await world()
  const old = await createCustomer(ctx, {
    ...{ name: 'Alder Timber', externalId: 'E-1', level: 'small', tags: ['a'], billing: { title: 'T', bank: 'B' } },
    addresses: [{ kind: 'delivery', city: 'Kiel' }],
  })
  const rows = Array.from({ length: 60 }, (_, i) => [firmName(i), `F-${i}`, '', '', '', '', ''])
  const content = csvOf(
    ['Name', 'External ID', 'Level', 'City', 'Tags', 'Bank', 'Invoice phone'],
    ['Alder Timber', 'E-1', 'ordinary', 'Bremen', 'x;y', 'Other', '021-5555'],
    ...rows,
  )
  const done = await imported(who, 'customers', content, { matchBy: ['externalId'], onMatch: 'update' })

  const after = await reverted(done.id)
  const events = await listEvents(ctx, { limit: 100, sort: 'at', filter: { type: { eq: 'customer.deleted' } } })

  expect(done.rows).toMatchObject({ created: 60, updated: 1 })
  expect(after).toMatchObject({ status: 'reverted', reverted: { reverted: 61, refused: 0 }, hasErrors: false })
  expect(await names()).toEqual(['Alder Timber'])
  expect(await getCustomer(ctx, { id: old.id })).toMatchObject({
    ...{ version: 3, level: 'small', tags: ['a'], billing: { title: 'T', bank: 'B' }, addresses: [{ kind: 'delivery', city: 'Kiel' }] },
  })
  expect((await getCustomer(ctx, { id: old.id })).billing).not.toHaveProperty('phone')
  expect(events.data).toHaveLength(60)
})

test('what has changed since, was added to, or is gone, stays as it is and is told with its row', async () => {
  const { who, ctx, names, reverted } = await world()
  const content = csvOf(['Name', 'External ID', 'Next contact'], ...[1, 2, 3, 4].map((i) => [firmName(i), `F-${i}`, '2027-03-01']))
  const done = await imported(who, 'customers', content)
  const { data } = await listCustomers(ctx, { limit: 10, sort: 'createdAt', filter: {} })
  const idOf = (key: string) => data.find((customer) => customer.externalId === key)!.id
  await changeCustomer(ctx, { id: idOf('F-1'), changes: { tags: ['mine'] } })
  await createContact(ctx, { customerId: idOf('F-2'), name: 'Li' })
  await deleteCustomer(ctx, { id: idOf('F-3') })

  const after = await reverted(done.id)
  const errors = await errorsOf(who, done.id)

  expect(after).toMatchObject({ status: 'reverted', reverted: { reverted: 1, refused: 3 }, hasErrors: true })
  expect(errors.map(([row, code]) => [row, code])).toEqual([
    ['2', 'revert.changed-since'],
    ['3', 'revert.in-use'],
    ['4', 'customer.not-found'],
  ])
  expect(errors[1]![3]).toContain('contacts that were added since')
  expect(errors[0]!.slice(4)).toEqual([firmName(1), 'F-1', '2027-03-01'])
  expect(await names()).toEqual([firmName(1), firmName(2)].sort())
})

test('a contact that a later row of the same file changed is taken back with it', async () => {
  const { who, ctx, reverted } = await world()
  const customer = await createCustomer(ctx, { name: 'Alder Timber', externalId: 'E-1' })
  const content = csvOf(['Customer external ID', 'Name', 'Primary'], ['E-1', 'Ann', 'yes'], ['E-1', 'Bob', 'yes'], ['E-1', 'Cid', ''])
  const done = await imported(who, 'contacts', content)

  const after = await reverted(done.id)
  const { data } = await listContacts(ctx, { limit: 10, sort: 'createdAt', filter: { customerId: { eq: customer.id } } })

  expect(done.rows.created).toBe(3)
  expect(after.reverted).toEqual({ reverted: 3, refused: 0 })
  expect(data).toEqual([])
  expect((await getCustomer(ctx, { id: customer.id })) as object).not.toHaveProperty('primaryContactId')
})

test('users that were imported are shut out, since users are never deleted', async () => {
  const { who, ctx, reverted } = await world()
  const done = await imported(who, 'users', csvOf(['Name', 'E-mail', 'Roles'], ['Rep', 'rep@firm.example', 'rep']))

  const after = await reverted(done.id)

  expect(after.reverted).toEqual({ reverted: 1, refused: 0 })
  expect((await allUsers(ctx)).find((user) => user.name === 'Rep')).toMatchObject({ active: false })
})

test('a revert whose actor has left is gone on with by who may write such records, and by nobody else', async () => {
  const { tenant, who, ctx } = await world()
  const [leaver, bookkeeper] = await Promise.all([tenant.user('admin'), tenant.user('finance')])
  const theirs = await importer(tenant, leaver)
  const done = await imported(theirs, 'users', csvOf(['Name', 'E-mail', 'Roles'], ['Rep', 'rep@firm.example', 'rep']))
  await revertImport(theirs.ctx, sheets, { id: done.id })
  await changeUser(ctx, { id: leaver.id, changes: { active: false } })

  await run(who.job, done.id)
  const broken = await visibleImport(ctx, done.id, { consistent: true })
  const refused = await codeOf(resumeImport(await tenant.as(bookkeeper), sheets, { id: done.id }))
  await resumeImport(ctx, sheets, { id: done.id })
  await run(who.job, done.id)

  expect(broken).toMatchObject({ status: 'failed', problem: { code: 'import.actor-gone' } })
  expect(refused).toBe('permission.missing')
  expect(await visibleImport(ctx, done.id, { consistent: true })).toMatchObject({ status: 'reverted', reverted: { reverted: 1 } })
  expect((await allUsers(ctx)).find((user) => user.name === 'Rep')).toMatchObject({ active: false })
})

test('a rep takes back what the rep imported, without the right to delete customers', async () => {
  const { tenant, names } = await world()
  const rep = await importer(tenant, await tenant.user('rep'))
  const done = await imported(rep, 'customers', csvOf(['Name'], ['Alder Timber'], ['Bright Optics']))

  await revertImport(rep.ctx, sheets, { id: done.id })
  await run(rep.job, done.id)

  expect(await visibleImport(rep.ctx, done.id, { consistent: true })).toMatchObject({ reverted: { reverted: 2, refused: 0 } })
  expect(await names()).toEqual([])
})

test('a dry run has nothing to be taken back, an import that runs cannot be, and none is twice', async () => {
  const { who, ctx, reverted } = await world()
  const dry = await imported(who, 'customers', csvOf(['Name'], ['Alder Timber']), { dryRun: true })
  const { id } = await uploaded(who, 'customers', csvOf(['Name'], ['Alder Timber']))
  await startImport(ctx, sheets, { id })

  const running = await codeOf(revertImport(ctx, sheets, { id }))
  await run(who.job, id)
  await reverted(id)

  expect(await codeOf(revertImport(ctx, sheets, { id: dry.id }))).toBe('import.state')
  const stopped = await uploaded(who, 'customers', csvOf(['Name'], ['Alder Timber']), { dryRun: true })
  await startImport(ctx, sheets, { id: stopped.id })
  await cancelImport(ctx, { id: stopped.id })
  expect(await codeOf(revertImport(ctx, sheets, { id: stopped.id }))).toBe('import.nothing-written')
  expect(running).toBe('import.state')
  expect(await codeOf(revertImport(ctx, sheets, { id }))).toBe('import.state')
})

test('a revert that dies again and again, each time one call later, comes to its end, nothing twice', async () => {
  const { who, ctx, names } = await world()
  const old = await createCustomer(ctx, { name: 'Alder Timber', externalId: 'E-1', level: 'small' })
  const rows = [1, 2, 3].map((i) => [firmName(i), `F-${i}`, 'small'])
  const content = csvOf(['Name', 'External ID', 'Level'], ['Alder Timber', 'E-1', 'ordinary'], ...rows)
  const done = await imported(who, 'customers', content, { matchBy: ['externalId'], onMatch: 'update' })
  await revertImport(ctx, sheets, { id: done.id })

  for (let n = 2; ; n++) {
    const dying = crashingAt(who.job, n, n % 2 === 0 ? 'after' : 'before')
    const slice = await run(dying.ctx, done.id).catch((error) => {
      if (!(error instanceof Crash)) throw error
    })
    if (slice === 'over' && !dying.crashed()) break
  }
  const events = await listEvents(ctx, {
    limit: 100,
    sort: 'at',
    filter: { type: { in: 'customer.deleted,customer.changed,import.reverted' } },
  })

  expect(await visibleImport(ctx, done.id, { consistent: true })).toMatchObject({
    status: 'reverted',
    reverted: { reverted: 4, refused: 0 },
  })
  expect(await names()).toEqual(['Alder Timber'])
  expect(await getCustomer(ctx, { id: old.id })).toMatchObject({ level: 'small', version: 3 })
  expect(events.data.map(({ type }) => type).sort()).toEqual([
    ...Array(2).fill('customer.changed'),
    ...Array(3).fill('customer.deleted'),
    'import.reverted',
  ])
})

test('a worker that has not heard yet that its import is taken back writes no row that stays', async () => {
  const { who, ctx, names } = await world()
  const rows = Array.from({ length: 60 }, (_, i) => [firmName(i), `F-${i}`])
  const { id } = await uploaded(who, 'customers', csvOf(['Name', 'External ID'], ...rows), { matchBy: ['externalId'] })
  await startImport(ctx, sheets, { id })
  const inFlight = meanwhile(
    who.job,
    (command, input) => command === 'TransactWriteCommand' && input.includes('"ROWS#'),
    async () => {
      await retryStale(() => cancelImport(ctx, { id }))
      await retryStale(() => reverted(who, id))
    },
  )

  const slower = await run(inFlight, id)

  expect(slower).toBe('over')
  expect(await names()).toEqual([])
  expect(await visibleImport(ctx, id, { consistent: true })).toMatchObject({ status: 'reverted', reverted: { refused: 0 } })
})
