import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../domain/kernel/errors.ts'
import type { Cell } from '../../../domain/kernel/transfer-kind.ts'
import { decodeText, type Encoding, lookAt, NotThatEncoding } from '../../../domain/platform/sheet/decode-text.ts'
import { neutralText, plainText } from '../../../domain/platform/sheet/neutral-text.ts'
import { delimiterOf, readCsv } from '../../../domain/platform/sheet/read-csv.ts'
import { readXlsx, sheetNames } from '../../../domain/platform/sheet/read-xlsx.ts'
import type { SheetRow } from '../../../domain/platform/sheet/source.ts'
import { writeCsv } from '../../../domain/platform/sheet/write-csv.ts'
import { writeXlsx } from '../../../domain/platform/sheet/write-xlsx.ts'
import { tries } from '../../support/share.ts'
import { all, bookOf, joined, sourceOf, zipOf } from '../../support/sheets.ts'

const cellsOf = async (rows: AsyncIterable<SheetRow>) => (await all(rows)).map((row) => row.cells)
const csv = (text: string | Uint8Array, encoding: Encoding = 'utf-8') => cellsOf(readCsv(sourceOf(text), encoding))
const codeOf = (work: Promise<unknown>) => work.then(() => 'fine').catch((error: Problem) => error.code ?? error.constructor.name)

async function* rowsOf(rows: Cell[][]) {
  yield* rows
}

describe('a CSV file', () => {
  test('is read with quotes, delimiters and line ends of every kind, and its rows are counted as a spreadsheet shows them', async () => {
    const rows = await all(readCsv(sourceOf('\ufeff名称,电话\r\n"明辉 ""老""\r\n贸易", 021 \r\n\r\n5" Rohr,x'), 'utf-8'))

    expect(rows).toEqual([
      { row: 1, cells: ['名称', '电话'] },
      { row: 2, cells: ['明辉 "老"\r\n贸易', ' 021 '] },
      { row: 3, cells: [''] },
      { row: 4, cells: ['5" Rohr', 'x'] },
    ])
  })

  test.each([
    ['a,b;c,d\n', ','],
    ['a;b;"c,d,e,f"\n1,5;2,5;3\n', ';'],
    ['a\tb, c\td\n', '\t'],
    ['only\n', ','],
    ['\n\na;b\n', ';'],
  ])('%j is divided by %j', (text, delimiter) => {
    expect(delimiterOf(text)).toBe(delimiter)
  })

  test("Excel's own line that names the delimiter is no row", async () => {
    expect(await all(readCsv(sourceOf('sep=|\r\na|b,c\r\n'), 'utf-8'))).toEqual([{ row: 2, cells: ['a', 'b,c'] }])
  })

  test.each<[Encoding, number[]]>([
    ['gb18030', [0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb5, 0xe7, 0xbb, 0xb0]],
    ['utf-16le', [0xff, 0xfe, 0x0d, 0x54, 0xf0, 0x79, 0x2c, 0x00, 0x35, 0x75, 0xdd, 0x8b]],
    ['big5', [0xa6, 0x57, 0xba, 0xd9, 0x2c, 0xb9, 0x71, 0xb8, 0xdc]],
  ])('in %s is read as what it says', async (encoding, bytes) => {
    const [cells] = await csv(Uint8Array.from(bytes), encoding)

    expect(cells?.[0]).toMatch(/^名[称稱]$/)
    expect(cells).toHaveLength(2)
  })

  test('text that is not UTF-8 is recognised by its first byte that is not, however late', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n'.repeat(50_000)), Buffer.from([0xb5, 0xe7, 0xbb, 0xb0])])

    await expect(all(decodeText(sourceOf(bytes, 4096), 'utf-8'))).rejects.toThrow(NotThatEncoding)
    expect((await all(decodeText(sourceOf(bytes, 4096), 'gb18030'))).join('').endsWith('电话')).toBe(true)
  })

  test('a quote that never ends, and a cell without an end, are malformed', async () => {
    expect(await codeOf(csv('a,b\n"x,y\n1,2\n'))).toBe('import.csv-malformed')
    expect(await codeOf(csv(`a,b\n"${'x'.repeat(1_100_000)}",1\n`))).toBe('import.csv-malformed')
  })

  test('a fault of the source reaches the reader', async () => {
    const source = {
      size: 10,
      async *read() {
        yield Buffer.from('a,b\n')
        throw new Error('gone')
      },
    }

    await expect(all(readCsv(source, 'utf-8'))).rejects.toThrow('gone')
  })
})

