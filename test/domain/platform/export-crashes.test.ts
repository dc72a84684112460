import { beforeAll, expect, test } from 'vitest'
import { today } from '../../../domain/kernel/dates.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { listEvents } from '../../../domain/platform/event/list-events.ts'
import { rowsOn } from '../../../domain/platform/export/export.table.ts'
import { Crash, crashingAt } from '../../support/crashing.ts'
import { ask, type Exporter, exporter, exportOf, fileOf, rowsOf, runJob } from '../../support/exports.ts'
import { firstPoint, step } from '../../support/share.ts'
import { newTenant } from '../../support/tenant.ts'

let who: Exporter
/** Rows of the day before the export that a test began last. */
let before = 0

beforeAll(async () => {
  const tenant = await newTenant({ locale: 'en' })
  who = await exporter(tenant, tenant.admin)
  for (const name of ['Anchor Chains', 'Bilge Pumps', 'Capstan Works']) await createCustomer(who.ctx, { name })
})

const rowsOfDay = () => rowsOn(who.ctx, who.ctx.actor.id, today(who.ctx))

async function begin(kind: string) {
  before = await rowsOfDay()
  return ask(who, { kind, columns: ['name'], ...(kind === 'customers' ? { sort: 'name' } : {}) })
}

/** What an export must have come to, however often it died on the way: one file, counted once, told once. */
async function expectDone(id: string, names: string[]) {
  const rows = names.length
  expect(await exportOf(who, id)).toMatchObject({ status: 'done', rows, total: rows, size: fileOf(who, id).length })
  expect(await rowsOf(fileOf(who, id))).toEqual([['Name'], ...names.map((name) => [name])])
  expect(await rowsOfDay()).toBe(before + rows)
  const finished = { type: { eq: 'export.finished' } }
  const { data: events } = await listEvents(who.ctx, { limit: 100, sort: '-at', filter: finished })
  expect(events.filter(({ subject }) => subject.id === id).length).toBe(1)
}

const known = { customers: ['Anchor Chains', 'Bilge Pumps', 'Capstan Works'], users: ['Ada Admin'] }

test.each([
  ['customers', 'before'],
  ['customers', 'after'],
  ['users', 'before'],
  ['users', 'after'],
] as const)('an export of %s that dies %s any one of its calls is finished by the next run, nothing twice', async (kind, when) => {
  let n = firstPoint
  for (; ; n += step) {
    const { id } = await begin(kind)
    const dying = crashingAt(who.job, n, when)

    const died = await runJob(dying.ctx, id).then(
      () => false,
      (error) => error instanceof Crash || dying.crashed(),
    )
    await runJob(who.job, id)

    await expectDone(id, known[kind])
    if (!died) break
  }
  expect(n).toBeGreaterThan(kind === 'customers' ? 12 : 8)
})

test('worked on by three workers at once it is one file, counted once', async () => {
  const { id } = await begin('customers')

  await Promise.all([1, 2, 3].map(() => runJob(who.job, id)))

  await expectDone(id, known.customers)
})

test('a worker that another one overtakes while it puts the parts together leaves the export as it is', async () => {
  const { id } = await begin('customers')
  let isOvertaken = false
  async function* read(key: string, ...span: number[]) {
    if (key.includes('/prt_') && !isOvertaken) {
      isOvertaken = true
      await runJob(who.job, id)
    }
    yield* who.job.files.read(key, ...span)
  }

  const slower = await runJob({ ...who.job, files: { ...who.job.files, read } }, id)

  expect([isOvertaken, slower]).toEqual([true, 'over'])
  await expectDone(id, known.customers)
})

test('stopped when the time is up it goes on where it was', async () => {
  const { id } = await begin('customers')
  let looks = 0

  const first = await runJob(who.job, id, () => ++looks > 1)
  const between = await exportOf(who, id)
  const second = await runJob(who.job, id)

  expect([first, second]).toEqual(['again', 'over'])
  expect(between).toMatchObject({ status: 'running', total: 3, rows: 0 })
  await expectDone(id, known.customers)
})

test('a worker that looked for the rows before another one does not put what it found in their place', async () => {
  const { id } = await begin('customers')
  let calls = 0
  let isOvertaken = false
  async function write(...[key, ...rest]: Parameters<typeof who.job.files.write>) {
    if (!isOvertaken) {
      isOvertaken = true
      await createCustomer(who.ctx, { name: 'Aback Sails' })
      await runJob(who.job, id, () => ++calls > 1)
    }
    return who.job.files.write(key, ...rest)
  }

  await runJob({ ...who.job, files: { ...who.job.files, write } }, id)

  await expectDone(id, ['Aback Sails', ...known.customers])
})
