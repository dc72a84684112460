import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import type { KindRecord } from '../../kernel/record-kind.ts'
import { parseInput } from '../../kernel/resource.ts'
import type { TransferField, TransferKind, Values } from '../../kernel/transfer-kind.ts'
import { changesOf } from '../bulk/upsert.ts'
import { plainText } from '../sheet/neutral-text.ts'
import type { RowUnit, SheetRow } from '../sheet/source.ts'
import type { BeforeItem, RowResult } from './import.table.ts'
import type { Import } from './import.ts'
import { unitValues } from './unit-values.ts'

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

/** 422 `row.ragged`: the cells of such a row may stand below the wrong headings. */
function requireWhole(plan: Plan, { cells }: SheetRow): void {
  const beyond = cells.slice(plan.width).some((cell) => cell.trim() !== '')
  if (beyond || (plan.exact && cells.length < plan.width))
    throw new Problem(
      'invalid',
      'row.ragged',
      `The row has ${cells.length} cells below ${plan.width} headings. Look for a delimiter or line break that is not in quotes.`,
    )
}

interface CellFault {
  pointer: string
  code: string
  message: string
}

/** What cannot be read has the code of its column where it is one; cells of several columns that cannot be are told together. */
function unreadable(faults: CellFault[]): Problem {
  const codes = new Set(faults.map(({ code }) => code))
  const code = codes.size === 1 ? faults[0]!.code : 'row.value-invalid'
  return new Problem('invalid', code, faults.map(({ message }) => message).join(' '), { errors: faults })
}

/** The values of the filled cells. All that cannot be read are told at once. */
export function cellValues(ctx: Context, plan: Plan, { cells }: SheetRow): Values {
  const values: Values = {}
  const faults: CellFault[] = []
  for (const { at, field } of plan.columns) {
    const text = plainText((cells[at] ?? '').trim())
    if (text === '') continue
    try {
      const value = field.read!(ctx, text)
      const before = values[field.name]
      values[field.name] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      faults.push({ pointer: `/${field.name}`, code: error.code, message: error.message })
    }
  }
  if (faults.length > 0) throw unreadable(faults)
  return values
}

/** What the cells of a record say, and the defaults where they say nothing. */
function valuesOf(ctx: Context, plan: Plan, unit: RowUnit): Values {
  const defaults = Object.fromEntries(plan.defaults.map(({ field, text }) => [field.name, field.read!(ctx, text)]))
  const read = (row: SheetRow) => {
    requireWhole(plan, row)
    return cellValues(ctx, plan, row)
  }
  if (!plan.kind.groupBy) return { ...defaults, ...read(unit[0]) }
  return unitValues(unit, read, defaults)
}

/** The record that the row means, by the first field that is filled and finds one. 409 when it finds several. */
async function matched(ctx: Context, plan: Plan, values: Values): Promise<string | undefined> {
  for (const name of plan.matchBy) {
    if (values[name] === undefined) continue
    const [id, ...others] = await plan.kind.matchers[name]!(ctx, values)
    if (others.length > 0)
      throw new Problem(
        'conflict',
        'row.match-ambiguous',
        `${others.length + 1} records have this ${name}. Find it by something that only one has.`,
        {
          errors: [{ pointer: `/${name}`, code: 'row.match-ambiguous', message: 'Several have it.' }],
        },
      )
    if (id) return id
  }
  return undefined
}

/** A row's result, with what an update needs to be taken back. */
export interface Done {
  result: RowResult
  before?: BeforeItem
  /** Why it seems to be there already, where it was taken all the same. */
  inSpiteOf?: Problem
}

interface Override {
  token: string
}

/** Writes a row; one that seems to be there already once more, in spite of it, where the import says so. */
async function inSpite<T>(
  { duplicateReason }: Plan,
  write: (override: object) => Promise<T>,
): Promise<{ written: T; of: Pick<Done, 'inSpiteOf'> }> {
  try {
    return { written: await write({}), of: {} }
  } catch (error) {
    const override = error instanceof Problem ? (error.more.extra?.override as Override | undefined) : undefined
    if (!override || duplicateReason === undefined) throw error
    const written = await write({ duplicateOverride: { token: override.token, reason: duplicateReason } })
    return { written, of: { inSpiteOf: error as Problem } }
  }
}

async function update(ctx: Context, plan: Plan, row: number, id: string, values: Values): Promise<Done> {
  const { kind: transfer } = plan
  const { kind } = transfer
  const current = await kind.get(ctx, { id })
  const composed = await transfer.compose(ctx, values, current)
  const changes = await changesOf(ctx, kind, id, composed)
  const shown = transfer.present(ctx, current) as Record<string, unknown>
  const before = Object.fromEntries(Object.keys(changes).map((name) => [name, shown[name] ?? null]))
  const { written, of } = await inSpite(plan, (override) => kind.change(ctx, { id, changes: { ...changes, ...override } as never }))
  const { version } = written
  if (version === current.version) return { result: { row, outcome: 'skipped', id } }
  return { result: { row, outcome: 'updated', id, version }, before: { row, id, before }, ...of }
}

const exists = () =>
  new Problem('conflict', 'row.exists', 'The record exists. Remove the row, or import again with "update" or "skip" for those that exist.')

/** What a new record is to be made of; nothing for a row that means one that is there, or that cannot be read. */
async function foreseen(ctx: Context, plan: Plan, unit: RowUnit): Promise<object | undefined> {
  try {
    const values = valuesOf(ctx, plan, unit)
    if (plan.kind.passesOver?.(values, plan.mapped) || (await matched(ctx, plan, values))) return undefined
    return await plan.kind.compose(ctx, values)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** Reads together what rows that are done next are going to read (openReadAhead). */
export async function foreseeRows(ctx: Context, plan: Plan, units: readonly RowUnit[]): Promise<void> {
  const { foresee } = plan.kind.kind
  if (!foresee) return
  const inputs = await Promise.all(units.map((unit) => foreseen(ctx, plan, unit)))
  const fresh = inputs.filter((input) => input !== undefined)
  if (fresh.length > 0) await foresee(ctx, fresh)
}

/** Does a row, or the rows of one record, by the use cases of its kind. Fails with their problems, or with what is wrong with the row itself. */
export async function importRow(ctx: Context, plan: Plan, unit: RowUnit): Promise<Done> {
  const [{ row }] = unit
  const values = valuesOf(ctx, plan, unit)
  if (plan.kind.passesOver?.(values, plan.mapped)) return { result: { row, outcome: 'skipped' } }
  const id = await matched(ctx, plan, values)
  if (id && plan.onMatch === 'fail') throw exists()
  if (id && plan.onMatch === 'skip') return { result: { row, outcome: 'skipped', id } }
  if (id) return update(ctx, plan, row, id, values)
  const { kind } = plan.kind
  const input = parseInput(kind.Create, await plan.kind.compose(ctx, values))
  const { written, of } = await inSpite<KindRecord>(plan, (override) => kind.create(ctx, { ...(input as object), ...override } as never))
  return { result: { row, outcome: 'created', id: written.id, version: written.version }, ...of }
}
