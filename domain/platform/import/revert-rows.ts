import type { Context } from '../../kernel/context.ts'
import { Problem, StaleWrite } from '../../kernel/errors.ts'
import type { TransferKind } from '../../kernel/transfer-kind.ts'
import { commit } from '../../store/commit.ts'
import { queryAll } from '../../store/query.ts'
import { openStage, type Stage } from '../../store/stage.ts'
import {
  type BeforeItem,
  beforesOf,
  type FaultItem,
  type GroupItem,
  groupsOf,
  type RevertItem,
  revertsOf,
  revertWrite,
} from './import.table.ts'
import type { Import } from './import.ts'
import { revertRow, type Written } from './revert-row.ts'
import { faultOf } from './row-fault.ts'

/** What the import wrote, the last first: a later row may rest on an earlier one. */
export async function writtenBy(ctx: Context, { id, run }: Import): Promise<Written[]> {
  const all: Written[] = []
  for (let pass = 0; ; pass++) {
    const groups = await queryAll<GroupItem>(ctx, groupsOf(id, run, pass), { consistent: true })
    if (groups.length === 0) return all.reverse()
    const rows = groups.flatMap((group) => group.rows).sort((a, b) => a.row - b.row)
    all.push(...rows.filter((row): row is Written => row.id !== undefined && (row.outcome === 'created' || row.outcome === 'updated')))
  }
}

async function withBefores(ctx: Context, { id, run }: Import, rows: Written[]): Promise<Written[]> {
  const numbers = rows.filter(({ outcome }) => outcome === 'updated').map(({ row }) => row)
  if (numbers.length === 0) return rows
  const range = beforesOf(id, run, Math.min(...numbers), Math.max(...numbers))
  const befores = new Map((await queryAll<BeforeItem>(ctx, range, { consistent: true })).map((item) => [item.row, item.before]))
  return rows.map((row) => ({ ...row, ...(befores.has(row.row) ? { before: befores.get(row.row)! } : {}) }))
}

interface Group {
  done: number
  refused: FaultItem[]
}

/** As many rows as one transaction holds, staged; those that cannot be taken back with their reasons. */
async function fill(stage: Stage, kind: TransferKind, rows: Written[]): Promise<Group> {
  const group: Group = { done: 0, refused: [] }
  for (const row of rows) {
    try {
      await stage.attempt(async (staged) => {
        await revertRow(staged, kind, row)
        if (!stage.fits(1)) throw new Full()
      })
    } catch (error) {
      if (error instanceof Full && group.done > 0) break
      if (!(error instanceof Problem) || error instanceof StaleWrite) throw error
      group.refused.push(faultOf(kind.fields, [row.row], error))
    }
    group.done += 1
  }
  return group
}

/** No more room in this transaction. */
class Full extends Problem {
  constructor() {
    super('invalid', 'revert.too-large', 'Taking this back touches more than one transaction can hold. Do it by hand.')
  }
}

/** Takes some rows back in one transaction, from `place` on; stale when somebody was faster. */
export async function revertGroup(
  ctx: Context,
  kind: TransferKind,
  imported: Import,
  place: number,
  rows: Written[],
): Promise<Group | 'stale'> {
  const stage = openStage(ctx)
  try {
    const group = await fill(stage, kind, await withBefores(ctx, imported, rows))
    const item: RevertItem = { place, rows: group.done, refused: group.refused }
    await commit(stage.ctx, [revertWrite(imported.id, item)], [])
    await stage.commit(undefined)
    return group
  } catch (error) {
    if (error instanceof Problem) return 'stale'
    throw error
  }
}

/** How far it is. */
export interface Reverted {
  place: number
  refused: FaultItem[]
}

/** What of a revert was done by whoever worked on it. */
export async function doneSoFar(ctx: Context, id: string): Promise<Reverted> {
  const items = await queryAll<RevertItem>(ctx, revertsOf(id), { consistent: true })
  return { place: items.reduce((end, item) => Math.max(end, item.place + item.rows), 0), refused: items.flatMap((item) => item.refused) }
}
