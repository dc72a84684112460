import type { TransferField, TransferKind } from '../../kernel/transfer-kind.ts'
import type { Import } from './import.ts'

/** How the rows of an import are read and what is done with them. */
export interface Plan {
  kind: TransferKind
  /** The mapped columns by their place. */
  columns: { at: number; field: TransferField }[]
  /** What fields say where no cell does. */
  defaults: { field: TransferField; text: string }[]
  /** The fields that a cell or a default may fill. */
  mapped: ReadonlySet<string>
  /** Cells of a whole row. */
  width: number
  /** Rows of a CSV all have their cells; those of an XLSX end where they are empty. */
  exact: boolean
  matchBy: readonly string[]
  onMatch: 'skip' | 'update' | 'fail'
  /** Why rows that seem to be there already are taken all the same; without it they fail. */
  duplicateReason: string | undefined
}

/** How the rows of this file are read, by what the import says of its columns. */
export function planOf(kind: TransferKind, imported: Import): Plan {
  const { mapping = {}, defaults = {}, columns = [], matchBy = [], onMatch = 'skip', onDuplicate, duplicateReason, format } = imported
  const fields = new Map(kind.fields.map((field) => [field.name, field]))
  const mapped = columns.flatMap(({ heading, at }) => {
    const field = fields.get(mapping[heading] ?? '')
    return field ? [{ at, field }] : []
  })
  const width = Math.max(...columns.map(({ at }) => at)) + 1
  return {
    kind,
    columns: mapped,
    defaults: Object.entries(defaults).flatMap(([name, text]) => (fields.has(name) ? [{ field: fields.get(name)!, text }] : [])),
    mapped: new Set([...mapped.map(({ field }) => field.name), ...Object.keys(defaults)]),
    width,
    exact: format === 'csv',
    matchBy: [...new Set([...matchBy, ...(kind.alwaysBy ?? [])])],
    onMatch,
    duplicateReason: onDuplicate === 'import' ? duplicateReason : undefined,
  }
}
