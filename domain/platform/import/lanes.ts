import type { SheetRow } from '../sheet/source.ts'
import type { Plan } from './plan.ts'

/** Rows that are done at the same time. Changing it would leave imports that are under way with lanes that mean other rows. */
const laneCount = 8

/** So many letters of a name: names that are alike begin alike. */
const letters = 2

function hash(text: string): number {
  let value = 0x811c9dc5
  for (const char of text) value = Math.imul(value ^ char.codePointAt(0)!, 0x01000193) >>> 0
  return value
}

/** The first of these fields that is mapped. */
export const columnOf = (columns: Plan['columns'], names: readonly string[] | undefined): Plan['columns'][number] | undefined =>
  (names ?? []).flatMap((name) => columns.find(({ field }) => field.name === name) ?? [])[0]

/**
 * Rows are done in lanes at the same time, those of one lane in the order of the file. Rows that may concern the same record
 * come to the same lane, always the same one, so that the earlier one is the first wherever the work is taken up.
 */
export function lanesOf({ kind, columns }: Plan): { count: number; laneOf(row: SheetRow): number } {
  const column = columnOf(columns, kind.groupBy ?? kind.apartBy)
  if (!column) return { count: 1, laneOf: () => 0 }
  const isName = column.field.name === 'name'
  const keyOf = (text: string) => (isName ? [...text.replace(/[^\p{L}\p{N}]/gu, '')].slice(0, letters).join('') : text)
  return {
    count: laneCount,
    laneOf: ({ cells }) => hash(keyOf((cells[column.at] ?? '').normalize('NFKC').toLowerCase().trim())) % laneCount,
  }
}
