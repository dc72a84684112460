import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import { changeCustomer, createCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { changeImport } from '../../../domain/platform/import/create-import.ts'
import { visibleImport } from '../../../domain/platform/import/read-imports.ts'
import { cancelImport, resumeImport, startImport } from '../../../domain/platform/import/start-import.ts'
import { sheets } from '../../../functions/sheets.ts'
import { codeOf, customersOf, firms, importWorld, namesOf } from '../../support/import-world.ts'
import { csvOf, errorsOf, importer, run, uploaded } from '../../support/imports.ts'

describe('an import', () => {
  test('tried out writes nothing, and finds what the real run would', async () => {
    const { who, ctx } = await importWorld()
    await createCustomer(ctx, { name: 'Alder Timber', externalId: 'E-1' })
    const rows = [['Alder Mills', 'E-1'], ['Bright Optics', 'E-2'], ...firms(160), ['Late Twin', 'E-2'], ['', 'E-3']]
    const { id } = await uploaded(who, 'customers', csvOf(['Name', 'External ID'], ...rows), { dryRun: true })

    await startImport(ctx, sheets, { id })
    await run(who.job, id)
    const dry = await visibleImport(ctx, id)
    const dryErrors = await errorsOf(who, id)
    const before = await namesOf(ctx)
    await changeImport(ctx, sheets, { id, changes: { dryRun: false } })
    await startImport(ctx, sheets, { id })
    await run(who.job, id)
    const real = await visibleImport(ctx, id)

    expect(dry).toMatchObject({ status: 'checked', rows: { created: 161, failed: 3 } })
    expect(dryErrors.map(([row, code]) => [row, code])).toEqual([
      ['2', 'customer.external-id-taken'],
      ['164', 'row.duplicate-in-file'],
      ['165', 'input.invalid'],
    ])
    expect(before).toEqual(['Alder Timber'])
    expect(real).toMatchObject({ status: 'done', run: 2, rows: { created: 161, failed: 3 } })
    expect((await errorsOf(who, id)).map(([row]) => row)).toEqual(['2', '164', '165'])
  })

  test('stopped when the time is up goes on where it was, and cancelled stays where it is until it is resumed', async () => {
    const { who, ctx } = await importWorld()
    const { id } = await uploaded(who, 'customers', csvOf(['Name', 'External ID'], ...firms(90)))
    await startImport(ctx, sheets, { id })
    let written = 0
    const send = (command: unknown) => {
      if (command instanceof TransactWriteCommand) written += 1
      return who.job.db.send(command)
    }

    const first = await run({ ...who.job, db: { ...who.job.db, send } }, id, () => written > 2)
    const some = (await customersOf(ctx)).length
    await cancelImport(ctx, { id })
    const cancelled = await run(who.job, id)
    const still = (await customersOf(ctx)).length
    await resumeImport(ctx, sheets, { id })
    const last = await run(who.job, id)

    expect([first, cancelled, last]).toEqual(['again', 'over', 'over'])
    expect(some).toBeGreaterThan(0)
    expect(some).toBeLessThan(90)
    expect(still).toBe(some)
    expect(await namesOf(ctx)).toHaveLength(90)
    expect(await visibleImport(ctx, id)).toMatchObject({ status: 'done', rows: { created: 90 } })
  })

  test('worked on by three workers at once writes every row once', async () => {
    const { who, ctx } = await importWorld()
    const { id } = await uploaded(who, 'customers', csvOf(['Name'], ...firms(70).map(([name]) => [name!])))
    await startImport(ctx, sheets, { id })

    await Promise.all([run(who.job, id), run(who.job, id), run(who.job, id)])

    expect(await namesOf(ctx)).toHaveLength(70)
    expect(new Set(await namesOf(ctx)).size).toBe(70)
    expect(await visibleImport(ctx, id)).toMatchObject({ status: 'done', rows: { created: 70, failed: 0 } })
  })

  test('fails as a whole when its file is replaced, or who started it has left', async () => {
    const { who, ctx, tenant, files } = await importWorld()
    const leaver = await tenant.user('rep')
    const hers = await importer(tenant, leaver)
    const content = csvOf(['Name'], ['Alder Timber'])
    const one = await uploaded(who, 'customers', content)
    const two = await uploaded(hers, 'customers', content)
    await startImport(ctx, sheets, { id: one.id })
    await startImport(hers.ctx, sheets, { id: two.id })

    const key = [...files.contents.keys()].find((name) => name.includes(one.id))!
    files.contents.set(key, Buffer.from(content.replace('Alder', 'Older')))
    const { changeUser } = await import('../../../domain/identity/user/change-user.ts')
    await changeUser(ctx, { id: leaver.id, changes: { active: false } })
    await run(who.job, one.id)
    await run(hers.job, two.id)

    expect(await visibleImport(ctx, one.id)).toMatchObject({ status: 'failed', problem: { code: 'import.file-changed' } })
    expect(await visibleImport(ctx, two.id)).toMatchObject({ status: 'failed', problem: { code: 'import.actor-gone' } })
    expect(await customersOf(ctx)).toEqual([])
  })
})

test('what others import is out of sight, and only who announced it starts it', async () => {
  const { tenant, ctx, who } = await importWorld()
  const rep = await importer(tenant, await tenant.user('rep'))
  const mine = await uploaded(rep, 'customers', 'Name\nAlder\n')
  const theirs = await uploaded(who, 'customers', 'Name\nAlder\n')

  expect(await codeOf(visibleImport(rep.ctx, theirs.id))).toBe('import.not-found')
  expect(await codeOf(startImport(ctx, sheets, { id: mine.id }))).toBe('import.not-yours')
  expect(await codeOf(startImport(rep.ctx, sheets, { id: mine.id }))).toBe('fine')
})

test('a change while it runs is neither lost nor undone', async () => {
  const { who, ctx } = await importWorld()
  const customer = await createCustomer(ctx, { name: 'Alder Timber', externalId: 'E-1' })
  const { id } = await uploaded(who, 'customers', csvOf(['External ID', 'Level'], ['E-1', 'small']), {
    matchBy: ['externalId'],
    onMatch: 'update',
  })
  await startImport(ctx, sheets, { id })

  await Promise.all([
    run(who.job, id),
    ...[1, 2, 3].map((n) => changeCustomer(ctx, { id: customer.id, changes: { tags: [`t${n}`] } }).catch(() => undefined)),
  ])

  expect(await getCustomer(ctx, { id: customer.id })).toMatchObject({ level: 'small', tags: [expect.stringMatching(/^t/)] })
  expect(await visibleImport(ctx, id)).toMatchObject({ rows: { updated: 1, failed: 0 } })
})
