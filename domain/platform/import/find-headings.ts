import type { TransferField } from '../../kernel/transfer-kind.ts'
import type { SheetRow } from '../sheet/source.ts'
import { plainHeading, spellingsOf } from './guess-mapping.ts'

/** So far down a bank writes whose account it is, and from when to when. */
const looked = 30
/** So many known headings no other row has. */
const enough = 3

/**
 * The row that has the headings, where the first one has none that is known and another has several: files of banks begin with the
 * account and the period. Undefined where the first row is as good as any.
 */
export async function headingRowIn(rows: AsyncIterable<SheetRow>, fields: readonly TransferField[]): Promise<number | undefined> {
  const known = new Set(fields.flatMap((field) => (field.read ? spellingsOf(field) : [])))
  const scoreOf = ({ cells }: SheetRow) => new Set(cells.map(plainHeading).filter((cell) => known.has(cell))).size
  let first: number | undefined
  let at = 0
  for await (const row of rows) {
    const score = scoreOf(row)
    if (first === undefined && score > 1) return undefined
    first ??= score
    if (score >= enough) return row.row
    if (++at === looked) return undefined
  }
  return undefined
}
