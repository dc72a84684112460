import { type BookStyle, styleIndex, stylesXml } from './book-styles.ts'
import { columnName } from './column-name.ts'
import { neutralText } from './neutral-text.ts'
import { escaped, main, once, sheetPart, workbookParts } from './workbook-parts.ts'
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

/** An XLSX file of one sheet that looks like a document; cells hold values only, never a formula. */
export function writeBook(book: Book, accent: string): AsyncGenerator<Uint8Array> {
  const name = escaped(book.name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31))
  const repeated = book.repeatedRow
    ? `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${name.replaceAll("'", "''")}'!$${book.repeatedRow}:$${book.repeatedRow}</definedName></definedNames>`
    : ''
  return writeZip([...workbookParts(name, stylesXml(accent), repeated), { name: sheetPart, content: once(sheetXml(book)) }])
}
