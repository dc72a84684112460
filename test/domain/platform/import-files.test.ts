import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../domain/kernel/errors.ts'
import { changeImport } from '../../../domain/platform/import/create-import.ts'
import { inspectImport } from '../../../domain/platform/import/inspect-import.ts'
import { visibleImport } from '../../../domain/platform/import/read-imports.ts'
import { startImport } from '../../../domain/platform/import/start-import.ts'
import { sheets } from '../../../functions/sheets.ts'
import { codeOf, customersOf, importWorld, namesOf } from '../../support/import-world.ts'
import { errorsOf, imported, run, uploaded } from '../../support/imports.ts'
import { bookOf } from '../../support/sheets.ts'

describe('a file', () => {
  const inspect = async (content: string | Buffer, settings = {}) => {
    const { who, ctx } = await importWorld()
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
    const { who, ctx } = await importWorld()
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
    const { who, ctx } = await importWorld()

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
    const { who } = await importWorld()

    const error = await uploaded(who, 'customers', 'x', settings).catch((problem: Problem) => problem)

    expect(error).toMatchObject({ code, more: { errors: [{ pointer }] } })
  })

  test.each<[string, object, string]>([
    ['of a column that the file does not have', { mapping: { Name: 'name', Colour: 'notes' } }, 'import.column-unknown'],
    ['without what a new record needs', { mapping: { Phone: 'phones' } }, 'import.field-unmapped'],
    ['without what records are found by', { mapping: { Name: 'name' }, matchBy: ['externalId'] }, 'import.match-unmapped'],
  ])('%s is refused before anything is written', async (_, settings, code) => {
    const { who, ctx } = await importWorld()
    const { id } = await uploaded(who, 'customers', 'Name,Phone\nAlder,021-1234\n', settings)

    expect(await codeOf(startImport(ctx, sheets, { id }))).toBe(code)
    expect(await visibleImport(ctx, id)).toMatchObject({ status: 'waiting', run: 0 })
  })

  test('can be corrected until the import is started, and not afterwards', async () => {
    const { who, ctx } = await importWorld()
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
