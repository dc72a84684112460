import { columnOf } from './column-name.ts'
import { xmlReader } from './parse-xml.ts'
import { mostColumns, sheetFault } from './sheet-faults.ts'
import type { SheetRow, Source } from './source.ts'
import { type Book, openBook, unescaped } from './xlsx-book.ts'
import { unzip } from './zip-directory.ts'

const day = 86_400_000
/** Day 0 of Excel's calendars; the first one counts a 29 February 1900 that never was, so that it is right from March 1900. */
const dayZero = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) }

/** A day of Excel's calendar as `YYYY-MM-DD`, with the time where it has one. */
function dateText(value: number, from1904: boolean): string {
  const moment = new Date(dayZero[from1904 ? 1904 : 1900] + Math.round(value * 86_400) * 1000)
  if (Number.isNaN(moment.getTime())) return String(value)
  const text = moment.toISOString()
  return moment.getTime() % day === 0 ? text.slice(0, 10) : text.slice(0, 19)
}

/** A number as people typed it: 15 digits are all that Excel keeps, the rest is noise of binary fractions. */
const numberText = (value: number): string => String(Number.isSafeInteger(value) ? value : Number(value.toPrecision(15)))

function valueText(book: Book, kind: string, style: number, raw: string): string {
  if (kind === 's') return book.texts.at(Number(raw))
  if (kind === 'b') return raw === '1' ? 'true' : 'false'
  if (kind === 'str' || kind === 'inlineStr') return unescaped(raw)
  if (kind === 'e' || kind === 'd') return raw
  const value = Number(raw)
  if (raw === '' || Number.isNaN(value)) return raw
  return book.dates[style] ? dateText(value, book.from1904) : numberText(value)
}

/** Collects the rows of a sheet as its XML is read. */
function rowReader(book: Book) {
  const rows: SheetRow[] = []
  let [row, column, kind, style, raw, takes] = [0, -1, 'n', 0, '', false]
  let cells: string[] = []
  const feed = xmlReader({
    open: (name, attribute) => {
      if (name === 'row') {
        row = Number(attribute('r') ?? row + 1)
        ;[cells, column] = [[], -1]
      } else if (name === 'c') {
        const place = attribute('r')
        column = place ? columnOf(place) : column + 1
        ;[kind, style, raw] = [attribute('t') ?? 'n', Number(attribute('s') ?? 0), '']
      } else takes = name === 'v' || name === 't'
    },
    text: (text) => {
      if (takes) raw += text
    },
    close: (name) => {
      if (name === 'c' && raw !== '') {
        // Beyond the columns that are taken one is enough to tell that there are more.
        if (column > mostColumns) column = mostColumns
        while (cells.length < column) cells.push('')
        cells[column] = valueText(book, kind, style, raw)
      } else if (name === 'row') rows.push({ row, cells })
      takes = false
    },
  })
  return { feed, taken: () => rows.splice(0) }
}

/** The sheet that is asked for, or the first one. 422 `import.sheet-missing` names those there are. */
function sheetOf(book: Book, name: string | undefined): Book['sheets'][number] {
  const found = name === undefined ? book.sheets[0] : book.sheets.find((sheet) => sheet.name === name)
  if (!found) throw sheetFault('sheet-missing', `The sheets are: ${book.sheets.map((sheet) => sheet.name).join(', ')}.`)
  return found
}

/** The rows of one sheet of an XLSX file, read as it is unpacked; of formulas their last results. */
export async function* readXlsx(source: Source, sheetName?: string): AsyncGenerator<SheetRow> {
  const book = await openBook(source)
  const { feed, taken } = rowReader(book)
  const decoder = new TextDecoder()
  for await (const bytes of unzip(source, sheetOf(book, sheetName).entry)) {
    feed(decoder.decode(bytes, { stream: true }))
    yield* taken()
  }
}

/** The names of the sheets of an XLSX file. */
export const sheetNames = async (source: Source): Promise<string[]> => (await openBook(source)).sheets.map((sheet) => sheet.name)
