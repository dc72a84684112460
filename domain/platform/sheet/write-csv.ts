import type { Cell } from '../../kernel/transfer-kind.ts'
import { neutralText } from './neutral-text.ts'

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const text = neutralText(cell)
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of CSV (RFC 4180), with its end. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** A CSV file in UTF-8 with the mark by which Excel knows it, of lines that are written already. */
export async function* csvOfLines(headings: readonly string[], lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`\ufeff${csvLine(headings)}`)
  yield* lines
}

async function* linesOf(rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<Uint8Array> {
  let text = ''
  for await (const cells of rows) {
    text += csvLine(cells)
    if (text.length < 64 * 1024) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

/** A CSV file of these rows, piece by piece. */
export const writeCsv = (headings: readonly string[], rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<Uint8Array> =>
  csvOfLines(headings, linesOf(rows))
