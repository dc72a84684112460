import { describe, expect, test } from 'vitest'
import type { Context } from '../../../domain/kernel/context.ts'
import { createCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { listEvents } from '../../../domain/platform/event/list-events.ts'
import { customersOf, firms, importWorld, namesOf, wholeList } from '../../support/import-world.ts'
import { csvOf, errorsOf, imported, importer } from '../../support/imports.ts'

describe('an import of customers', () => {
  test('reads what a Chinese sheet says into the fields it means', async () => {
    const { tenant, who, ctx } = await importWorld()
    const rep = await tenant.user('rep', { name: '李雷' })
    const content = csvOf(
      [
        '客户编号',
        '客户名称（必填）',
        '联系电话',
        '手机',
        '所在城市',
        '详细地址',
        '客户级别',
        '业务员',
        '标签',
        '信用额度',
        '下次联系日期',
        '劣质',
        '开户行',
        '没用的列',
      ],
      [
        'K-1',
        '上海明辉贸易有限公司',
        '021-5555 1234；13800138000',
        '',
        '上海',
        '张江路 88 号',
        '重要',
        '李雷',
        '展会，老客户',
        '12,000.5',
        '2027年3月5日',
        '否',
        '工商银行',
        'x',
      ],
    )

    const done = await imported(who, 'customers', content)
    const [customer] = await customersOf(ctx)

    expect(done).toMatchObject({ status: 'done', total: 1, rows: { created: 1, failed: 0 } })
    expect(done.mapping).not.toHaveProperty('没用的列')
    expect(customer).toMatchObject({
      ...{ externalId: 'K-1', name: '上海明辉贸易有限公司', phones: ['021-5555 1234', '13800138000'], ownerId: rep.id, level: 'key-major' },
      ...{ addresses: [{ kind: 'office', city: '上海', line: '张江路 88 号' }], tags: ['展会', '老客户'], poor: false },
      ...{ creditLimit: { amount: '12000.50', currency: 'CNY' }, billing: { bank: '工商银行' }, openFollowUps: [{ dueOn: '2027-03-05' }] },
    })
  })

  test('writes the rows that can be written, and tells the reason of each that cannot', async () => {
    const { who, ctx } = await importWorld()
    const content = csvOf(
      ['Name', 'External ID', 'E-mail', 'Level', 'Owner e-mail', 'Next contact'],
      ['Alder Timber', 'E-1', 'info@alder.example', 'small', '', '2027-01-05'],
      ['', 'E-2', '', '', '', ''],
      ['Bright Optics', 'E-1', '', '', '', ''],
      ['Cobalt Mining', 'E-3', 'no address', 'huge', '', '05/06/2027'],
      ['Dahlia Foods', 'E-4', '', '', 'nobody@firm.example', ''],
      ['=Elm "Logistics"', 'E-5', '', '', 'nobody@firm.example', ''],
      ['Fjord Shipping', 'E-6', '', '', '', ''],
    )

    const done = await imported(who, 'customers', content)
    const errors = await errorsOf(who, done.id)

    expect(done).toMatchObject({ status: 'done', total: 7, hasErrors: true, rows: { created: 2, updated: 0, skipped: 0, failed: 5 } })
    expect(await namesOf(ctx)).toEqual(['Alder Timber', 'Fjord Shipping'])
    expect(errors.map(([row, code, field]) => [row, code, field])).toEqual([
      ['3', 'input.invalid', 'name'],
      ['4', 'customer.external-id-taken', 'externalId'],
      ['5', 'row.value-invalid', 'level'],
      ['6', 'row.link-unknown', 'owner.email'],
      ['7', 'row.link-unknown', 'owner.email'],
    ])
    expect(errors[2]![3]).toMatch(/"huge" is not one of: key-major.*"05\/06\/2027" is no date/)
    expect(errors[4]!.slice(4, 6)).toEqual([`'=Elm "Logistics"`, 'E-5'])
  })

  test('of more rows than one transaction holds does each once, with its event, in the name of who imports', async () => {
    const { who, ctx, tenant } = await importWorld()
    const rows = firms(130)

    const done = await imported(who, 'customers', csvOf(['Name', 'External ID'], ...rows))
    const events = await wholeList(
      ((c: Context, input: object) => listEvents(c, { ...input, filter: { type: { eq: 'customer.created' } } } as never)) as never,
      ctx,
      'at',
    )

    expect(done.rows).toEqual({ created: 130, updated: 0, skipped: 0, failed: 0 })
    expect(await namesOf(ctx)).toEqual(rows.map(([name]) => name).sort())
    expect(events).toHaveLength(130)
    expect(new Set(events.map((event) => (event as { actor: { id: string }; requestId: string }).actor.id))).toEqual(
      new Set([tenant.admin.id]),
    )
    expect((events[0] as { requestId: string }).requestId).toBe(ctx.requestId)
  })

  test('finds the records that rows mean, and updates, skips or refuses them', async () => {
    const { who, ctx } = await importWorld()
    const kept = await createCustomer(ctx, {
      name: 'Alder Timber',
      externalId: 'E-1',
      level: 'small',
      addresses: [
        { kind: 'delivery', city: 'Kiel' },
        { kind: 'billing', city: 'Ulm' },
      ],
    })
    const content = (level: string) =>
      csvOf(
        ['Name', 'External ID', 'Level', 'City', 'Notes'],
        ['Alder Timber', 'E-1', level, 'Bremen', ''],
        ['Bright Optics', 'E-2', 'small', '', 'n'],
      )

    const skipped = await imported(who, 'customers', content('ordinary'), { matchBy: ['externalId'] })
    const refused = await imported(who, 'customers', content('ordinary'), { matchBy: ['externalId'], onMatch: 'fail' })
    const updated = await imported(who, 'customers', content('ordinary'), { matchBy: ['externalId'], onMatch: 'update' })
    const again = await imported(who, 'customers', content('ordinary'), { matchBy: ['externalId'], onMatch: 'update' })

    expect(skipped.rows).toEqual({ created: 1, updated: 0, skipped: 1, failed: 0 })
    expect(refused.rows).toEqual({ created: 0, updated: 0, skipped: 0, failed: 2 })
    expect((await errorsOf(who, refused.id)).map(([, code]) => code)).toEqual(['row.exists', 'row.exists'])
    expect(updated.rows).toEqual({ created: 0, updated: 1, skipped: 1, failed: 0 })
    expect(again.rows).toEqual({ created: 0, updated: 0, skipped: 2, failed: 0 })
    expect(await getCustomer(ctx, { id: kept.id })).toMatchObject({
      level: 'ordinary',
      version: 2,
      addresses: [
        { kind: 'delivery', city: 'Bremen' },
        { kind: 'billing', city: 'Ulm' },
      ],
    })
  })

  test('can update a single column of what exists, found by id', async () => {
    const { who, ctx } = await importWorld()
    const one = await createCustomer(ctx, { name: 'Alder Timber' })
    const content = csvOf(['ID', 'Level'], [one.id, 'small'], ['cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', 'small'], ['', 'small'])

    const done = await imported(who, 'customers', content, { matchBy: ['id'], onMatch: 'update' })

    expect(done.rows).toEqual({ created: 0, updated: 1, skipped: 0, failed: 2 })
    expect((await errorsOf(who, done.id)).map(([row, code, field]) => [row, code, field])).toEqual([
      ['3', 'row.id-unknown', 'id'],
      ['4', 'input.invalid', 'name'],
    ])
  })

  test('as a rep writes what a rep may write: no owner of others, no field above the role, nothing out of sight', async () => {
    const { tenant, ctx } = await importWorld()
    const [rep, other] = [await tenant.user('rep'), await tenant.user('rep')]
    await createCustomer(ctx, { name: 'Theirs', externalId: 'E-1', ownerId: other.id })
    const who = await importer(tenant, rep)
    const content = csvOf(
      ['Name', 'External ID', 'Owner e-mail', 'Credit limit'],
      ['Alder Timber', 'E-2', '', ''],
      ['Bright Optics', 'E-3', other.email, ''],
      ['Cobalt Mining', 'E-4', '', '100'],
      ['Stolen', 'E-1', '', ''],
      ['Elm Logistics', 'E-5', '公海', ''],
    )

    const done = await imported(who, 'customers', content, { matchBy: ['externalId'], onMatch: 'update' })

    expect(done.rows).toEqual({ created: 2, updated: 0, skipped: 0, failed: 3 })
    expect((await errorsOf(who, done.id)).map(([, code]) => code)).toEqual(['owner.out-of-scope', 'field.forbidden', 'customer.not-found'])
    const all = await customersOf(ctx)
    expect(all.find((customer) => customer.externalId === 'E-2')?.ownerId).toBe(rep.id)
    expect(all.find((customer) => customer.externalId === 'E-5')?.ownerId).toBeUndefined()
    expect(all.find((customer) => customer.externalId === 'E-1')?.name).toBe('Theirs')
  })

  test('links to groups that come later in the file, however deep, and tells of those that never come', async () => {
    const { who, ctx } = await importWorld()
    const content = csvOf(
      ['External ID', 'Name', 'Parent company external ID'],
      ['G-4', 'Granddaughter Works', 'G-3'],
      ['G-3', 'Daughter Mills', 'G-2'],
      ['G-2', 'Mother Holding', 'G-1'],
      ['G-1', 'Top Trust', ''],
      ['G-9', 'Orphan Labs', 'G-8'],
    )

    const done = await imported(who, 'customers', content)
    const all = await customersOf(ctx)
    const idOf = (key: string) => all.find((customer) => customer.externalId === key)?.id

    expect(done.rows).toEqual({ created: 4, updated: 0, skipped: 0, failed: 1 })
    expect((await errorsOf(who, done.id)).map((cells) => cells.slice(0, 3))).toEqual([['6', 'row.link-unknown', 'parent.externalId']])
    expect(all.find((customer) => customer.externalId === 'G-4')?.parentCustomerId).toBe(idOf('G-3'))
    expect(all.find((customer) => customer.externalId === 'G-2')?.parentCustomerId).toBe(idOf('G-1'))
  })
})
