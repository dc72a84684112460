import type { RowUnit, SheetRow } from '../sheet/source.ts'
import { columnOf } from './lanes.ts'
import type { Plan } from './plan.ts'

/** How many rows some units have. */
export const sizeOf = (units: readonly RowUnit[]): number => units.reduce((sum, unit) => sum + unit.length, 0)

/** The units behind so many rows. */
export function unitsBehind(units: readonly RowUnit[], rows: number): RowUnit[] {
  let left = rows
  return units.filter((unit) => {
    const isBehind = left <= 0
    left -= unit.length
    return isBehind
  })
}

/**
 * Rows as they are written together: one by one, or, of a kind whose records have several rows, all rows of a record, wherever they
 * stand in the file, in the place of its last one. `read` is called twice then: what is to come of each record is counted first, so that
 * no more than the records that are begun is in memory.
 */
export async function* unitsOf({ kind, columns }: Plan, read: () => AsyncIterable<SheetRow>): AsyncGenerator<RowUnit> {
  const column = columnOf(columns, kind.groupBy)
  const keyOf = ({ cells }: SheetRow): string => (column ? (cells[column.at] ?? '').normalize('NFKC').trim() : '')
  const open = new Map<string, number>()
  if (column) for await (const row of read()) open.set(keyOf(row), (open.get(keyOf(row)) ?? 0) + 1)
  const begun = new Map<string, [SheetRow, ...SheetRow[]]>()
  for await (const row of read()) {
    const key = keyOf(row)
    if (key === '') {
      yield [row]
      continue
    }
    const unit = begun.get(key)
    if (unit) unit.push(row)
    else begun.set(key, [row])
    if (begun.get(key)!.length < open.get(key)!) continue
    yield begun.get(key)!
    begun.delete(key)
  }
}
