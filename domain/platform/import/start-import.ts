import { ImportStarted } from '../../../events/platform.ts'
import { type Permission, requirePermission } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { step } from '../../kernel/states.ts'
import type { TransferKind } from '../../kernel/transfer-kind.ts'
import { commit } from '../../store/commit.ts'
import { requireComplete } from './check-mapping.ts'
import { imports, keptDays } from './import.table.ts'
import { type Import, importStates, noCounts } from './import.ts'
import { inspected } from './inspect-import.ts'
import { kindNamed, visibleImport } from './read-imports.ts'

const actorOf = ({ actor: { kind, id, userId } }: Context) => ({ kind, id, userId })

/** 403 for another's import: its rows are written in the name of who starts it. */
function requireOwn(ctx: Context, imported: Import): void {
  if (imported.ownerId === callerOf(ctx)) return
  throw new Problem('forbidden', 'import.not-yours', 'Only who announced an import can start it. Make one of your own.')
}

/**
 * Starts an import, or its dry run; looks the file through first where that was not done. The rows are worked on by a job,
 * in the name of who starts it. 422 for a mapping that cannot work, 409 `import.state` when it is under way or over.
 */
export async function startImport(
  ctx: Context,
  kinds: readonly TransferKind[],
  { id, etags }: { id: string; etags?: string[] | undefined },
): Promise<Import> {
  const before = await visibleImport(ctx, id, { consistent: true })
  const kind = kindNamed(kinds, before.kind)
  const status = step('import', importStates, before.status, 'start')
  requireOwn(ctx, before)
  requirePermission(ctx.actor, kind.kind.permissions.write as Permission)
  const seen = before.columns ? before : await inspected(ctx, kind, before, etags)
  requireComplete(ctx, kind, seen)
  const { problem: _problem, finishedAt: _finished, hasErrors: _errors, ...rest } = seen
  const run = before.run + 1
  const after: Import = { ...rest, status, run, rows: noCounts, actor: actorOf(ctx), startedAt: ctx.now() }
  const data = { work: 'import' as const, kind: before.kind, rows: after.total ?? 0, dryRun: before.dryRun ?? false }
  return commit(ctx, [imports.replace(ctx, before, after)], [ImportStarted({ type: 'import', id }, data)])
}

/** Stops an import that runs, after the rows that are being written. They stay, and can be reverted. */
export async function cancelImport(ctx: Context, { id }: { id: string }): Promise<Import> {
  const before = await visibleImport(ctx, id, { consistent: true })
  const status = step('import', importStates, before.status, 'cancel')
  return commit(ctx, [imports.replace(ctx, before, { ...before, status, finishedAt: ctx.now() })], [])
}

/**
 * Goes on with an import or revert that was cancelled or broke off, behind the last row that was done; with a revert in the name of who
 * resumes it. 403 for who may not write such records.
 */
export async function resumeImport(ctx: Context, kinds: readonly TransferKind[], { id }: { id: string }): Promise<Import> {
  const before = await visibleImport(ctx, id, { consistent: true })
  requirePermission(ctx.actor, kindNamed(kinds, before.kind).kind.permissions.write as Permission)
  const resumed = before.status === 'failed' && before.reverter ? 'reverting' : step('import', importStates, before.status, 'resume')
  const { problem: _problem, finishedAt: _finished, ...rest } = before
  const work = resumed === 'reverting' ? ('revert' as const) : ('import' as const)
  const data = { work, kind: before.kind, rows: before.total ?? 0, dryRun: before.dryRun ?? false }
  return commit(
    ctx,
    [imports.replace(ctx, before, { ...rest, status: resumed, ...(work === 'revert' ? { reverter: actorOf(ctx) } : {}) })],
    [ImportStarted({ type: 'import', id }, data)],
  )
}

/**
 * Starts taking back what an import created and updated. What has changed since stays, and is reported. 403 for who may not write
 * such records, 409 for a dry run, and after 30 days, when what was before is no longer kept.
 */
export async function revertImport(ctx: Context, kinds: readonly TransferKind[], { id }: { id: string }): Promise<Import> {
  const before = await visibleImport(ctx, id, { consistent: true })
  requirePermission(ctx.actor, kindNamed(kinds, before.kind).kind.permissions.write as Permission)
  const status = step('import', importStates, before.status, 'revert')
  if (before.dryRun)
    throw new Problem('conflict', 'import.nothing-written', 'This was a dry run: it wrote nothing that could be taken back.')
  const since = before.startedAt ?? before.createdAt
  if (Date.parse(ctx.now()) > Date.parse(since) + keptDays * 86_400_000)
    throw new Problem('conflict', 'import.revert-expired', `An import can be taken back for ${keptDays} days.`)
  const { problem: _problem, finishedAt: _finished, ...rest } = before
  const after: Import = { ...rest, status, reverter: actorOf(ctx), reverted: { reverted: 0, refused: 0 } }
  const data = { work: 'revert' as const, kind: before.kind, rows: before.total ?? 0, dryRun: false }
  return commit(ctx, [imports.replace(ctx, before, after)], [ImportStarted({ type: 'import', id }, data)])
}
