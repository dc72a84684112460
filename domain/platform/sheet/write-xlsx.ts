import type { Cell } from '../../kernel/transfer-kind.ts'
import { columnName } from './column-name.ts'
import { neutralText } from './neutral-text.ts'
import { declaration, escaped, main, sheetPart, workbookParts } from './workbook-parts.ts'
import { writeZip } from './write-zip.ts'

/** Two looks: plain, and bold for the headings. */
const styles = `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`

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
  writeZip([...workbookParts(escaped(sheet), styles), { name: sheetPart, content: sheetXml(headings, rows) }])

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
