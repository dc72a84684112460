import type * as z from 'zod'
import { ExportDeleted, ExportStarted } from '../../../events/platform.ts'
import { allowed, type Permission } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { compact } from '../../kernel/merge-patch.ts'
import { step } from '../../kernel/states.ts'
import type { SheetSearch, TransferKind } from '../../kernel/transfer-kind.ts'
import { commit } from '../../store/commit.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { exportJobs, partsOf } from './export.table.ts'
import { type CreateExport, type Export, exportStates, statusAt } from './export.ts'
import { exportKind, ownExport } from './read-exports.ts'
import { settleColumns } from './settle-columns.ts'

/** What an export looks for. */
export const searchOf = ({ text, where, sort, viewId }: Export | SheetSearch): SheetSearch => ({
  ...(text ? { text } : {}),
  ...(where ? { where } : {}),
  ...(sort ? { sort } : {}),
  ...(viewId ? { viewId } : {}),
})

/** 403 `export.kind-forbidden` for a caller who may not read records of the kind. */
export function requireReadable(ctx: Context, { kind }: TransferKind): void {
  if (allowed(ctx.actor, kind.permissions.read as Permission)) return
  throw new Problem('forbidden', 'export.kind-forbidden', `You may not read ${kind.name}, so you cannot export them either.`)
}

/** The search checked; answers what its view shows. 422 `export.search-unsupported` for a kind that is exported whole. */
async function checkedSearch(ctx: Context, kind: TransferKind, search: SheetSearch): Promise<readonly string[] | undefined> {
  const [asked] = Object.keys(search)
  if (kind.search) return kind.search.check(ctx, search)
  if (asked) throw invalid('export.search-unsupported', `/${asked}`, `${kind.kind.name} are exported whole. Leave ${asked} out.`)
  return undefined
}

/**
 * Starts an export of what the caller sees, under the rules of the search; a job writes the file. 403 when the caller may not
 * read the kind or one of the columns, 422 for a kind, column or search that there is not.
 */
export async function createExport(ctx: Context, kinds: readonly TransferKind[], input: z.output<typeof CreateExport>): Promise<Export> {
  const kind = exportKind(kinds, input.kind)
  requireReadable(ctx, kind)
  const given = compact(input)
  const search = searchOf(given as SheetSearch)
  const columns = settleColumns(ctx, kind, given.columns, await checkedSearch(ctx, kind, search))
  const isWhole = !kind.search || (Object.keys(search).length === 0 && (kind.list.whole ?? false))
  const { kind: by, id, userId } = ctx.actor
  const work = { isWhole, rows: 0, place: 0, isRead: false, parts: [] }
  const who = { ownerId: userId ?? id, actor: { kind: by, id, userId } }
  const exported = { ...given, ...newRecord(ctx, 'exp'), status: 'running', columns, ...who, ...work } as Export
  const event = ExportStarted({ type: 'export', id: exported.id }, { kind: input.kind, format: input.format })
  return commit(ctx, [exportJobs.create(exported)], [event])
}

/** Stops an export that is being written. */
export async function cancelExport(ctx: Context, { id }: { id: string }): Promise<Export> {
  const before = await ownExport(ctx, id)
  const status = step('export', exportStates, statusAt(before, ctx.now()), 'cancel')
  return commit(ctx, [exportJobs.replace(ctx, before, { ...before, status, finishedAt: ctx.now() })], [])
}

/** Deletes an export; its file goes with it, by the consumer of the event. */
export async function deleteExport(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const before = await ownExport(ctx, id)
  requireVersion(before, ifMatch)
  await commit(ctx, [exportJobs.remove(before)], [ExportDeleted({ type: 'export', id }, { parts: partsOf(before) })])
}
