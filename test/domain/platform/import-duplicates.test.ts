import { expect, test } from 'vitest'
import { inventedFirms } from '../../../bench/duplicates/invented-firms.ts'
import type { Problem } from '../../../domain/kernel/errors.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { checkDuplicates } from '../../../domain/parties/duplicate/check-duplicates.ts'
import { listEvents } from '../../../domain/platform/event/list-events.ts'
import { startImport } from '../../../domain/platform/import/start-import.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { sheets } from '../../../functions/sheets.ts'
import { firmName } from '../../support/firm-names.ts'
import { csvOf, errorsOf, imported, importer, run as runOf, uploaded } from '../../support/imports.ts'
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

/** Firms that the checks take for no other, of the same lane, with room between those that are alike: no transaction holds so many. */
const ofShanghai = [...new Set(inventedFirms(800, 20261122))].filter((name) => name.startsWith('上海'))
const others = (from: number) => ofShanghai.slice(from, from + 9).map((name) => [name, '', ''])

/** One firm in the disguises in which sheets have it: the same name, a character swapped, another name with its telephone. */
function sheetWithDoubles() {
  const lines = [
    ['上海明辉国际贸易有限公司', '', ''],
    ...others(0),
    ['上海明辉国际贸易', '', ''],
    ['Northern Lights Lamp Company', '021-5555 0101', ''],
    ...others(9),
    ['上海明晖国际贸易有限公司', '', ''],
    ['Northern Lights Lamps', '+86 21 5555 0101', ''],
    ...others(18),
  ]
  return { sheet: csvOf(['name', 'phone', 'tax'], ...lines), doubles: ['12', '23', '24'] }
}

test('a dry run finds the doubles within the file, as the run does, however far apart they stand', async () => {
  const tenant = await newTenant()
  const who = await importer(tenant, tenant.admin)
  const { sheet, doubles } = sheetWithDoubles()

  const dry = await imported(who, 'customers', sheet, { ...settings, dryRun: true })
  const told = await errorsOf(who, dry.id)
  const run = await imported(who, 'customers', sheet, settings)

  expect(told.map(([row]) => row)).toEqual(doubles)
  for (const [, code] of told) expect(['row.duplicate-in-file', 'customer.duplicate-suspected', 'customer.duplicate']).toContain(code)
  expect(told[1]!.slice(1, 4)).toEqual([
    'row.duplicate-in-file',
    '',
    expect.stringContaining('Row 2 of this file, 上海明辉国际贸易有限公司, seems to be the same.'),
  ])
  expect((await errorsOf(who, run.id)).map(([row]) => row)).toEqual(doubles)
  expect(run.rows).toEqual(dry.rows)
})

test('a dry run of an import that takes duplicates takes them too, and names them', async () => {
  const tenant = await newTenant()
  const who = await importer(tenant, tenant.admin)
  const { sheet, doubles } = sheetWithDoubles()
  const takes = { ...settings, onDuplicate: 'import' as const, duplicateReason: '总部已核对' }

  const dry = await imported(who, 'customers', sheet, { ...takes, dryRun: true })
  const told = await errorsOf(who, dry.id)
  const run = await imported(who, 'customers', sheet, takes)

  expect(told.map(([row]) => row)).toEqual(doubles)
  expect(dry).toMatchObject({ status: 'checked', hasErrors: true, rows: { created: 32, failed: 0 } })
  expect(run).toMatchObject({ status: 'done', hasErrors: false, rows: dry.rows })
})

test('rows of one transaction are checked for duplicates together, in fewer calls and units than one by one', async () => {
  const tenant = await newTenant()
  const who = await importer(tenant, tenant.admin)
  // One lane has all rows whose names begin alike.
  const rows = [...inventedFirms(90, 7)]
    .filter((name) => name.startsWith('上海'))
    .slice(0, 5)
    .map((name, i) => [name, `0574-8765 432${i}`])
  const { id } = await uploaded(who, 'customers', csvOf(['name', 'phone'], ...rows), { mapping: { name: 'name', phone: 'phones' } })
  await startImport(who.ctx, sheets, { id })

  const { spent } = await measure(() => runOf(who.job, id))

  const checks = await Promise.all(rows.map(([name, phone]) => measure(() => checkDuplicates(who.ctx, { name: name!, phones: [phone!] }))))
  const alone = checks.reduce((sum, check) => sum + 2 * check.spent.readUnits, 0)
  expect(spent.byCommand.BatchGetItemCommand).toBeLessThanOrEqual(2)
  expect(spent.readUnits).toBeLessThan(alone)
})
