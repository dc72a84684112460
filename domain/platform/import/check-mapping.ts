import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { pointerTo } from '../../kernel/parse-input.ts'
import type { TransferField, TransferKind } from '../../kernel/transfer-kind.ts'
import type { Import } from './import.ts'

type Mapped = Pick<Import, 'mapping' | 'defaults' | 'matchBy' | 'onMatch' | 'onDuplicate' | 'duplicateReason'>

const list = (names: readonly string[]) => names.join(', ')

/** 422 `import.duplicate-reason-missing`: whoever takes what seems to be there already says why. */
function requireReason({ onDuplicate, duplicateReason }: Mapped): void {
  if (onDuplicate === 'import' && !duplicateReason)
    throw invalid(
      'import.duplicate-reason-missing',
      '/duplicateReason',
      'Say why such rows are other records. It is kept with each of them.',
    )
}

/** 422 for a default of a field that the kind does not have, and for one that cannot be read, with the code of its column. */
function requireReadableDefaults(ctx: Context, fields: ReadonlyMap<string, TransferField>, { defaults = {} }: Mapped): void {
  for (const [name, text] of Object.entries(defaults)) {
    const pointer = pointerTo(['defaults', name])
    const field = fields.get(name)
    if (!field)
      throw invalid('import.field-unknown', pointer, `There is no field ${JSON.stringify(name)}. There are: ${list([...fields.keys()])}.`)
    try {
      field.read!(ctx, text)
    } catch (error) {
      throw error instanceof Problem ? invalid(error.code, pointer, error.message) : error
    }
  }
}

/** 422 for a field that the kind does not have, two columns of one that is no list, and a field that finds nothing. */
export function requireKnownFields(ctx: Context, kind: TransferKind, imported: Mapped): void {
  requireReason(imported)
  const { mapping = {}, matchBy = [] } = imported
  const fields = new Map(kind.fields.filter((field) => field.read).map((field) => [field.name, field]))
  requireReadableDefaults(ctx, fields, imported)
  const seen = new Set<string>()
  for (const [heading, name] of Object.entries(mapping)) {
    if (name === null) continue
    const pointer = pointerTo(['mapping', heading])
    const field = fields.get(name)
    if (!field)
      throw invalid(
        'import.field-unknown',
        pointer,
        `There is no field ${JSON.stringify(name)} to map to. There are: ${list([...fields.keys()])}.`,
      )
    if (seen.has(name) && !field.many)
      throw invalid('import.field-twice', pointer, `Another column is mapped to ${name} too. Leave one of them out.`)
    seen.add(name)
  }
  for (const [i, name] of matchBy.entries())
    if (!Object.hasOwn(kind.matchers, name))
      throw invalid('import.match-unknown', `/matchBy/${i}`, `Records are found by: ${list(Object.keys(kind.matchers))}.`)
}

/**
 * 422 unless the file can be started with this mapping: its headings stand in the file, what finds records is mapped, and
 * where new records may come of it, what they cannot be without, or has a default.
 */
export function requireComplete(ctx: Context, kind: TransferKind, imported: Import): void {
  const { mapping = {}, defaults = {}, matchBy = [], onMatch = 'skip', columns = [] } = imported
  requireKnownFields(ctx, kind, imported)
  const headings = new Set(columns.map(({ heading }) => heading))
  for (const heading of Object.keys(mapping))
    if (mapping[heading] && !headings.has(heading))
      throw invalid(
        'import.column-unknown',
        pointerTo(['mapping', heading]),
        `The file has no column of that name. It has: ${list([...headings])}.`,
      )
  const mapped = new Set([...Object.values(mapping), ...Object.keys(defaults)])
  for (const [i, name] of matchBy.entries())
    if (!mapped.has(name))
      throw invalid('import.match-unmapped', `/matchBy/${i}`, `No column is mapped to ${name}, so nothing is found by it. Map one.`)
  if (matchBy.length > 0 && onMatch === 'update') return
  const missing = kind.required.find((names) => !names.some((name) => mapped.has(name)))
  if (missing)
    throw invalid(
      'import.field-unmapped',
      '/mapping',
      `No column is mapped to ${missing.join(' or ')}, which every new record needs. Map one.`,
    )
}