describe('what is looked at', () => {
  const unmarked = (...candidates: Encoding[]) => ({ format: 'csv', candidates: ['utf-8', ...candidates] })

  test.each<[string, Uint8Array, unknown]>([
    ['nothing', Buffer.alloc(0), 'import.file-empty'],
    ['the old Excel format', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), 'import.file-xls'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0]), 'import.file-binary'],
    ['a zip archive', Buffer.from([0x50, 0x4b, 3, 4, 0]), { format: 'xlsx' }],
    ['text', Buffer.from('a,b'), { format: 'csv', candidates: ['utf-8', 'gb18030'] }],
    ['text with a mark', Buffer.from('\ufeffa,b'), { format: 'csv', candidates: ['utf-8'] }],
    ['text in Windows-1252', Buffer.from('Nom;Ville\nMüller & Söhne;Köln\nété;1', 'latin1'), unmarked('windows-1252', 'gb18030')],
    ['text in Big5', Buffer.from('a6572cb971b8dc0abb4fa55fba4fb1640a', 'hex'), unmarked('big5', 'gb18030')],
    ['text in Shift-JIS', Buffer.from('89ef8ed096bc0a836783888357', 'hex'), unmarked('shift_jis', 'gb18030')],
    ['text in GBK with rare characters', Buffer.from('d0d5c3fb0acdf586b40a', 'hex'), unmarked('gb18030')],
    ['text in GBK with traditional characters', Buffer.from('c841967ceb8a9943', 'hex'), unmarked('gb18030')],
    ['text in UTF-16', Buffer.from('\ufeffa,b', 'utf16le'), { format: 'csv', candidates: ['utf-16le'] }],
  ])('%s', async (_, bytes, expected) => {
    const seen = await lookAt(sourceOf(bytes)).catch((error: Problem) => error.code)

    expect(seen).toEqual(expected)
  })
})

describe('an XLSX file', () => {
  const dates =
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="&quot;days&quot; 0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'

  test('is read as its texts, numbers, dates and yes and no, each in its column', async () => {
    const book = await bookOf(
      {
        客户: `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>
          <row r="4"><c r="A4" s="1"><v>46347</v></c><c r="B4" s="2"><v>46347.5</v></c><c r="C4" s="3"><v>61</v></c><c r="D4" s="4"><v>61</v></c>
          <c r="E4"><v>13800138000</v></c><c r="F4"><v>0.30000000000000004</v></c><c r="G4" t="b"><v>1</v></c><c r="H4" t="inlineStr"><is><r><t>a&lt;</t></r><r><t>b</t></r></is></c>
          <c r="I4" t="str"><f>A1&amp;"x"</f><v>sum_x0041_</v></c><c r="AA4" t="e"><v>#N/A</v></c></row>`,
      },
      {
        texts:
          '<si><t>名称</t></si><si><r><t xml:space="preserve">Tel </t></r><rPh sb="0"><t>ni</t></rPh><r><t><![CDATA[<1>]]></t></r></si>',
        styles: dates,
      },
    )

    const rows = await all(readXlsx(sourceOf(book)))

    expect(rows[0]).toEqual({ row: 2, cells: ['名称', '', 'Tel <1>'] })
    expect(rows[1]!.row).toBe(4)
    expect(rows[1]!.cells.slice(0, 9)).toEqual([
      '2026-11-21',
      '2026-11-21T12:00:00',
      '1900-03-01',
      '61',
      '13800138000',
      '0.3',
      'true',
      'a<b',
      'sumA',
    ])
    expect([rows[1]!.cells.length, rows[1]!.cells[26]]).toEqual([27, '#N/A'])
  })

  test('counted from 1904 means other days', async () => {
    const book = await bookOf(
      { s: '<row><c s="1"><v>0</v></c><c s="1"><v>1</v></c></row>' },
      { styles: dates, workbookPr: '<workbookPr date1904="1"/>' },
    )

    expect(await cellsOf(readXlsx(sourceOf(book)))).toEqual([['1904-01-01', '1904-01-02']])
  })

  test('of several sheets is read where it is asked, the first otherwise', async () => {
    const row = (text: string) => `<row><c t="inlineStr"><is><t>${text}</t></is></c></row>`
    const book = await bookOf({ One: row('1'), 'A &amp; B': row('2') })

    expect(await sheetNames(sourceOf(book))).toEqual(['One', 'A & B'])
    expect(await cellsOf(readXlsx(sourceOf(book)))).toEqual([['1']])
    expect(await cellsOf(readXlsx(sourceOf(book), 'A & B'))).toEqual([['2']])
    expect(await codeOf(all(readXlsx(sourceOf(book), 'Three')))).toBe('import.sheet-missing')
  })

  test('may have quotes and ends of tags in the names of its sheets, and comments between them', async () => {
    const row = (text: string) => `<!-- <row> of > "one --><row><c t='inlineStr'><is><t>${text}&#x4e2d;&#22269;&none;</t></is></c></row>`
    const book = await bookOf({ "Bob's": row('1'), '&quot;A&quot; > B': row('2'), C: row('3') })

    expect(await sheetNames(sourceOf(book))).toEqual(["Bob's", '"A" > B', 'C'])
    expect(await cellsOf(readXlsx(sourceOf(book), 'C'))).toEqual([['3中国&none;']])
  })

  test('that unpacks to too much is refused before it is unpacked, and one that lies about it while it is', async () => {
    const book = await bookOf({ s: `<row><c t="inlineStr"><is><t>${'x'.repeat(200_000)}</t></is></c></row>` })
    const sizeAt = (name: string) => book.indexOf(Buffer.from(name), book.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))) - 46 + 24
    const huge = Buffer.from(book)
    const lying = Buffer.from(book)
    huge.writeUInt32LE(400 * 1024 * 1024, sizeAt('xl/worksheets/sheet1.xml'))
    lying.writeUInt32LE(1000, sizeAt('xl/worksheets/sheet1.xml'))

    expect(await codeOf(all(readXlsx(sourceOf(huge, 4096))))).toBe('import.zip-bomb')
    expect(await codeOf(all(readXlsx(sourceOf(lying, 4096))))).toBe('import.zip-bomb')
  })

  test('is malformed when it is cut, another archive, defines entities of its own, or is noise behind its first bytes', async () => {
    const book = await bookOf({ s: '<row><c><v>1</v></c></row>' })
    const entities = await bookOf({ s: '<!DOCTYPE x [<!ENTITY a "b">]><row><c><v>1</v></c></row>' })
    const noise = Buffer.from(book)
    noise.fill(0x41, 40, 120)

    expect(await codeOf(all(readXlsx(sourceOf(book.subarray(0, book.length - 60)))))).toBe('import.xlsx-malformed')
    expect(await codeOf(all(readXlsx(sourceOf(await zipOf({ 'a.txt': 'x' })))))).toBe('import.xlsx-malformed')
    expect(await codeOf(all(readXlsx(sourceOf(entities))))).toBe('import.xlsx-malformed')
    expect(await codeOf(all(readXlsx(sourceOf(noise))))).toBe('import.xlsx-malformed')
  })
})

