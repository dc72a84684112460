import type * as z from 'zod'
import { FileAdded } from '../../../events/platform.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { compact } from '../../kernel/resource.ts'
import { customers, writableOfCustomer, writableRecord } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { newRecord } from '../../store/entity.ts'
import { files, storedAt } from './file.table.ts'
import { type CompleteFile, type CreateFile, type File, partsOf, signedSeconds, type Upload } from './file.ts'

/** Addresses to put the bytes to: one, or one for each part of a large file. */
async function uploadOf(ctx: Context, file: File): Promise<Upload> {
  const key = storedAt(ctx, file.id)
  const parts = partsOf(file.size)
  const urls = parts && file.uploadId ? await ctx.files.partUrls(key, file.uploadId, parts.count) : []
  return {
    method: 'PUT',
    url: parts ? null : await ctx.files.uploadUrl(key, file.contentType, file.size),
    headers: { 'content-type': file.contentType },
    expiresAt: new Date(Date.parse(ctx.now()) + signedSeconds * 1000).toISOString(),
    partSize: parts?.partSize ?? null,
    parts: urls.map((url, i) => ({ number: i + 1, url })),
  }
}

/**
 * Announces a file of a record and answers where to upload it. It is pending until `completeFile` has seen the bytes.
 * 404 at /on/id for a record out of sight, 403 for a customer that is only to be read.
 */
export async function createFile(ctx: Context, input: z.output<typeof CreateFile>): Promise<File & { upload: Upload }> {
  const customer = await writableRecord(ctx, input.on, '/on/id')
  const base = newRecord(ctx, 'fil', customer.id)
  const uploadId = partsOf(input.size) ? await ctx.files.startParts(storedAt(ctx, base.id), input.contentType) : undefined
  const file = { ...compact({ ...input, uploadId }), ...base, customerId: customer.id, status: 'pending' } as File
  const upload = await uploadOf(ctx, file)
  await commit(ctx, [files.create(file), customers.keep(customer)], [], { result: { ...file, upload } })
  return { ...file, upload }
}

/** Puts the parts of a large file together; 422 when the ETags are not those of the uploaded parts. */
async function putTogether(ctx: Context, file: File, etags: string[] | undefined): Promise<void> {
  const parts = partsOf(file.size)
  if (!parts || !file.uploadId) return
  if (etags?.length !== parts.count)
    throw invalid('file.parts-wrong', '/etags', `This file went up in ${parts.count} parts: name the ETag of each, in their order.`)
  if (!(await ctx.files.completeParts(storedAt(ctx, file.id), file.uploadId, etags)))
    throw invalid('file.parts-wrong', '/etags', 'These are not the ETags of the uploaded parts, or a part is missing.')
}

/** Makes a pending file complete: 409 `file.not-uploaded` until its bytes are there, all of them. Again changes nothing. */
export async function completeFile(ctx: Context, { id, etags }: { id: string } & z.output<typeof CompleteFile>): Promise<File> {
  const { record: file } = await writableOfCustomer(ctx, files, id)
  if (file.status === 'complete') return file
  await putTogether(ctx, file, etags)
  const size = await ctx.files.size(storedAt(ctx, id))
  if (size !== file.size) {
    const found = size === undefined ? 'Nothing has been uploaded yet.' : `${size} bytes have been uploaded instead of ${file.size}.`
    throw new Problem('conflict', 'file.not-uploaded', `${found} Put the file to its upload address first.`, { retryable: true })
  }
  const { uploadId: _uploadId, ...rest } = file
  const subject = { type: 'file', id, customerId: file.customerId }
  return commit(ctx, [files.replace(ctx, file, { ...rest, status: 'complete' })], [FileAdded(subject, { size })])
}
