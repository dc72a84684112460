import * as z from 'zod'
import { Instant } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { line } from '../../kernel/text.ts'
import { FileOn } from './file-on.ts'

const FileId = idOf('fil').meta({ description: 'Id of a file', example: 'fil_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

/** What may be kept. Nothing that a browser would run, although every download is an attachment. */
const contentTypes = [
  ...['jpeg', 'png', 'gif', 'webp', 'heic', 'heif', 'tiff', 'bmp'].map((kind) => `image/${kind}` as const),
  ...['pdf', 'json', 'zip', 'gzip', 'rtf', 'msword', 'octet-stream', 'vnd.ms-excel', 'vnd.ms-powerpoint', 'vnd.ms-outlook'].map(
    (kind) => `application/${kind}` as const,
  ),
  ...['wordprocessingml.document', 'spreadsheetml.sheet', 'presentationml.presentation'].map(
    (kind) => `application/vnd.openxmlformats-officedocument.${kind}` as const,
  ),
  ...['plain', 'csv', 'markdown'].map((kind) => `text/${kind}` as const),
  ...['mpeg', 'mp4', 'aac', 'amr', 'ogg', 'wav', 'webm'].map((kind) => `audio/${kind}` as const),
  ...['mp4', 'quicktime', 'webm'].map((kind) => `video/${kind}` as const),
  'message/rfc822' as const,
]

const MiB = 1024 * 1024
const largestFile = 5 * 1024 * MiB

const fields = {
  name: line(200)
    .refine((name) => !/[/\\]/.test(name), 'must not contain a slash')
    .meta({ description: 'The name it is downloaded under.' }),
  contentType: z.enum(contentTypes).meta({ description: 'What it is; `application/octet-stream` when in doubt.' }),
  size: z.int().min(1).max(largestFile).meta({ description: 'Bytes, at most 5 GiB.' }),
  on: FileOn,
}

const Part = z.object({ number: z.int(), url: z.string() })

export const Upload = z
  .object({
    method: z.literal('PUT'),
    url: z.string().nullable().meta({ description: 'Where to put the whole file; null when it goes up in parts.' }),
    headers: z.object({ 'content-type': z.string() }).meta({ description: 'Send these with the file; parts need none.' }),
    expiresAt: Instant.meta({ description: 'When the addresses end.' }),
    partSize: z.int().nullable().meta({ description: 'Bytes of each part but the last; null when it goes up whole.' }),
    parts: z.array(Part).meta({ description: 'Where to put each part. Keep the ETag of every answer for `complete`.' }),
  })
  .meta({ id: 'Upload' })
export type Upload = z.output<typeof Upload>

const shapes = shapesOf('File', FileId, fields, ['name', 'contentType', 'size', 'on'], {
  customerId: idOf('cus').meta({ description: 'The customer whose file it is.' }),
  status: z.enum(['pending', 'complete']).meta({ description: 'Pending until the upload was completed.' }),
  url: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: 'Where to download it for the next 15 minutes; only from GET of one file that is complete.' }),
})

export const CreateFile = shapes.create
export const CompleteFile = z
  .strictObject({
    etags: z
      .array(line(200))
      .min(1)
      .max(1000)
      .optional()
      .meta({ description: 'For an upload in parts: the ETag of each part, in their order.' }),
  })
  .meta({ id: 'CompleteFile' })
export const File = shapes.resource
export const FileWithUpload = shapes.resource.extend({ upload: Upload }).meta({ id: 'FileWithUpload' })
const FileRecord = shapes.record.extend({
  customerId: z.string(),
  status: z.enum(['pending', 'complete']),
  uploadId: z.string().optional(),
})
export type File = z.output<typeof FileRecord>

/** How long an address to upload to or download from is good. */
export const signedSeconds = 15 * 60

const largestWhole = 8 * MiB
const mostParts = 64

/**
 * The parts a file goes up in, or undefined when it goes up whole. Never more than 64: the addresses of all are kept with
 * the idempotency key, and an item holds 400 KB.
 */
export function partsOf(size: number): { partSize: number; count: number } | undefined {
  if (size <= largestWhole) return undefined
  const partSize = Math.max(largestWhole, Math.ceil(size / mostParts / MiB) * MiB)
  return { partSize, count: Math.ceil(size / partSize) }
}
