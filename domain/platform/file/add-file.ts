import type * as z from 'zod'
import { FileAdded } from '../../../events/platform.ts'
import type { Context } from '../../kernel/context.ts'
import { compact } from '../../kernel/merge-patch.ts'
import { customers } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { newRecord } from '../../store/record.ts'
import { files, storedAt } from './file.table.ts'
import type { CompleteFile, CreateFile, File, Upload } from './file.ts'
import { writableOn } from './file-on.ts'
import { writableFile } from './read-files.ts'
import { finishUpload, openUpload, uploadOf } from './upload.ts'

/**
 * Announces a file of a record and answers where to upload it. It is pending until `completeFile` has seen the bytes.
 * 404 at /on/id for a record out of sight, 403 for a customer that is only to be read.
 */
export async function createFile(ctx: Context, input: z.output<typeof CreateFile>): Promise<File & { upload: Upload }> {
  const customer = await writableOn(ctx, input.on, '/on/id')
  const base = newRecord(ctx, 'fil', customer.id)
  const announced = { ...input, key: storedAt(ctx, base.id) }
  const uploadId = await openUpload(ctx, announced)
  // Named by the id of a customer that was merged away, the file hangs on the one it was merged into.
  const on = input.on.type === 'customer' ? { ...input.on, id: customer.id } : input.on
  const file = { ...compact({ ...input, on, uploadId }), ...base, customerId: customer.id, status: 'pending' } as File
  const upload = await uploadOf(ctx, { ...announced, uploadId })
  await commit(ctx, [files.create(file), customers.keepField(customer, 'ownerId')], [], { result: { ...file, upload } })
  return { ...file, upload }
}

/** Makes a pending file complete: 409 `file.not-uploaded` until its bytes are there, all of them. Again changes nothing. */
export async function completeFile(ctx: Context, { id, etags }: { id: string } & z.output<typeof CompleteFile>): Promise<File> {
  const { record: file } = await writableFile(ctx, id)
  if (file.status === 'complete') return file
  await finishUpload(ctx, { ...file, key: storedAt(ctx, id) }, etags)
  const { uploadId: _uploadId, ...rest } = file
  const subject = { type: 'file', id, customerId: file.customerId }
  return commit(ctx, [files.replace(ctx, file, { ...rest, status: 'complete' })], [FileAdded(subject, { size: file.size })])
}
