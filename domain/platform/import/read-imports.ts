import { visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import type { TransferKind } from '../../kernel/transfer-kind.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { find } from '../../store/read.ts'
import { allImports, errorsAt, imports, importsBy } from './import.table.ts'
import type { Import } from './import.ts'

export const importList = { filters: {}, sorts: ['-createdAt', 'createdAt'] } as const satisfies ListSpec

/** The kind of that name; 422 `import.kind-unknown` naming those there are. */
export function kindNamed(kinds: readonly TransferKind[], name: string): TransferKind {
  const known = kinds.filter(({ exportOnly }) => !exportOnly)
  const found = known.find(({ kind }) => kind.name === name)
  if (found) return found
  throw invalid(
    'import.kind-unknown',
    '/kind',
    `There is no kind ${JSON.stringify(name)}. There are: ${known.map(({ kind }) => kind.name).join(', ')}.`,
  )
}

/** An import of the caller, or of somebody whose records it sees; 404 otherwise. */
export async function visibleImport(ctx: Context, id: string, options: { consistent?: boolean } = {}): Promise<Import> {
  const [found, visible] = await Promise.all([find(ctx, imports, id, options), visibleOwners(ctx)])
  if (!found || (visible !== 'all' && !visible.has(found.ownerId))) throw notFound('import')
  return found
}

/** An import as callers see it: its columns with what they mean, and the fields they could mean. */
export function shownImport(ctx: Context, kinds: readonly TransferKind[], imported: Import): object {
  const fields = kinds.find(({ kind }) => kind.name === imported.kind)?.fields ?? []
  const columns = (imported.columns ?? []).map(({ heading }) => ({ heading, field: imported.mapping?.[heading] ?? null }))
  const targets = imported.columns
    ? fields.filter((field) => field.read).map(({ name, label }) => ({ name, label: label[ctx.tenant.locale] }))
    : []
  return { ...imported, encoding: imported.encoding ?? imported.seenEncoding, columns, fields: targets }
}

/** One import; with the address of its failed rows where it has some and is over. */
export async function getImport(ctx: Context, { id }: { id: string }): Promise<Import & { errorsUrl?: string }> {
  const imported = await visibleImport(ctx, id)
  if (!imported.hasErrors) return imported
  const name = `${imported.fileName.replace(/\.[^.]*$/, '')}-errors.csv`
  return { ...imported, errorsUrl: await ctx.files.downloadUrl(errorsAt(ctx, id), name) }
}

/** Imports of those whose records the caller sees, newest first unless asked otherwise. */
export async function listImports(ctx: Context, input: ListInput): Promise<Page<Import>> {
  const visible = await visibleOwners(ctx)
  const reverse = input.sort === '-createdAt'
  const ranges =
    visible === 'all'
      ? [{ index: 'gsi1' as const, partition: allImports, reverse }]
      : [...visible].map((ownerId) => ({ index: 'gsi2' as const, partition: importsBy(ownerId), reverse }))
  const page = await listPage(ctx, 'imports', ranges, input)
  return { ...page, data: page.data.map((item) => recordOf(imports, item)) }
}
