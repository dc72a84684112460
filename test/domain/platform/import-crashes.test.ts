import { beforeAll, expect, test } from 'vitest'
import { changeContact, createContact } from '../../../domain/parties/contact/change-contact.ts'
import { listContacts } from '../../../domain/parties/contact/list-contacts.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { listEvents } from '../../../domain/platform/event/list-events.ts'
import { visibleImport } from '../../../domain/platform/import/read-imports.ts'
import { startImport } from '../../../domain/platform/import/start-import.ts'
import { sheets } from '../../../functions/sheets.ts'
import { Crash, crashingAt } from '../../support/crashing.ts'
import { csvOf, errorsOf, firmName, type Importer, importer, run, uploaded } from '../../support/imports.ts'
import { firstPoint, step } from '../../support/share.ts'
import { newTenant } from '../../support/tenant.ts'

let who: Importer
let worlds = 0

beforeAll(async () => {
  const tenant = await newTenant()
  who = await importer(tenant, tenant.admin)
})

/** A customer with a contact; a file that adds two more, changes that one, and has two rows that cannot be written. */
async function world() {
  const n = ++worlds
  const customer = await createCustomer(who.ctx, { name: firmName(n), externalId: `E-${n}` })
  const old = await createContact(who.ctx, { customerId: customer.id, name: 'Old', externalId: `C-${n}-0`, title: 'before' })
  const rows = [
    [`E-${n}`, `C-${n}-1`, 'Ann', ''],
    [`E-${n}`, `C-${n}-0`, 'Old', 'after'],
    [`none-${n}`, `C-${n}-2`, 'Nobody', ''],
    [`E-${n}`, `C-${n}-4`, '', ''],
    [`E-${n}`, `C-${n}-5`, 'Bob', ''],
  ]
  const content = csvOf(['Customer external ID', 'External ID', 'Name', 'Title'], ...rows)
  const { id } = await uploaded(who, 'contacts', content, { matchBy: ['externalId'], onMatch: 'update' })
  await startImport(who.ctx, sheets, { id })
  return { who, id, customer, old }
}

type World = Awaited<ReturnType<typeof world>>

/** What the import must have come to, however often it died on the way. */
async function expectDone({ id, customer }: World) {
  const page = { limit: 100, sort: 'createdAt', filter: { customerId: { eq: customer.id } } }
  const { data } = await listContacts(who.ctx, page)
  expect(data.map((contact) => [contact.name, contact.title, contact.version]).sort()).toEqual([
    ['Ann', undefined, 1],
    ['Bob', undefined, 1],
    ['Old', 'after', 2],
  ])
  expect(await visibleImport(who.ctx, id, { consistent: true })).toMatchObject({
    status: 'done',
    rows: { created: 2, updated: 1, skipped: 0, failed: 2 },
  })
  expect((await errorsOf(who, id)).map(([row]) => row)).toEqual(['4', '5'])
  const { data: events } = await listEvents(who.ctx, { limit: 100, sort: 'at', filter: { customerId: { eq: customer.id } } })
  const count = (type: string) => events.filter((event) => event.type === type).length
  expect([count('contact.created'), count('contact.changed')]).toEqual([3, 1])
}

test.each(['before', 'after'] as const)(
  'an import that dies %s any one of its calls is finished by the next run, nothing twice',
  async (when) => {
    let n = firstPoint
    for (; ; n += step) {
      const here = await world()
      const dying = crashingAt(here.who.job, n, when)

      const died = await run(dying.ctx, here.id).then(
        () => false,
        (error) => error instanceof Crash || dying.crashed(),
      )
      await run(here.who.job, here.id)

      await expectDone(here)
      if (!died) break
    }
    expect(n).toBeGreaterThan(10)
  },
  120_000,
)

test('an import that dies again and again, each time one call later, comes to its end', async () => {
  const here = await world()

  for (let n = 2; ; n++) {
    const dying = crashingAt(here.who.job, n, n % 2 === 0 ? 'after' : 'before')
    const slice = await run(dying.ctx, here.id).catch(() => 'died')
    if (slice === 'over' && !dying.crashed()) break
  }

  await expectDone(here)
})

test('a row that runs into a change by somebody else is done on what is there then', async () => {
  const here = await world()
  let meddled = false
  const send = async (command: unknown) => {
    if (!meddled && (command as object).constructor.name === 'TransactWriteCommand') {
      meddled = true
      await changeContact(here.who.ctx, { id: here.old.id, changes: { wechat: 'meanwhile' } })
    }
    return here.who.job.db.send(command)
  }

  await run({ ...here.who.job, db: { ...here.who.job.db, send } }, here.id)

  const { data } = await listContacts(here.who.ctx, { limit: 100, sort: 'createdAt', filter: { customerId: { eq: here.customer.id } } })
  expect(data.find((contact) => contact.name === 'Old')).toMatchObject({ title: 'after', wechat: 'meanwhile', version: 3 })
  expect(await visibleImport(here.who.ctx, here.id, { consistent: true })).toMatchObject({ rows: { created: 2, updated: 1, failed: 2 } })
})
