import { FileDeleted } from '../../../events/platform.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import { isId } from '../../kernel/ids.ts'
import type { Filter, ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import {
  absorbedBy,
  customerPartition,
  customers,
  partitionsOf,
  rowsInSight,
  visibleOfCustomer,
  writableOfCustomer,
} from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { queryAll, type Range } from '../../store/query.ts'
import { find, findParents } from '../../store/read.ts'
import { requireVersion } from '../../store/record.ts'
import { files, filesOn, storedAt } from './file.table.ts'
import type { File } from './file.ts'
import { mayReadOn } from './file-on.ts'

export const fileList = {
  filters: { 'on.id': ['eq'], customerId: ['eq'] },
  sorts: ['-createdAt', 'createdAt'],
} as const satisfies ListSpec

/** The ranges that a filter names: the files of one record (gsi1) or all of a customer (its partitions). */
async function rangesOf(ctx: Context, filter: Filter): Promise<Range[]> {
  const [onId, customerId] = [filter['on.id']?.eq, filter.customerId?.eq]
  if (onId === undefined && customerId === undefined)
    throw new Problem('malformed', 'filter.required', 'Name the record or the customer: filter[on.id] or filter[customerId].')
  const ids = [customerId, onId].filter((id) => id !== undefined)
  const parents = await findParents(ctx, customers, ids)
  const customer = customerId === undefined ? undefined : parents.get(customerId)
  if (onId === undefined) return customer ? partitionsOf(customer).map((id) => ({ partition: customerPartition(id), prefix: ['FIL'] })) : []
  if (customerId !== undefined && (!customer || customer.id !== parents.get(onId)?.id)) return []
  // Those of a customer that was merged away hang on the one it was merged into.
  const record = isId('cus', onId) ? (parents.get(onId)?.id ?? onId) : onId
  return [{ index: 'gsi1', partition: filesOn(record) }]
}

/** The files of a record or of a customer, newest first unless asked otherwise; none when the customer is out of sight. */
export async function listFiles(ctx: Context, input: ListInput): Promise<Page<File>> {
  const ranges = (await rangesOf(ctx, input.filter)).map((range) => ({ ...range, reverse: input.sort === '-createdAt' }))
  const page = await listPage(ctx, 'files', ranges, input)
  const rows = page.data.map((item) => recordOf(files, item))
  const seen = await rowsInSight(ctx, rows)
  return { data: seen.filter(({ on }) => mayReadOn(ctx, on)), page: seen.length > 0 ? page.page : { next: null } }
}

/** A file that hangs on what the caller may read; else there is none. */
function readable(ctx: Context, file: File): File {
  if (mayReadOn(ctx, file.on)) return file
  throw notFound('file')
}

/** A file that the caller may change. 404 for one out of sight, 403 for a customer that is only to be read. */
export const writableFile = async (ctx: Context, id: string): Promise<{ record: File }> => {
  const { record } = await writableOfCustomer(ctx, files, id)
  return { record: readable(ctx, record) }
}

/** One file; a complete one with the address to download it from. */
export async function getFile(ctx: Context, { id }: { id: string }): Promise<File & { url?: string }> {
  const file = readable(ctx, (await visibleOfCustomer(ctx, files, id)).record)
  return file.status === 'complete' ? { ...file, url: await ctx.files.downloadUrl(storedAt(ctx, id), file.name) } : file
}

/**
 * Deletes a file. Its bytes go by the consumer of the event: whoever is overtaken by a change of the file has deleted nothing,
 * and bytes that cannot be removed are tried again until they are.
 */
export async function deleteFile(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const { record: file } = await writableFile(ctx, id)
  requireVersion(file, ifMatch)
  const subject = { type: 'file', id, customerId: file.customerId }
  await commit(ctx, [files.remove(file)], [FileDeleted(subject, {})])
}

/** The bytes of a file that was deleted. Can be repeated; nothing is removed while there is such a file. */
export async function removeBytesOf(ctx: Context, id: string): Promise<void> {
  if (await find(ctx, files, id, { consistent: true })) return
  await ctx.files.remove(storedAt(ctx, id))
}

/**
 * Removes every file of a customer that was deleted, and of those merged into it. Its bytes go first, since nobody else could
 * change it any more and no event follows. Can be repeated.
 */
export async function removeFilesOf(ctx: Context, customerId: string): Promise<void> {
  for (const id of [customerId, ...(await absorbedBy(ctx, customerId))])
    for (const item of await queryAll(ctx, { partition: customerPartition(id), prefix: ['FIL'] }, { consistent: true })) {
      await ctx.files.remove(storedAt(ctx, item.id as string))
      await commit(ctx, [files.remove(recordOf(files, item))], [])
    }
}