const formulas = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫']
const attacks = formulas.flatMap((sign) => [
  `${sign}cmd|' /C calc'!A0`,
  `${sign}1`,
  ` ${sign}HYPERLINK("http://x")`,
  `\u3000${sign}A1`,
  `\n${sign}A1`,
])

describe('what is written', () => {
  test.each(attacks)('%j is no formula', (text) => {
    const written = neutralText(text)

    expect(written).toBe(`'${text}`)
    expect(plainText(written)).toBe(text)
  })

  test('an apostrophe that somebody typed stays', () => {
    expect(plainText("'t Hart B.V.")).toBe("'t Hart B.V.")
    expect(neutralText("'t Hart")).toBe("'t Hart")
  })

  test('whatever is written to CSV or XLSX is read again as it was, but for what was made neutral', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 }).map((value) => value.replace(/\p{Cc}|\p{Cs}|\p{Cn}/gu, '').trim())
    const cell = fc.oneof(
      text,
      fc.constantFrom('a"b', 'x,y', 'line\nbreak', '=1+1', ' ', '<&>', '_x0041_'),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    )

    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 }), async (rows) => {
        const shown = (value: Cell) => (value === null ? '' : typeof value === 'string' ? neutralText(value) : String(value))
        const expected = [['h'], ...rows.map((cells) => cells.map(shown))]

        const fromCsv = await csv(await joined(writeCsv(['h'], rowsOf(rows))))
        const fromXlsx = await cellsOf(readXlsx(sourceOf(await joined(writeXlsx('Sheet', ['h'], rowsOf(rows))), 4096)))

        expect(fromCsv).toEqual(expected)
        expect(fromXlsx.map((cells) => cells.join('|').replace(/\|+$/, ''))).toEqual(
          expected.map((cells) => cells.join('|').replace(/\|+$/, '')),
        )
      }),
      { numRuns: tries({ test: 30, faults: 500, nightly: 5000 }) },
    )
  })
})
