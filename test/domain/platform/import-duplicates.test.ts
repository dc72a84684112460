import { expect, test } from 'vitest'
import type { Problem } from '../../../domain/kernel/errors.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { listEvents } from '../../../domain/platform/event/list-events.ts'
import { firmName } from '../../support/firm-names.ts'
import { csvOf, errorsOf, imported, importer, uploaded } from '../../support/imports.ts'
import { newTenant } from '../../support/tenant.ts'

const phone = '021-6543 2100'
const settings = { mapping: { name: 'name', phone: 'phones', tax: 'taxNumber' } }

/** A colleague's customer, and a sheet of a rep with it in three disguises, one firm of its own, and one of the same tax number. */
async function world() {
  const tenant = await newTenant()
  const [rep, other] = [await tenant.user('rep'), await tenant.user('rep', { name: 'Otto' })]
  const who = await importer(tenant, rep)
  const [name, fine, shared] = [firmName(), firmName(), firmName()]
  await createCustomer(await tenant.as(other), { name, phones: [phone], taxNumber: '91310000MA1FL0001X' })
  const sheet = csvOf(
    ['name', 'phone', 'tax'],
    [`${name}有限公司`, '', ''],
    [fine, '', ''],
    [shared, phone, ''],
    [firmName(), '', '91310000ma1fl0001x'],
  )
  return { tenant, who, sheet, name, fine, shared }
}

test('a dry run names whom rows would be duplicates of, and the run refuses the same rows', async () => {
  const { who, sheet, name } = await world()

  const dry = await imported(who, 'customers', sheet, { ...settings, dryRun: true })
  const dryErrors = await errorsOf(who, dry.id)
  const run = await imported(who, 'customers', sheet, settings)

  expect(dry).toMatchObject({ status: 'checked', rows: { created: 1, failed: 3 } })
  expect(dryErrors.map(([row, code]) => [row, code])).toEqual([
    ['2', 'customer.duplicate'],
    ['4', 'customer.duplicate-suspected'],
    ['5', 'customer.duplicate'],
  ])
  for (const [, , , reason] of dryErrors) expect(reason).toContain(`${name} (Otto)`)
  expect(run).toMatchObject({ status: 'done', rows: { created: 1, failed: 3 } })
  expect(await errorsOf(who, run.id)).toEqual(dryErrors)
})

test('with a reason they are taken, each with it on record, but for an equal tax number', async () => {
  const { tenant, who, sheet } = await world()

  const run = await imported(who, 'customers', sheet, { ...settings, onDuplicate: 'import', duplicateReason: '总部已核对' })

  expect(run).toMatchObject({ status: 'done', rows: { created: 3, failed: 1 } })
  expect((await errorsOf(who, run.id)).map(([row]) => row)).toEqual(['5'])
  const told = await listEvents(await tenant.as(tenant.admin), {
    limit: 9,
    sort: '-at',
    filter: { type: { eq: 'customer.duplicate-overridden' } },
  })
  expect(told.data.map(({ data }) => data)).toMatchObject([{ reason: '总部已核对' }, { reason: '总部已核对' }])
})

test('duplicates are not imported without a reason', async () => {
  const { who } = await world()

  const refused = await uploaded(who, 'customers', 'name\nx', { onDuplicate: 'import' }).catch((error: Problem) => error)

  expect(refused).toMatchObject({ code: 'import.duplicate-reason-missing', more: { errors: [{ pointer: '/duplicateReason' }] } })
})
