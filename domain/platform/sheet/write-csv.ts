import type { Cell } from '../../kernel/transfer-kind.ts'
import { neutralText } from './neutral-text.ts'

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const text = neutralText(cell)
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** A CSV file in UTF-8 with the mark by which Excel knows it, piece by piece. */
export async function* writeCsv(headings: readonly string[], rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<Uint8Array> {
  let text = `\ufeff${csvLine(headings)}`
  for await (const cells of rows) {
    text += csvLine(cells)
    if (text.length < 64 * 1024) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}
