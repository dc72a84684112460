import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import { allUsers } from '../../../domain/identity/user/user.table.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import type { Problem } from '../../../domain/kernel/errors.ts'
import { listActivities } from '../../../domain/parties/activity/list-activities.ts'
import { listContacts } from '../../../domain/parties/contact/list-contacts.ts'
import { changeCustomer, createCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import type { Customer } from '../../../domain/parties/customer/customer.ts'
import { listCustomers } from '../../../domain/parties/customer/list-customers.ts'
import { listEvents } from '../../../domain/platform/event/list-events.ts'
import { changeImport } from '../../../domain/platform/import/create-import.ts'
import { inspectImport } from '../../../domain/platform/import/inspect-import.ts'
import { visibleImport } from '../../../domain/platform/import/read-imports.ts'
import { cancelImport, resumeImport, startImport } from '../../../domain/platform/import/start-import.ts'
import { sheets } from '../../../functions/sheets.ts'
import { csvOf, errorsOf, firmName, imported, importer, run, uploaded } from '../../support/imports.ts'
import { bookOf } from '../../support/sheets.ts'
import { newTenant } from '../../support/tenant.ts'

const codeOf = (work: Promise<unknown>) => work.then(() => 'fine').catch((error: Problem) => error.code)

async function everything<T>(
  read: (ctx: Context, input: never) => Promise<{ data: T[]; page: { next: string | null } }>,
  ctx: Context,
  sort: string,
) {
  const all: T[] = []
  let cursor: string | undefined
  do {
    const page = await read(ctx, { limit: 100, sort, filter: {}, ...(cursor ? { cursor } : {}) } as never)
    all.push(...page.data)
    cursor = page.page.next ?? undefined
  } while (cursor)
  return all
}
const customersOf = (ctx: Context): Promise<Customer[]> => everything(listCustomers as never, ctx, 'createdAt')
const namesOf = async (ctx: Context) => (await customersOf(ctx)).map((customer) => customer.name).sort()

const firms = (n: number) => Array.from({ length: n }, (_, i) => [firmName(i), `F-${i}`])

async function world() {
  const tenant = await newTenant({ timeZone: 'Asia/Shanghai', currency: 'CNY' })
  const who = await importer(tenant, tenant.admin)
  return { tenant, who, ...who }
}

describe('an import of customers', () => {
  test('reads what a Chinese sheet says into the fields it means', async () => {
    const { tenant, who, ctx } = await world()
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
    const { who, ctx } = await world()
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
    const { who, ctx, tenant } = await world()
    const rows = firms(130)

    const done = await imported(who, 'customers', csvOf(['Name', 'External ID'], ...rows))
    const events = await everything(
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
    const { who, ctx } = await world()
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
    const { who, ctx } = await world()
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
    const { tenant, ctx } = await world()
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
    const { who, ctx } = await world()
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

  test('tried out writes nothing, and finds what the real run would', async () => {
    const { who, ctx } = await world()
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
    const { who, ctx } = await world()
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
    const { who, ctx } = await world()
    const { id } = await uploaded(who, 'customers', csvOf(['Name'], ...firms(70).map(([name]) => [name!])))
    await startImport(ctx, sheets, { id })

    await Promise.all([run(who.job, id), run(who.job, id), run(who.job, id)])

    expect(await namesOf(ctx)).toHaveLength(70)
    expect(new Set(await namesOf(ctx)).size).toBe(70)
    expect(await visibleImport(ctx, id)).toMatchObject({ status: 'done', rows: { created: 70, failed: 0 } })
  })

  test('fails as a whole when its file is replaced, or who started it has left', async () => {
    const { who, ctx, tenant, files } = await world()
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

describe('an import of', () => {
  test('contacts links them to their customers, and tells them apart within one', async () => {
    const { who, ctx } = await world()
    const [one, two] = [
      await createCustomer(ctx, { name: 'Alder Timber', externalId: 'E-1' }),
      await createCustomer(ctx, { name: 'Bright Optics' }),
    ]
    const content = csvOf(
      ['客户编号', '客户ID', '姓名', '手机', '微信', '生日', '主要联系人'],
      ['E-1', '', '王小姐', '13800138000', 'wx1', '1990/5/6', '是'],
      ['', two.id, '王小姐', '13900139000', '', '', ''],
      ['E-7', '', '赵先生', '', '', '', ''],
      ['E-1', '', '李先生', '', '', '', '√'],
    )

    const done = await imported(who, 'contacts', content)
    const again = await imported(who, 'contacts', csvOf(['客户编号', '姓名', '职务'], ['E-1', '王小姐', '经理']), {
      matchBy: ['name'],
      onMatch: 'update',
    })
    const { data } = await listContacts(ctx, { limit: 25, sort: 'createdAt', filter: { customerId: { eq: one.id } } })

    expect(done.rows).toEqual({ created: 3, updated: 0, skipped: 0, failed: 1 })
    expect((await errorsOf(who, done.id)).map((cells) => cells.slice(0, 3))).toEqual([['4', 'row.link-unknown', 'customer.externalId']])
    expect(again.rows).toMatchObject({ updated: 1, failed: 0 })
    expect(data).toMatchObject([
      { name: '王小姐', title: '经理', birthday: '1990-05-06', phones: ['13800138000'] },
      { name: '李先生', primary: true },
    ])
  })

  test('activities logs them at their time on the clock of the firm, and plans what is next', async () => {
    const { who, ctx } = await world()
    const customer = await createCustomer(ctx, { name: 'Alder Timber', externalId: 'E-1' })
    const content = csvOf(
      ['客户编号', '跟进方式', '跟进时间', '跟进内容', '下次跟进日期'],
      ['E-1', '上门拜访', '2026-03-05 09:30', '看样品', '2027-01-04'],
      ['E-1', '电话', '2026/3/4', '约时间', ''],
      ['E-1', '电话', '2126-03-05', '还没发生', ''],
    )

    const done = await imported(who, 'activities', content)
    const { data } = await listActivities(ctx, { limit: 25, sort: 'at', filter: { customerId: { eq: customer.id } } })

    expect(done.rows).toEqual({ created: 2, updated: 0, skipped: 0, failed: 1 })
    expect((await errorsOf(who, done.id)).map((cells) => cells.slice(0, 3))).toEqual([['4', 'activity.in-future', 'at']])
    expect(data.map(({ kind, at }) => [kind, at])).toEqual([
      ['call', '2026-03-03T16:00:00.000Z'],
      ['visit', '2026-03-05T01:30:00.000Z'],
    ])
    expect(await getCustomer(ctx, { id: customer.id })).toMatchObject({ openFollowUps: [{ dueOn: '2027-01-04' }] })
  })

  test('users makes the line of managers whatever the order of the rows', async () => {
    const { who, ctx } = await world()
    const content = csvOf(
      ['姓名', '邮箱', '角色', '上级', '部门'],
      ['Rep', 'rep@firm.example', '销售', 'Head', 'East'],
      ['Head', 'head@firm.example', '经理；销售', 'boss', ''],
      ['boss', 'boss@firm.example', '经理', '', ''],
      ['Lost', 'lost@firm.example', '销售', 'Nobody', ''],
    )

    const done = await imported(who, 'users', content)
    const people = await allUsers(ctx)
    const named = (name: string) => people.find((user) => user.name === name)

    expect(done.rows).toEqual({ created: 3, updated: 0, skipped: 0, failed: 1 })
    expect(named('Rep')?.managerId).toBe(named('Head')?.id)
    expect(named('Head')).toMatchObject({ roles: ['manager', 'rep'], managerId: named('boss')?.id })
    expect((await errorsOf(who, done.id))[0]!.slice(0, 3)).toEqual(['5', 'row.link-unknown', 'manager.name'])
  })

  test('users is for those who may add users, and of an unknown kind for nobody', async () => {
    const { tenant } = await world()
    const rep = await importer(tenant, await tenant.user('rep'))

    expect(await codeOf(uploaded(rep, 'users', 'x'))).toBe('permission.missing')
    expect(await codeOf(uploaded(rep, 'quotes', 'x'))).toBe('import.kind-unknown')
  })
})

describe('a file', () => {
  const inspect = async (content: string | Buffer, settings = {}) => {
    const { who, ctx } = await world()
    const { id } = await uploaded(who, 'customers', content, settings)
    const code = await codeOf(inspectImport(ctx, sheets, { id }))
    const seen = await visibleImport(ctx, id)
    return { code, seen }
  }

  test('is shown with its columns, what they are taken to mean, and its first rows', async () => {
    const { seen } = await inspect(`Company name;Tel. (required);Zip;Strange\nAlder;021-1;;x\nBright;;;y\n\n;;;\nCobalt;;;\n`)

    expect(seen).toMatchObject({ status: 'ready', format: 'csv', seenEncoding: 'utf-8', total: 3 })
    expect(seen.mapping).toEqual({ 'Company name': 'name', 'Tel. (required)': 'phones', Zip: 'address.postalCode' })
    expect(seen.preview).toEqual([
      ['Alder', '021-1', '', 'x'],
      ['Bright', '', '', 'y'],
      ['Cobalt', '', '', ''],
    ])
  })

  test('in GBK is recognised, and read in another encoding when that is named', async () => {
    const gbk = Buffer.concat([Buffer.from([0xc3, 0xfb, 0xb3, 0xc6, 0x0a]), Buffer.from([0xc3, 0xf7, 0xbb, 0xd4, 0x0a])])

    const { seen } = await inspect(gbk)
    const { seen: latin } = await inspect(gbk, { encoding: 'windows-1252' })

    expect(seen).toMatchObject({ seenEncoding: 'gb18030', columns: [{ heading: '名称' }], preview: [['明辉']], mapping: { 名称: 'name' } })
    expect(latin.preview).toEqual([['Ã÷»Ô']])
  })

  test('in XLSX is read from the sheet and below the headings that are named', async () => {
    const cell = (place: string, text: string) => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`
    const book = await bookOf({
      Cover: `<row r="1">${cell('A1', 'Hello')}</row>`,
      Data: `<row r="1">${cell('A1', 'Customers of 2026')}</row><row r="3">${cell('A3', 'Name')}${cell('C3', 'Phone')}</row><row r="4">${cell('A4', 'Alder')}<c r="C4"><v>13800138000</v></c></row><row r="5">${cell('A5', 'Bright')}</row>`,
    })
    const { who, ctx } = await world()
    const settings = { sheet: 'Data', headingRow: 3, fileName: 'x.xlsx' }
    const { id: cover } = await uploaded(who, 'customers', book, { fileName: 'x.xlsx' })
    const { id } = await uploaded(who, 'customers', book, settings)
    const unnamed = startImport(ctx, sheets, { id: cover })
    await expect(unnamed).rejects.toMatchObject({ code: 'import.sheet-empty', message: expect.stringContaining('Cover, Data') })

    await startImport(ctx, sheets, { id })
    await run(who.job, id)

    expect(await visibleImport(ctx, id)).toMatchObject({ status: 'done', sheets: ['Cover', 'Data'], rows: { created: 2, failed: 0 } })
    expect((await customersOf(ctx)).find(({ name }) => name === 'Alder')?.phones).toEqual(['13800138000'])
  })

  test.each<[string, string | Buffer, string, object?]>([
    ['that is empty', '', 'import.file-empty'],
    ['with headings alone', 'Name,Phone\n', 'import.file-empty'],
    ['of blank lines', '\n\n\n', 'import.file-empty'],
    ['that is a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 1]), 'import.file-binary'],
    ['of the old Excel', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'import.file-xls'],
    ['that begins with data', 'Alder Timber,info@alder.example\nBright,x@y.example\n', 'import.no-headings'],
    ['whose row of headings is empty', 'Name\nAlder\n\n', 'import.no-headings', { headingRow: 3 }],
    ['with a heading twice', 'Name,Phone, Name \nAlder,1,x\n', 'import.heading-duplicate'],
    ['with data below no heading', 'Name,,Phone\nAlder,x,1\n', 'import.heading-missing'],
    ['with too many columns', `${Array.from({ length: 201 }, (_, i) => `H${i}x`).join(',')}\n1\n`, 'import.too-many-columns'],
    ['with too many rows', `Name\n${'Alder\n'.repeat(100_001)}`, 'import.too-many-rows'],
    ['whose quotes do not end', 'Name,Phone\n"Alder,1\nBright,2\n', 'import.csv-malformed'],
    [
      'that is no text in the encoding that was named',
      Buffer.from([0x4e, 0x0a, 0xff, 0xfe, 0x0a]),
      'import.encoding-unknown',
      { encoding: 'utf-8' },
    ],
    ['that is half an archive', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'import.xlsx-malformed'],
  ])('%s is refused with what to do, and can be uploaded again', async (_, content, code, settings = {}) => {
    const found = await inspect(content, settings)

    expect(found.code).toBe(code)
    expect(found.seen).toMatchObject({ status: 'waiting', version: 1 })
  })

  test('whose rows have more or fewer cells than headings is imported without those rows', async () => {
    const { who, ctx } = await world()

    const done = await imported(who, 'customers', 'Name,Phone,Notes\nAlder,021-1234,\nBright\nCobalt,021-4321,a,b\nDahlia,,,\n')

    expect(done.rows).toEqual({ created: 2, updated: 0, skipped: 0, failed: 2 })
    expect((await errorsOf(who, done.id)).map(([row, code]) => [row, code])).toEqual([
      ['3', 'row.ragged'],
      ['4', 'row.ragged'],
    ])
    expect(await namesOf(ctx)).toEqual(['Alder', 'Dahlia'])
  })
})

describe('a mapping', () => {
  test.each<[string, object, string, string]>([
    ['to an unknown field', { mapping: { Name: 'colour' } }, 'import.field-unknown', '/mapping/Name'],
    ['of two columns to one field', { mapping: { Name: 'name', Other: 'name' } }, 'import.field-twice', '/mapping/Other'],
    ['with a match by what finds nothing', { matchBy: ['notes'] }, 'import.match-unknown', '/matchBy/0'],
  ])('%s is refused at once', async (_, settings, code, pointer) => {
    const { who } = await world()

    const error = await uploaded(who, 'customers', 'x', settings).catch((problem: Problem) => problem)

    expect(error).toMatchObject({ code, more: { errors: [{ pointer }] } })
  })

  test.each<[string, object, string]>([
    ['of a column that the file does not have', { mapping: { Name: 'name', Colour: 'notes' } }, 'import.column-unknown'],
    ['without what a new record needs', { mapping: { Phone: 'phones' } }, 'import.field-unmapped'],
    ['without what records are found by', { mapping: { Name: 'name' }, matchBy: ['externalId'] }, 'import.match-unmapped'],
  ])('%s is refused before anything is written', async (_, settings, code) => {
    const { who, ctx } = await world()
    const { id } = await uploaded(who, 'customers', 'Name,Phone\nAlder,021-1234\n', settings)

    expect(await codeOf(startImport(ctx, sheets, { id }))).toBe(code)
    expect(await visibleImport(ctx, id)).toMatchObject({ status: 'waiting', run: 0 })
  })

  test('can be corrected until the import is started, and not afterwards', async () => {
    const { who, ctx } = await world()
    const { id } = await uploaded(who, 'customers', 'Wer,Was\nAlder,x\n')
    await inspectImport(ctx, sheets, { id })

    const changed = await changeImport(ctx, sheets, { id, changes: { mapping: { Wer: 'name', Was: null } } })
    await startImport(ctx, sheets, { id })

    expect(changed).toMatchObject({ status: 'ready', mapping: { Wer: 'name' } })
    expect(await codeOf(changeImport(ctx, sheets, { id, changes: { mapping: { Was: 'notes' } } }))).toBe('import.state')
    expect(await codeOf(startImport(ctx, sheets, { id }))).toBe('import.state')
    await run(who.job, id)
    expect((await customersOf(ctx)).map(({ name, version }) => [name, version])).toEqual([['Alder', 1]])
  })
})

test('what others import is out of sight, and only who announced it starts it', async () => {
  const { tenant, ctx, who } = await world()
  const rep = await importer(tenant, await tenant.user('rep'))
  const mine = await uploaded(rep, 'customers', 'Name\nAlder\n')
  const theirs = await uploaded(who, 'customers', 'Name\nAlder\n')

  expect(await codeOf(visibleImport(rep.ctx, theirs.id))).toBe('import.not-found')
  expect(await codeOf(startImport(ctx, sheets, { id: mine.id }))).toBe('import.not-yours')
  expect(await codeOf(startImport(rep.ctx, sheets, { id: mine.id }))).toBe('fine')
})

test('a change while it runs is neither lost nor undone', async () => {
  const { who, ctx } = await world()
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
