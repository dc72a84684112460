import { ExportFinished } from '../../../events/platform.ts'
import { actorAgain, requirePermission } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem, StaleWrite } from '../../kernel/errors.ts'
import type { TransferKind } from '../../kernel/transfer-kind.ts'
import { commit, retryStale } from '../../store/commit.ts'
import { pause } from '../../store/pause.ts'
import { find } from '../../store/read.ts'
import { requireReadable } from './create-export.ts'
import { exportJobs } from './export.table.ts'
import type { Export } from './export.ts'
import { finishExport } from './finish-export.ts'
import { exportKind } from './read-exports.ts'
import { findIds, type Work, writePart } from './write-part.ts'

const again = (ctx: Context, id: string) => find(ctx, exportJobs, id, { consistent: true })

/** In whose name it is read, with what that person may see by now. */
async function workOf(ctx: Context, kinds: readonly TransferKind[], exported: Export): Promise<Work> {
  const actor = await actorAgain(ctx, exported.actor)
  if (!actor) throw new Problem('forbidden', 'export.actor-gone', 'Who asked for the export has no access any more.')
  const own = { ...ctx, actor }
  const kind = exportKind(kinds, exported.kind)
  requirePermission(actor, 'exports.write')
  requireReadable(own, kind)
  // A column that the role has ceased to see stays, empty: parts that are written have it.
  const columns = exported.columns.map((name) => kind.fields.find((field) => field.name === name))
  return { ctx: own, kind, columns: columns.filter((field) => field !== undefined) }
}

/** One step further, each of them noted in the table before the next. */
async function advance(work: Work, exported: Export): Promise<void> {
  if (!exported.isWhole && exported.total === undefined) return findIds(work, exported)
  if (!exported.isRead) return writePart(work, exported)
  return finishExport(work, exported)
}

async function fail(ctx: Context, id: string, { code, message }: Problem): Promise<void> {
  await retryStale(async () => {
    const before = await again(ctx, id)
    if (before?.status !== 'running') return
    const after: Export = { ...before, status: 'failed', problem: { code, detail: message }, finishedAt: ctx.now() }
    const data = { status: 'failed' as const, kind: before.kind, rows: before.rows }
    await commit(ctx, [exportJobs.replace(ctx, before, after)], [ExportFinished({ type: 'export', id }, data)])
  })
}

async function steps(ctx: Context, kinds: readonly TransferKind[], id: string, stop: () => boolean): Promise<'over' | 'again'> {
  let work: Work | undefined
  for (let stale = 0; ; ) {
    const exported = await again(ctx, id)
    if (exported?.status !== 'running') return 'over'
    if (stop()) return 'again'
    work ??= await workOf(ctx, kinds, exported)
    try {
      await advance(work, exported)
      stale = 0
    } catch (error) {
      // Another worker is at it, or it was cancelled, and what it was made of may be gone: what is there now decides.
      const isOvertaken = error instanceof StaleWrite || (await again(ctx, id))?.status !== 'running'
      if (!isOvertaken || ++stale > 20) throw error
      await pause(Math.min(stale, 5))
    }
  }
}

/**
 * Works on an export until it is over or `stop` says that the time is up; then it wants to be called again. It may be called at
 * any time and by several at once: what was done is noted in the table. What a search refuses, or a right that has ended, fails
 * the export; any other error is for whoever calls, to call again.
 */
export async function runExport(ctx: Context, kinds: readonly TransferKind[], id: string, stop: () => boolean): Promise<'over' | 'again'> {
  try {
    return await steps(ctx, kinds, id, stop)
  } catch (error) {
    if (!(error instanceof Problem) || error.more.retryable) throw error
    await fail(ctx, id, error)
    return 'over'
  }
}
