import type { Cell } from '../../kernel/transfer-kind.ts'
import { columnName } from './column-name.ts'
import { neutralText } from './neutral-text.ts'
import { writeZip, type ZipPart } from './write-zip.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const contents = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

async function* once(text: string): AsyncGenerator<string> {
  yield declaration + text
}

const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`

/** The parts of a workbook of one sheet, but for the sheet. */
const frame = (sheet: string): ZipPart[] =>
  [
    [
      '[Content_Types].xml',
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${contents}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${contents}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${contents}.worksheet+xml"/></Types>`,
    ],
    ['_rels/.rels', `<Relationships xmlns="${relations}">${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(sheet)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${relations}">${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'styles', 'styles.xml')}</Relationships>`,
    ],
    [
      'xl/styles.xml',
      `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`,
    ],
  ].map(([name, text]) => ({ name: name!, content: once(text!) }))

/** Characters that XML cannot hold are left out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: leaving them out is the point
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Text that looks like the notation of such a character is told from it by writing its own underscore that way. */
export const escaped = (text: string) =>
  text
    .replace(forbidden, '')
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (char) => entities[char]!)

function cellXml(cell: Cell, place: string, style: string): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${place}"${style}><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `<c r="${place}"${style} t="b"><v>${cell ? 1 : 0}</v></c>`
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(neutralText(cell))}</t></is></c>`
}

/** A row as it stands in a sheet. Rows are numbered from 1, which has the headings. */
export const rowXml = (cells: readonly Cell[], row: number, style = ''): string =>
  `<row r="${row}">${cells.map((cell, i) => cellXml(cell, `${columnName(i)}${row}`, style)).join('')}</row>`

async function* sheetXml(headings: readonly string[], rows: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  const widths = `<cols><col min="1" max="${headings.length}" width="18" customWidth="1"/></cols>`
  yield Buffer.from(`${declaration}<worksheet xmlns="${main}">${frozen}${widths}<sheetData>${rowXml(headings, 1, ' s="1"')}`)
  yield* rows
  yield Buffer.from('</sheetData></worksheet>')
}

/** An XLSX file of one sheet with frozen headings, of rows that are written already. Cells hold values only, never a formula. */
export const xlsxOfRows = (sheet: string, headings: readonly string[], rows: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> =>
  writeZip([...frame(sheet), { name: 'xl/worksheets/sheet1.xml', content: sheetXml(headings, rows) }])

async function* written(rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<Uint8Array> {
  let [text, row] = ['', 1]
  for await (const cells of rows) {
    row += 1
    text += rowXml(cells, row)
    if (text.length < 64 * 1024) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

/** An XLSX file of these rows, piece by piece. */
export const writeXlsx = (sheet: string, headings: readonly string[], rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<Uint8Array> =>
  xlsxOfRows(sheet, headings, written(rows))
