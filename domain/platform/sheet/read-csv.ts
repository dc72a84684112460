import { pipeline, Readable } from 'node:stream'
import { decodeText, type Encoding } from './decode-text.ts'
import { sheetFault } from './sheet-faults.ts'
import type { SheetRow, Source } from './source.ts'

export const delimiters = [',', ';', '\t'] as const
type Delimiter = (typeof delimiters)[number]

const longestRow = 1_000_000

/** The delimiter that stands most often in the first row, outside quotes; a comma when there is none. */
export function delimiterOf(text: string): Delimiter {
  const counts = new Map<string, number>(delimiters.map((delimiter) => [delimiter, 0]))
  let quoted = false
  for (const char of text) {
    if (char === '"') quoted = !quoted
    else if (!quoted && (char === '\n' || char === '\r')) {
      if ([...counts.values()].some((count) => count > 0)) break
    } else if (!quoted && counts.has(char)) counts.set(char, counts.get(char)! + 1)
  }
  return delimiters.reduce((best, delimiter) => (counts.get(delimiter)! > counts.get(best)! ? delimiter : best))
}

/** Excel's own first line that names the delimiter, e.g. `sep=;`. */
const separatorLine = /^sep=(.)\r?\n/i

/** The first piece of text, and all of it again: enough to see the delimiter. */
async function peeked(text: AsyncGenerator<string>): Promise<{ head: string; all: AsyncGenerator<string> }> {
  let head = ''
  while (head.length < 4096) {
    const { value, done } = await text.next()
    if (done) break
    head += value
  }
  async function* all(start: string) {
    if (start) yield start
    yield* text
  }
  const rest = head.replace(separatorLine, '')
  return { head, all: all(rest) }
}

/** The rows of a CSV file, read as it comes; blank lines count as rows, as spreadsheet programs show them. */
export async function* readCsv(source: Source, encoding: Encoding, delimiter?: Delimiter): AsyncGenerator<SheetRow> {
  const { head, all } = await peeked(decodeText(source, encoding))
  const named = separatorLine.exec(head)?.[1]
  const options = {
    delimiter: delimiter ?? named ?? delimiterOf(head),
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longestRow,
  }
  const { CsvError, parse } = await import('./parse-csv.ts')
  const parser = parse(options)
  // What stops the source ends the parser with the same error.
  pipeline(Readable.from(all), parser, () => {})
  let row = named === undefined ? 0 : 1
  try {
    for await (const cells of parser) {
      row += 1
      yield { row, cells: cells as string[] }
    }
  } catch (error) {
    if (error instanceof CsvError) throw sheetFault('csv-malformed', `Near row ${row + 1}:`)
    throw error
  } finally {
    parser.destroy()
  }
}
