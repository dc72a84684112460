import { visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { localDate } from '../../kernel/dates.ts'
import { invalid, notFound, Problem } from '../../kernel/errors.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import type { TransferKind } from '../../kernel/transfer-kind.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { find } from '../../store/read.ts'
import { allExports, exportJobs, exportsBy, resultAt } from './export.table.ts'
import { type Export, statusAt } from './export.ts'

export const exportList = { filters: {}, sorts: ['-createdAt', 'createdAt'] } as const satisfies ListSpec

/** The kind of that name; 422 `export.kind-unknown` naming those there are. */
export function exportKind(kinds: readonly TransferKind[], name: string): TransferKind {
  const found = kinds.find(({ kind }) => kind.name === name)
  if (found) return found
  const names = kinds.map(({ kind }) => kind.name).join(', ')
  throw invalid('export.kind-unknown', '/kind', `There is no kind ${JSON.stringify(name)}. There are: ${names}.`)
}

const isOwn = (ctx: Context, { ownerId }: Export) => ownerId === callerOf(ctx)

/** An export of the caller, or of somebody whose records it sees; 404 otherwise. */
async function visibleExport(ctx: Context, id: string, options: { consistent?: boolean } = {}): Promise<Export> {
  const [found, visible] = await Promise.all([find(ctx, exportJobs, id, options), visibleOwners(ctx)])
  if (!found || (visible !== 'all' && !visible.has(found.ownerId))) throw notFound('export')
  return found
}

/** An export of the caller; 403 `export.not-yours` for another's that it sees. */
export async function ownExport(ctx: Context, id: string): Promise<Export> {
  const found = await visibleExport(ctx, id, { consistent: true })
  if (isOwn(ctx, found)) return found
  throw new Problem('forbidden', 'export.not-yours', 'Only who asked for an export can cancel or delete it.')
}

/** The name under which it is downloaded: what it has, and the day. */
function fileName(ctx: Context, kinds: readonly TransferKind[], exported: Export): string {
  const label = kinds.find(({ kind }) => kind.name === exported.kind)?.label[exported.locale ?? ctx.tenant.locale] ?? exported.kind
  return `${label} ${localDate(exported.createdAt, ctx.tenant.timeZone)}.${exported.format}`
}

/** One export; for who asked for it with the address of its file, while there is one. */
export async function getExport(ctx: Context, kinds: readonly TransferKind[], { id }: { id: string }): Promise<Export & { url?: string }> {
  const exported = await visibleExport(ctx, id)
  if (statusAt(exported, ctx.now()) !== 'done' || !isOwn(ctx, exported)) return exported
  return { ...exported, url: await ctx.files.downloadUrl(resultAt(ctx, id), fileName(ctx, kinds, exported)) }
}

/** Exports of those whose records the caller sees, newest first unless asked otherwise. */
export async function listExports(ctx: Context, input: ListInput): Promise<Page<Export>> {
  const visible = await visibleOwners(ctx)
  const reverse = input.sort === '-createdAt'
  const ranges =
    visible === 'all'
      ? [{ index: 'gsi1' as const, partition: allExports, reverse }]
      : [...visible].map((ownerId) => ({ index: 'gsi2' as const, partition: exportsBy(ownerId), reverse }))
  const page = await listPage(ctx, 'exports', ranges, input)
  return { ...page, data: page.data.map((item) => recordOf(exportJobs, item)) }
}

/** An export as callers see it. */
export const shownExport = (ctx: Context, exported: Export): object => ({ ...exported, status: statusAt(exported, ctx.now()) })
