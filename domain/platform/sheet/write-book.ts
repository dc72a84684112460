import { neutralText } from './neutral-text.ts'
import { escaped } from './write-xlsx.ts'
import { writeZip } from './write-zip.ts'

/** A sheet as it is printed: every cell with its look, cells joined, the page it fits. For rows of data there is `writeXlsx`. */

export const bookStyles = [
  'plain',
  'title',
  'firm',
  'soft',
  'label',
  'heading',
  'text',
  'center',
  'number',
  'strong',
  'strongNumber',
  'boxed',
  'wrapped',
] as const
export type BookStyle = (typeof bookStyles)[number]

export interface BookCell {
  value: string | number
  style: BookStyle
  /** How many columns it covers. */
  across?: number
  /** Of a number. */
  decimals?: number
}

export interface Book {
  name: string
  /** Of columns, in characters. */
  widths: number[]
  rows: (BookCell | undefined)[][]
  /** The row, from 1, that is repeated on every page. */
  repeatedRow?: number
  landscape: boolean
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const contents = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const mostDecimals = 6

interface StyleParts {
  font: number
  fill: number
  border: number
  align: string
}

const parts: Record<BookStyle, StyleParts> = {
  plain: { font: 0, fill: 0, border: 0, align: '' },
  title: { font: 2, fill: 0, border: 0, align: ' horizontal="right"' },
  firm: { font: 3, fill: 0, border: 0, align: '' },
  soft: { font: 4, fill: 0, border: 0, align: '' },
  label: { font: 4, fill: 0, border: 0, align: ' vertical="top"' },
  heading: { font: 1, fill: 2, border: 1, align: ' horizontal="center" vertical="center" wrapText="1"' },
  text: { font: 0, fill: 0, border: 1, align: ' vertical="top" wrapText="1"' },
  center: { font: 0, fill: 0, border: 1, align: ' horizontal="center" vertical="top"' },
  number: { font: 0, fill: 0, border: 1, align: ' horizontal="right" vertical="top"' },
  strong: { font: 1, fill: 0, border: 0, align: '' },
  strongNumber: { font: 1, fill: 0, border: 0, align: ' horizontal="right"' },
  boxed: { font: 0, fill: 2, border: 0, align: ' vertical="center" wrapText="1"' },
  wrapped: { font: 0, fill: 0, border: 0, align: ' vertical="top" wrapText="1"' },
}

/** Every style once as text, then once for each number of decimals. */
const styleIndex = ({ value, style, decimals = 0 }: BookCell): number => {
  const at = bookStyles.indexOf(style)
  return typeof value === 'number' ? bookStyles.length * (1 + Math.min(decimals, mostDecimals)) + at : at
}

function stylesXml(accent: string): string {
  const rgb = `FF${accent.slice(1).toUpperCase()}`
  const font = (size: number, more: string) => `<font>${more}<sz val="${size}"/>`
  const black = '<name val="Microsoft YaHei"/></font>'
  const coloured = (color: string) => `<color rgb="${color}"/><name val="Microsoft YaHei"/></font>`
  const fonts = [
    font(10, '') + black,
    font(10, '<b/>') + black,
    font(18, '<b/>') + coloured(rgb),
    font(14, '<b/>') + black,
    font(10, '') + coloured('FF6B7280'),
  ]
  const line = (side: string) => `<${side} style="thin"><color rgb="FFD6DBE3"/></${side}>`
  const borders = ['<border/>', `<border>${['left', 'right', 'top', 'bottom'].map(line).join('')}</border>`]
  const fills = ['<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>']
  fills.push('<fill><patternFill patternType="solid"><fgColor rgb="FFEEF3F9"/></patternFill></fill>')
  const formats = Array.from({ length: mostDecimals + 1 }, (_, decimals) => `#,##0${decimals > 0 ? `.${'0'.repeat(decimals)}` : ''}`)
  const cell = (format: number) =>
    bookStyles.map((style) => {
      const { font, fill, border, align } = parts[style]
      return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment${align}/></xf>`
    })
  const cells = [...cell(0), ...formats.flatMap((_, i) => cell(164 + i))]
  const list = (name: string, items: string[]) => `<${name} count="${items.length}">${items.join('')}</${name}>`
  const numFmts = list(
    'numFmts',
    formats.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code}"/>`),
  )
  return `<styleSheet xmlns="${main}">${numFmts}${list('fonts', fonts)}${list('fills', fills)}${list('borders', borders)}<cellStyleXfs count="1"><xf/></cellStyleXfs>${list('cellXfs', cells)}</styleSheet>`
}

const columnName = (i: number): string => (i < 26 ? String.fromCharCode(65 + i) : columnName(Math.floor(i / 26) - 1) + columnName(i % 26))

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
