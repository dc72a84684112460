import type { Cell } from '../../kernel/transfer-kind.ts'
import { csvLine, csvOfLines } from '../sheet/write-csv.ts'
import { rowXml, xlsxOfRows } from '../sheet/write-xlsx.ts'
import type { ExportFormat } from './export.ts'

interface Format {
  contentType: string
  /** A row as it stands in the file; rows are numbered from 1 behind the headings. */
  row(cells: readonly Cell[], number: number): string
  /** The file of rows that are written already, piece by piece. */
  file(sheet: string, headings: readonly string[], rows: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
}

/** How files are written. Both neutralise what a spreadsheet program would run as a formula. */
export const writers: Record<ExportFormat, Format> = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    row: (cells) => csvLine(cells),
    file: (_sheet, headings, rows) => csvOfLines(headings, rows),
  },
  xlsx: {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    row: (cells, number) => rowXml(cells, number + 1),
    file: xlsxOfRows,
  },
}
