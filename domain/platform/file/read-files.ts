import { FileDeleted } from '../../../events/platform.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { partitionOf } from '../../kernel/ids.ts'
import type { Filter, ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { customerPartition, rowsInSight, visibleOfCustomer, writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { recordOf, requireVersion } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { queryAll, type Range } from '../../store/query.ts'
import { files, filesOn, storedAt } from './file.table.ts'
import type { File } from './file.ts'

export const fileList = {
  filters: { 'on.id': ['eq'], customerId: ['eq'] },
  sorts: ['-createdAt', 'createdAt'],
} as const satisfies ListSpec

/** The range that a filter names: the files of one record (gsi1) or all of a customer (its partition). */
function rangeOf(filter: Filter): Range | undefined {
  const [onId, customerId] = [filter['on.id']?.eq, filter.customerId?.eq]
  if (onId === undefined && customerId === undefined)
    throw new Problem('malformed', 'filter.required', 'Name the record or the customer: filter[on.id] or filter[customerId].')
  if (onId !== undefined && customerId !== undefined && partitionOf(onId) !== partitionOf(customerId)) return undefined
  if (onId !== undefined) return { index: 'gsi1', partition: filesOn(onId) }
  return { partition: customerPartition(customerId!), prefix: ['FIL'] }
}

/** The files of a record or of a customer, newest first unless asked otherwise; none when the customer is out of sight. */
export async function listFiles(ctx: Context, input: ListInput): Promise<Page<File>> {
  const range = rangeOf(input.filter)
  if (!range) return { data: [], page: { next: null } }
  const page = await listPage(ctx, 'files', [{ ...range, reverse: input.sort === '-createdAt' }], input)
  const rows = page.data.map((item) => recordOf(files, item))
  const data = await rowsInSight(ctx, rows)
  return { data, page: data.length > 0 ? page.page : { next: null } }
}

/** One file; a complete one with the address to download it from. */
export async function getFile(ctx: Context, { id }: { id: string }): Promise<File & { url?: string }> {
  const { record: file } = await visibleOfCustomer(ctx, files, id)
  return file.status === 'complete' ? { ...file, url: await ctx.files.downloadUrl(storedAt(ctx, id), file.name) } : file
}

/** Deletes a file. The bytes go first: when the rest fails, the file is there to be deleted again. */
export async function deleteFile(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const { record: file } = await writableOfCustomer(ctx, files, id)
  requireVersion(file, ifMatch)
  await ctx.files.remove(storedAt(ctx, id))
  const subject = { type: 'file', id, customerId: file.customerId }
  await commit(ctx, [files.remove(file)], [FileDeleted(subject, {})])
}

/** Removes every file of a customer that was deleted: its bytes first, as above. Can be repeated. */
export async function removeFilesOf(ctx: Context, customerId: string): Promise<void> {
  for (const item of await queryAll(ctx, { partition: customerPartition(customerId), prefix: ['FIL'] }, { consistent: true })) {
    await ctx.files.remove(storedAt(ctx, item.id as string))
    await commit(ctx, [files.remove(recordOf(files, item))], [])
  }
}
