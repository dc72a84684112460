import { quoted } from '../../kernel/text.ts'
import { columnName } from '../sheet/column-name.ts'
import { mostColumns, sheetFault } from '../sheet/sheet-faults.ts'
import type { SheetRow } from '../sheet/source.ts'

export interface Heading {
  heading: string
  /** The place of its cells in a row. */
  at: number
}

/** What stands in data and never in a heading: numbers, dates, addresses of mail, yes and no. */
const isData = (text: string) =>
  /^[+-]?[\d\s.,:/()-]*\d[\d\s.,:/()-]*$/.test(text) || /^\S+@\S+\.\S+$/.test(text) || /^(true|false)$/i.test(text)

const longest = 200

/**
 * The headings of the first row. 422 when it has none (`import.no-headings`), one of them twice, or too many; columns
 * without heading and data are no columns.
 */
export function headingsOf(first: SheetRow | undefined): Heading[] {
  if (!first) throw sheetFault('file-empty')
  const headings = first.cells.flatMap((cell, at) => {
    const heading = cell.replace(/\s+/g, ' ').trim()
    return heading ? [{ heading: heading.slice(0, longest), at }] : []
  })
  const data = headings.find(({ heading }) => isData(heading))
  if (data || headings.length === 0)
    throw sheetFault('no-headings', data ? `Row ${first.row} has ${quoted(data.heading)} where a heading should be.` : undefined)
  if (first.cells.length > mostColumns && headings.some(({ at }) => at >= mostColumns)) throw sheetFault('too-many-columns')
  const seen = new Map<string, number>()
  for (const { heading, at } of headings) {
    const other = seen.get(heading)
    if (other !== undefined)
      throw sheetFault(
        'heading-duplicate',
        `${JSON.stringify(heading)} stands above the columns ${columnName(other)} and ${columnName(at)}.`,
      )
    seen.set(heading, at)
  }
  return headings
}

/** Fails where a row has data in a column that has no heading above and is no overhang of the row. */
export function requireHeadings(headings: readonly Heading[], { row, cells }: SheetRow): void {
  const known = new Set(headings.map(({ at }) => at))
  const width = Math.max(...known) + 1
  const at = cells.findIndex((cell, i) => i < width && !known.has(i) && cell.trim() !== '')
  if (at >= 0) throw sheetFault('heading-missing', `Column ${columnName(at)} has data in row ${row}.`)
}
