import type { Context } from '../../kernel/context.ts'
import type { TransferKind } from '../../kernel/transfer-kind.ts'
import { tryWrite } from '../../store/try-write.ts'
import { sealAction } from './import.table.ts'
import type { Import } from './import.ts'
import { lanesOf } from './lanes.ts'
import { planOf } from './plan.ts'
import { readProgress } from './progress.ts'

/** Closes a lane behind its last row; false when rows were written there meanwhile. */
async function sealLane(ctx: Context, { id, run }: Import, pass: number, lane: number, from: number): Promise<boolean> {
  const tried = await tryWrite(ctx, sealAction(ctx, id, { run, pass, lane, from }))
  return tried.written || tried.found?.sealed !== undefined
}

/**
 * Closes the lanes of an import that broke off or was cancelled behind the last rows that were done. A worker looks only now and then
 * whether it shall go on: what it would write after somebody began to take the rows back, nobody would take back any more.
 */
export async function sealRows(ctx: Context, kind: TransferKind, imported: Import): Promise<void> {
  const { count } = lanesOf(planOf(kind, imported))
  for (;;) {
    const { pass, done, isOver } = await readProgress(ctx, imported)
    if (isOver) return
    const lanes = Array.from({ length: count }, (_, lane) => sealLane(ctx, imported, pass, lane, done[lane] ?? 0))
    if ((await Promise.all(lanes)).every((isSealed) => isSealed)) return
  }
}
