import { type BookStyle, main, styleIndex, stylesXml } from './book-styles.ts'
import { columnName } from './column-name.ts'
import { neutralText } from './neutral-text.ts'
import { escaped } from './write-xlsx.ts'
import { writeZip } from './write-zip.ts'

/** A sheet as it is printed: every cell with its look, cells joined, the page it fits. For rows of data there is `writeXlsx`. */

export interface BookCell {
  value: string | number
  style: BookStyle
  /** How many columns it covers. */
  across?: number
  /** Of a number. */
  decimals?: number
}

interface Book {
  name: string
  /** Of columns, in characters. */
  widths: number[]
  rows: (BookCell | undefined)[][]
  /** The row, from 1, that is repeated on every page. */
  repeatedRow?: number
  landscape: boolean
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const contents = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function cellXml(cell: BookCell, place: string): string {
  const style = ` s="${styleIndex(cell)}"`
  if (typeof cell.value === 'number') return `<c r="${place}"${style}><v>${cell.value}</v></c>`
  if (cell.value === '') return `<c r="${place}"${style}/>`
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(neutralText(cell.value))}</t></is></c>`
}

function sheetXml({ widths, rows, landscape }: Book): string {
  const merges: string[] = []
  const row = (cells: (BookCell | undefined)[], at: number) => {
    const drawn = cells.map((cell, i) => {
      if (!cell) return ''
      if ((cell.across ?? 1) > 1) merges.push(`<mergeCell ref="${columnName(i)}${at}:${columnName(i + cell.across! - 1)}${at}"/>`)
      return cellXml(cell, `${columnName(i)}${at}`)
    })
    return `<row r="${at}">${drawn.join('')}</row>`
  }
  const data = rows.map((cells, i) => row(cells, i + 1)).join('')
  const cols = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width.toFixed(1)}" customWidth="1"/>`).join('')
  const merged = merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>` : ''
  const page = `<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="${landscape ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter>`
  return `<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews><cols>${cols}</cols><sheetData>${data}</sheetData>${merged}${page}</worksheet>`
}

const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`

/** An XLSX file of one sheet that looks like a document; cells hold values only, never a formula. */
export function writeBook(book: Book, accent: string): AsyncGenerator<Uint8Array> {
  const name = escaped(book.name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31))
  const repeated = book.repeatedRow
    ? `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${name.replaceAll("'", "''")}'!$${book.repeatedRow}:$${book.repeatedRow}</definedName></definedNames>`
    : ''
  const files: [string, string][] = [
    [
      '[Content_Types].xml',
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${contents}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${contents}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${contents}.worksheet+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${packages}/relationships">${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${name}" sheetId="1" r:id="r1"/></sheets>${repeated}</workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packages}/relationships">${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'styles', 'styles.xml')}</Relationships>`,
    ],
    ['xl/styles.xml', stylesXml(accent)],
    ['xl/worksheets/sheet1.xml', sheetXml(book)],
  ]
  return writeZip(files.map(([path, text]) => ({ name: path, content: once(text) })))
}

async function* once(text: string): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`
}
