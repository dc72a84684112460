import type { Context } from '../../kernel/context.ts'
import { decodeText, type Encoding, lookAt, NotThatEncoding } from '../sheet/decode-text.ts'
import { readCsv } from '../sheet/read-csv.ts'
import { readXlsx } from '../sheet/read-xlsx.ts'
import { sheetFault } from '../sheet/sheet-faults.ts'
import type { SheetRow, Source } from '../sheet/source.ts'
import { sourceAt } from './import.table.ts'
import type { Import } from './import.ts'

/** The uploaded bytes. */
export const sourceOf = (ctx: Context, imported: Pick<Import, 'id' | 'size'>): Source => ({
  size: imported.size,
  read: (start, end) => ctx.files.read(sourceAt(ctx, imported.id), start, end),
})

/** The encoding that the whole text has: the one that was named, else the first candidate that fits to the end. */
async function encodingOf(source: Source, candidates: readonly Encoding[]): Promise<Encoding> {
  for (const encoding of candidates) {
    try {
      for await (const _text of decodeText(source, encoding));
      return encoding
    } catch (error) {
      if (!(error instanceof NotThatEncoding)) throw error
    }
  }
  throw sheetFault('encoding-unknown')
}

/** What kind of file it is, and how its text is written. */
export async function recognise(source: Source, named: Encoding | undefined): Promise<{ format: 'csv' | 'xlsx'; encoding?: Encoding }> {
  const seen = await lookAt(source)
  if (seen.format === 'xlsx') return seen
  return { format: 'csv', encoding: await encodingOf(source, named ? [named] : seen.candidates) }
}

const isBlank = ({ cells }: SheetRow) => cells.every((cell) => cell.trim() === '')

type Told = Pick<Import, 'format' | 'encoding' | 'seenEncoding' | 'delimiter' | 'sheet' | 'headingRow'>

/** The headings and the rows with data below them, in their order. */
export async function* sheetRows(source: Source, told: Told): AsyncGenerator<SheetRow> {
  const { format, encoding, seenEncoding, delimiter, sheet, headingRow } = told
  const rows = format === 'xlsx' ? readXlsx(source, sheet) : readCsv(source, encoding ?? seenEncoding ?? 'utf-8', delimiter)
  let begun = false
  for await (const row of rows) {
    if (!begun && headingRow !== undefined && row.row < headingRow) continue
    if (isBlank(row)) {
      if (!begun && headingRow !== undefined) throw sheetFault('no-headings')
      continue
    }
    begun = true
    yield row
  }
}
