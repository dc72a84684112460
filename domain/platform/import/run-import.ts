import { ImportFinished } from '../../../events/platform.ts'
import { actorAgain } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem, StaleWrite } from '../../kernel/errors.ts'
import { step } from '../../kernel/states.ts'
import type { TransferKind } from '../../kernel/transfer-kind.ts'
import { commit, retryStale } from '../../store/commit.ts'
import { lastingItems } from '../../store/lasting-items.ts'
import { find } from '../../store/read.ts'
import { sheetFault } from '../sheet/sheet-faults.ts'
import { writeErrors } from './error-file.ts'
import { imports, sourceAt } from './import.table.ts'
import { type Import, importStates } from './import.ts'
import type { Pass } from './pass.ts'
import { planOf } from './plan.ts'
import { type Progress, readProgress } from './progress.ts'
import { kindNamed } from './read-imports.ts'
import { runPass } from './run-pass.ts'
import { runRevert } from './run-revert.ts'
import { trialOf } from './trial.ts'

/** How a slice of the work ended: there is nothing left to do, or its time was up. */
export type Slice = 'over' | 'again'

const again = (ctx: Context, id: string) => find(ctx, imports, id, { consistent: true })

/** Puts an import that still runs into its last state. One that was cancelled meanwhile stays so. */
async function end(ctx: Context, id: string, action: 'finish' | 'check' | 'fail', more: Partial<Import>): Promise<void> {
  await retryStale(async () => {
    const before = await again(ctx, id)
    if (before?.status !== 'running') return
    const status = step('import', importStates, before.status, action) as 'done' | 'checked' | 'failed'
    const after: Import = { ...before, ...more, status, finishedAt: ctx.now() }
    await commit(ctx, [imports.replace(ctx, before, after)], [ImportFinished({ type: 'import', id }, { status, ...after.rows })])
  })
}

/** Shows how far it is. False when the import does not run any more, since somebody cancelled it. */
async function showProgress(ctx: Context, id: string, progress: Progress): Promise<boolean> {
  const before = await again(ctx, id)
  if (before?.status !== 'running') return false
  try {
    await commit(ctx, [imports.replace(ctx, before, { ...before, rows: progress.counts })], [])
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error
  }
  return true
}

/** A cancelled import shows what had become of its rows by then, unless they are being taken back already. */
async function settleCancelled(ctx: Context, imported: Import): Promise<void> {
  if ((await again(ctx, imported.id))?.status !== 'cancelled') return
  const { counts } = await readProgress(ctx, imported)
  const hasErrors = await writeErrors(ctx, imported, counts.failed)
  await retryStale(async () => {
    const before = await again(ctx, imported.id)
    if (before?.status === 'cancelled') await commit(ctx, [imports.replace(ctx, before, { ...before, rows: counts, hasErrors })], [])
  })
}

/** In whose name the rows are written, with what that person may do by now. */
async function workingAs(ctx: Context, imported: Import): Promise<Context> {
  const actor = await actorAgain(ctx, imported.actor)
  if (actor) return { ...ctx, actor }
  throw new Problem(
    'forbidden',
    'import.actor-gone',
    'Who started the import has no access any more. Somebody else has to import the rows that are left.',
  )
}

/** A dry run gives out no numbers either. */
const trying = (ctx: Context, { dryRun }: Import): Context => (dryRun ? { ...ctx, trial: new Map() } : ctx)

/** All passes over the rows; after the first, of those alone that waited for another row of the file. */
async function workAll(ctx: Context, kind: TransferKind, imported: Import, stop: () => boolean): Promise<Slice> {
  const own = await workingAs(ctx, imported)
  if ((await ctx.files.tag(sourceAt(ctx, imported.id))) !== imported.tag) throw sheetFault('file-changed')
  const plan = planOf(kind, imported)
  const lasting = lastingItems(kind.kind.isLasting ?? (() => false))
  for (;;) {
    const progress = await readProgress(ctx, imported)
    if (progress.isOver) {
      const hasErrors = await writeErrors(ctx, imported, progress.counts.failed)
      await end(own, imported.id, imported.dryRun ? 'check' : 'finish', { rows: progress.counts, hasErrors })
      return 'over'
    }
    const pass: Pass = { imported, plan, number: progress.pass, isLast: progress.isLast, ctx: trying(own, imported), lasting }
    if (imported.dryRun) pass.trial = trialOf(own, plan, progress.claimed)
    const whole = await runPass(pass, progress, stop, () => showProgress(own, imported.id, progress))
    if (whole === 'cancelled') {
      await settleCancelled(own, imported)
      return 'over'
    }
    if (whole === 'stopped') return 'again'
  }
}

/**
 * Works on an import, or on taking it back, until it is over or `stop` says that the time is up; then it wants to be called again. It may be called
 * at any time and by several at once: what was done is found in the table, and no row is done twice. A file or a mapping that
 * turns out not to work fails the import as a whole; any other error is for whoever calls, to call again.
 */
export async function runImport(ctx: Context, kinds: readonly TransferKind[], id: string, stop: () => boolean): Promise<Slice> {
  const imported = await again(ctx, id)
  if (imported?.status === 'reverting') return runRevert(ctx, kinds, imported, stop)
  if (imported?.status !== 'running') return 'over'
  try {
    return await workAll(ctx, kindNamed(kinds, imported.kind), imported, stop)
  } catch (error) {
    // It was taken back meanwhile: what is written then, and what this one finds gone, is no matter of its own any more.
    if ((await again(ctx, id))?.status !== 'running') return 'over'
    if (!(error instanceof Problem) || error.more.retryable) throw error
    await end(ctx, id, 'fail', { problem: { code: error.code, detail: error.message } })
    return 'over'
  }
}
