import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { parseInput } from '../../kernel/parse-input.ts'
import type { KindRecord } from '../../kernel/record-kind.ts'
import type { Values } from '../../kernel/transfer-kind.ts'
import { changesOf } from '../bulk/upsert.ts'
import type { RowUnit } from '../sheet/source.ts'
import type { BeforeItem, RowResult } from './import.table.ts'
import type { Plan } from './plan.ts'
import { valuesOf } from './row-values.ts'

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
