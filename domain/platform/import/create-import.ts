import type * as z from 'zod'
import { type Permission, requirePermission } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { compact, mergePatch } from '../../kernel/merge-patch.ts'
import { step } from '../../kernel/states.ts'
import type { TransferKind } from '../../kernel/transfer-kind.ts'
import { commit } from '../../store/commit.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import type { Upload } from '../file/file.ts'
import { type Announced, openUpload, uploadOf } from '../file/upload.ts'
import { requireKnownFields } from './check-mapping.ts'
import { imports, sourceAt } from './import.table.ts'
import { type ChangeImport, type CreateImport, type Import, ImportRecord, importStates, largestImport, noCounts } from './import.ts'
import { kindNamed, visibleImport } from './read-imports.ts'

// A map: a file may be called `__proto__`.
const contentTypes = new Map([
  ['csv', 'text/csv'],
  ['txt', 'text/csv'],
  ['tsv', 'text/csv'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
])

/** The upload of an import; its type is told by the name, and only the bytes decide what it is. */
export const announced = (
  ctx: Context,
  { id, fileName, size, uploadId }: Pick<Import, 'id' | 'fileName' | 'size' | 'uploadId'>,
): Announced => ({
  key: sourceAt(ctx, id),
  contentType: contentTypes.get(fileName.split('.').at(-1)?.toLowerCase() ?? '') ?? 'application/octet-stream',
  size,
  uploadId,
})

/**
 * Announces a file to be imported and answers where to upload it. 403 when the caller may not write records of the kind, 422
 * for a kind or fields that there are not, and above 50 MiB.
 */
export async function createImport(
  ctx: Context,
  kinds: readonly TransferKind[],
  input: z.output<typeof CreateImport>,
): Promise<Import & { upload: Upload }> {
  const kind = kindNamed(kinds, input.kind)
  requirePermission(ctx.actor, kind.kind.permissions.write as Permission)
  if (input.size > largestImport)
    throw invalid('import.file-too-large', '/size', 'A file to import has at most 50 MiB. Split it into several.')
  requireKnownFields(ctx, kind, compact(input))
  const { kind: by, id, userId } = ctx.actor
  const base = newRecord(ctx, 'imp')
  const rest = { status: 'waiting' as const, ownerId: userId ?? id, run: 0, rows: noCounts, actor: { kind: by, id, userId } }
  const imported = { ...compact(input), ...base, ...rest } as Import
  const upload = announced(ctx, imported)
  const uploadId = await openUpload(ctx, upload)
  const stored = uploadId ? { ...imported, uploadId } : imported
  const addresses = await uploadOf(ctx, { ...upload, uploadId })
  await commit(ctx, [imports.create(stored)], [], { result: { ...stored, upload: addresses } })
  return { ...stored, upload: addresses }
}

/** What decides how the file is read: when it changes, the file has to be looked through again. */
const reading = ['encoding', 'delimiter', 'sheet', 'headingRow'] as const

/** Changes how a file is read and what its columns mean, before it is started. 409 `import.state` afterwards. */
export async function changeImport(
  ctx: Context,
  kinds: readonly TransferKind[],
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeImport>; ifMatch?: string | undefined },
): Promise<Import> {
  const before = await visibleImport(ctx, id, { consistent: true })
  requireVersion(before, ifMatch)
  const merged = mergePatch(ImportRecord, before, changes)
  requireKnownFields(ctx, kindNamed(kinds, before.kind), merged)
  const { columns: _columns, preview: _preview, total: _total, seenEncoding: _seen, ...unread } = merged
  const isRead = reading.every((name) => before[name] === merged[name])
  const status = step('import', importStates, before.status, 'change')
  const after: Import = isRead ? { ...merged, status } : { ...unread, status: 'waiting' }
  return commit(ctx, [imports.replace(ctx, before, after)], [])
}
