import { beforeAll, describe, expect, test } from 'vitest'
import { changeUser } from '../../../domain/identity/user/change-user.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { createContact } from '../../../domain/parties/contact/change-contact.ts'
import { createCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { createView } from '../../../domain/parties/view/change-view.ts'
import { cancelExport, deleteExport } from '../../../domain/platform/export/create-export.ts'
import { getExport, listExports } from '../../../domain/platform/export/read-exports.ts'
import { runExport } from '../../../domain/platform/export/run-export.ts'
import { guessMapping } from '../../../domain/platform/import/guess-mapping.ts'
import { sheets } from '../../../functions/sheets.ts'
import { ask, type Exporter, exported, exporter, exportOf, fileOf, rowsOf, runJob } from '../../support/exports.ts'
import { firmName, imported, importer } from '../../support/imports.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let admin: Exporter

beforeAll(async () => {
  tenant = await newTenant({ locale: 'en' })
  admin = await exporter(tenant, tenant.admin)
})

const columns = ['name', 'phones', 'address.city']
const inColumn = (rows: string[][], heading: string) => rows.slice(1).map((cells) => cells[rows[0]!.indexOf(heading)])

describe('what is in a file', () => {
  test('the caller and nobody else: own customers whole, those of the pool as the pool shows them, others not at all', async () => {
    const firm = await newTenant({ locale: 'en' })
    const [rep, other] = [await firm.user('rep'), await firm.user('rep')]
    const boss = await firm.as(firm.admin)
    const addresses = [{ kind: 'office' as const, city: 'Ningbo', line: 'Dock 4' }]
    await createCustomer(boss, { name: 'Own Rope', phones: ['021-63550101'], addresses, ownerId: rep.id })
    await createCustomer(boss, { name: 'Pool Sails', phones: ['021-63550102'], addresses, ownerId: null })
    await createCustomer(boss, { name: 'Foreign Masts', phones: ['021-63550103'], ownerId: other.id })

    const rows = await exported(await exporter(firm, rep), { kind: 'customers', columns: [...columns, 'address.line'], sort: 'name' })
    const all = await exported(await exporter(firm, firm.admin), { kind: 'customers', columns, sort: 'name' })

    expect(rows).toEqual([
      ['Name', 'Phone', 'City', 'Address'],
      ['Own Rope', '021-63550101', 'Ningbo', 'Dock 4'],
      ['Pool Sails', '', 'Ningbo', ''],
    ])
    expect(inColumn(all, 'Name')).toEqual(['Foreign Masts', 'Own Rope', 'Pool Sails'])
    expect(inColumn(all, 'Phone')).toEqual(['021-63550103', '021-63550101', '021-63550102'])
  })

  test('what the role does not see is no column of the file, and asking for it is refused with a code of its own', async () => {
    const marketer = await exporter(tenant, await tenant.user('marketer'))

    const { id } = await ask(marketer, { kind: 'customers' })

    expect((await exportOf(marketer, id)).columns).not.toContain('billing.account')
    expect((await exportOf(marketer, id)).columns).toContain('phones')
    await expect(ask(marketer, { kind: 'customers', columns: ['name', 'billing.account'] })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'export.column-forbidden',
      more: { errors: [{ pointer: '/columns/1' }] },
    })
  })

  test('a search and a saved view choose the rows, their order and the columns', async () => {
    const firm = await newTenant({ locale: 'en' })
    const who = await exporter(firm, firm.admin)
    for (const [name, level] of [
      ['Alpha', 'small'],
      ['Beta', 'key-major'],
      ['Gamma', 'key-major'],
      ['Delta', undefined],
    ] as const)
      await createCustomer(who.ctx, { name, level, addresses: [{ kind: 'office', city: `${name} City` }] })
    const view = await createView(who.ctx, {
      ...{ name: 'Major', noun: 'customers', sort: '-name', fields: ['name', 'addresses'] },
      where: { field: 'level', op: 'eq', value: 'key-major' },
    })

    const viewed = await exported(who, { kind: 'customers', viewId: view.id })
    const both = await exported(who, { kind: 'customers', viewId: view.id, text: 'beta', columns: ['name'] })
    const searched = await exported(who, { kind: 'customers', where: { field: 'level', op: 'isNull', value: true }, columns: ['name'] })

    expect(viewed[0]!.slice(0, 2)).toEqual(['ID', 'Name'])
    expect(viewed[0]).toContain('City')
    expect(viewed[0]).not.toContain('Level')
    expect(inColumn(viewed, 'Name')).toEqual(['Gamma', 'Beta'])
    expect(both).toEqual([['Name'], ['Beta']])
    expect(searched).toEqual([['Name'], ['Delta']])
  })

  test('a moment is what the clocks of the firm show', async () => {
    const customer = await createCustomer(admin.ctx, { name: 'Clock Works' })
    await logActivity(admin.ctx, { customerId: customer.id, kind: 'visit', at: '2026-11-20T01:30:15.000Z', summary: 'Saw the tower' })

    const rows = await exported(admin, { kind: 'activities', columns: ['customer.name', 'at', 'author.name'], text: 'tower' })

    expect(rows).toEqual([
      ['Customer', 'At', 'Author'],
      ['Clock Works', '2026-11-20 09:30:15', 'Ada Admin'],
    ])
  })

  test.each(['csv', 'xlsx'] as const)(
    'in %s no cell is a formula, and what was put in front of it is taken off by an import',
    async (format) => {
      const firm = await newTenant({ locale: 'en' })
      const who = await exporter(firm, firm.admin)
      const starts = ['=', '+', '-', '@', '\t=', '＝', '＋', '－', '＠']
      for (const [i, start] of starts.entries()) await createCustomer(who.ctx, { name: firmName(i), notes: `${start}cmd|' /C calc'!A0` })

      const { id } = await ask(who, { kind: 'customers', columns: ['name', 'notes'], format })
      await runJob(who.job, id)
      const file = fileOf(who, id)

      const notes = (await rowsOf(file, format)).slice(1).map(([, cell]) => cell!)
      expect(notes.length).toBe(starts.length)
      for (const cell of notes) expect(cell).toMatch(/^'/)
      const back = await newTenant({ locale: 'en' })
      const importing = await importer(back, back.admin)
      const { rows } = await imported(importing, 'customers', file, { fileName: `x.${format}` })
      expect(rows.created).toBe(starts.length)
      const again = await exported(await exporter(back, back.admin), {
        kind: 'customers',
        columns: ['notes'],
        where: { field: 'name', op: 'eq', value: firmName(0) },
      })
      expect(again[1]).toEqual([`'=cmd|' /C calc'!A0`])
    },
  )

  test('CSV begins with the mark that Excel knows UTF-8 by, and a tenant may ask for headings in either language', async () => {
    const { id } = await ask(admin, { kind: 'users', columns: ['name', 'email'], locale: 'zh-CN' })
    await runJob(admin.job, id)

    expect([...fileOf(admin, id).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect((await rowsOf(fileOf(admin, id)))[0]).toEqual(['姓名', '邮箱'])
  })
})

describe('an exported file comes in again', () => {
  test.each(['en', 'zh-CN'] as const)('its headings in %s are known to imports, every one for its own column', (locale) => {
    for (const kind of sheets) {
      const headings = kind.fields.map(({ label }) => label[locale])
      const guessed = guessMapping(headings, kind.fields)

      expect(new Set(headings).size).toBe(headings.length)
      for (const { name, label, read } of kind.fields)
        expect(guessed[label[locale]] ?? null, `${kind.kind.name} ${name}`).toBe(read ? name : null)
    }
  })

  test.each(['csv', 'xlsx'] as const)('as %s: the same customers and contacts in another tenant', async (format) => {
    const [here, there] = [await newTenant(), await newTenant({ locale: 'en' })]
    const who = await exporter(here, here.admin)
    const customer = await createCustomer(who.ctx, {
      ...{
        name: '宁波港绳缆有限公司',
        externalId: 'E-1',
        aliases: ['港绳', 'Harbour Rope'],
        phones: ['0574-8765 4321', '+86 138 0013 8000'],
      },
      ...{ level: 'key-major', poor: false, creditLimit: { amount: '1234.50', currency: 'CNY' }, notes: 'two\nlines, "quoted"' },
      addresses: [{ kind: 'office', country: 'CN', city: '宁波', line: '北仑路 1 号' }],
    })
    await createContact(who.ctx, {
      customerId: customer.id,
      name: '王芳',
      phones: ['138 0013 8001'],
      birthday: '1980-02-29',
      primary: true,
    })
    const file = async (kind: string) => {
      const { id } = await ask(who, { kind, format })
      await runJob(who.job, id)
      return fileOf(who, id)
    }

    const importing = await importer(there, there.admin)
    const mapped = (kind: string) => {
      const fields = sheets
        .find((each) => each.kind.name === kind)!
        .fields.filter(({ name, read }) => read && name !== 'id' && name !== 'customer.id')
      const leftOut = ['owner.email', 'owner.name', 'owner.externalId']
      return Object.fromEntries(fields.filter(({ name }) => !leftOut.includes(name)).map(({ name, label }) => [label['zh-CN'], name]))
    }
    const customersIn = await imported(importing, 'customers', await file('customers'), { mapping: mapped('customers') })
    const contactsIn = await imported(importing, 'contacts', await file('contacts'), { mapping: mapped('contacts') })

    expect([customersIn.rows, contactsIn.rows]).toEqual(Array(2).fill({ created: 1, updated: 0, skipped: 0, failed: 0 }))
    const target = await exporter(there, there.admin)
    const [, cells] = await exported(target, { kind: 'customers', columns: ['id'] })
    const {
      id: _id,
      version: _v,
      createdAt: _c,
      createdBy: _b,
      updatedAt: _u,
      ownerId: _o,
      ownedSince: _s,
      primaryContactId: _p,
      foundBy: _f,
      ...before
    } = (await getCustomer(who.ctx, customer)) as unknown as Record<string, unknown>
    expect(await getCustomer(target.ctx, { id: cells![0]! })).toMatchObject(before)
  })
})

describe('who may not', () => {
  test.each([
    ['a kind that there is not', { kind: 'planets' }, 'export.kind-unknown', '/kind'],
    ['a column that there is not', { kind: 'customers', columns: ['name', 'colour'] }, 'export.column-unknown', '/columns/1'],
    ['a column twice', { kind: 'customers', columns: ['name', 'name'] }, 'export.column-duplicate', '/columns/1'],
    ['a search of what has none', { kind: 'users', text: 'Ada' }, 'export.search-unsupported', '/text'],
    [
      'a field that cannot be searched',
      { kind: 'customers', where: { field: 'colour', op: 'eq', value: 'red' } },
      'search.unknown-field',
      '/where/field',
    ],
  ] as const)('%s is refused before there is a job', async (_, asked, code, pointer) => {
    await expect(ask(admin, asked as never)).rejects.toMatchObject({ code, more: { errors: [{ pointer }] } })
  })

  test('a key without the right to read the kind does not export it', async () => {
    const key = { ...admin.ctx, actor: { ...admin.ctx.actor, kind: 'key' as const, scopes: ['exports.write', 'contacts.read'] } }

    await expect(ask({ ...admin, ctx: key }, { kind: 'customers' })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'export.kind-forbidden',
    })
    expect((await ask({ ...admin, ctx: key }, { kind: 'contacts' })).status).toBe('running')
  })

  test('whose access ends, or whose role loses the right, gets no file', async () => {
    const [leaver, demoted] = [await tenant.user('rep'), await tenant.user('rep')]
    const [a, b] = [await exporter(tenant, leaver), await exporter(tenant, demoted)]
    const [first, second] = [await ask(a, { kind: 'customers' }), await ask(b, { kind: 'customers' })]
    await changeUser(admin.ctx, { id: leaver.id, changes: { active: false } })
    await changeUser(admin.ctx, { id: demoted.id, changes: { roles: ['viewer'] } })

    await runJob(a.job, first.id)
    await runJob(b.job, second.id)

    expect(await exportOf(a, first.id)).toMatchObject({ status: 'failed', problem: { code: 'export.actor-gone' } })
    expect(await exportOf(b, second.id)).toMatchObject({ status: 'failed', problem: { code: 'permission.missing' } })
    expect([...a.files.contents, ...b.files.contents]).toEqual([])
  })

  test("a manager sees a rep's export, but only the rep gets its file, cancels and deletes it", async () => {
    const manager = await tenant.user('manager')
    const rep = await tenant.user('rep', { managerId: manager.id })
    const [boss, own, other] = [
      await exporter(tenant, manager),
      await exporter(tenant, rep),
      await exporter(tenant, await tenant.user('rep')),
    ]
    const { id } = await ask(own, { kind: 'customers' })
    await runJob(own.job, id)

    const [mine, seen] = [await getExport(own.ctx, sheets, { id }), await getExport(boss.ctx, sheets, { id })]

    expect(mine.url).toMatch(/^https:/)
    expect(decodeURIComponent(mine.url!)).toMatch(/Customers \d{4}-\d\d-\d\d\.csv$/)
    expect([seen.status, seen.url]).toEqual(['done', undefined])
    expect((await listExports(boss.ctx, { limit: 10, sort: '-createdAt', filter: {} })).data.map((each) => each.id)).toEqual([id])
    await expect(deleteExport(boss.ctx, { id })).rejects.toMatchObject({ code: 'export.not-yours' })
    await expect(getExport(other.ctx, sheets, { id })).rejects.toMatchObject({ code: 'export.not-found' })
  })
})

describe('the life of an export', () => {
  test('one that is cancelled stops, is not begun again, and has no file', async () => {
    const { id } = await ask(admin, { kind: 'users' })

    await cancelExport(admin.ctx, { id })
    await runJob(admin.job, id)

    expect((await exportOf(admin, id)).status).toBe('cancelled')
    expect(fileOf(admin, id)).toBeUndefined()
    await expect(cancelExport(admin.ctx, { id })).rejects.toMatchObject({ code: 'export.state' })
  })

  test('a file can be had for seven days; what it was made of is gone at once', async () => {
    const { id } = await ask(admin, { kind: 'users' })
    await runJob(admin.job, id)
    const later = (days: number) => ({ ...admin.ctx, now: () => new Date(Date.now() + days * 86_400_000).toISOString() })

    const [before, after] = [await getExport(later(6.9), sheets, { id }), await getExport(later(7.1), sheets, { id })]

    expect([before.url !== undefined, after.url]).toEqual([true, undefined])
    expect([...admin.files.contents.keys()].filter((key) => key.includes(id))).toEqual([expect.stringMatching(/\/result$/)])
  })

  test('a search too large for the limits fails the export with the word of the search', async () => {
    const { id } = await ask(admin, { kind: 'customers' })
    const refusing = [{ ...sheets[0]!, search: { ...sheets[0]!.search!, ids: async () => Array(100_001).fill('cus_x') } }]

    await runExport(admin.job, refusing, id, () => false)

    expect(await exportOf(admin, id)).toMatchObject({ status: 'failed', problem: { code: 'export.too-many-rows' } })
  })
})
