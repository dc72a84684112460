import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { FileStore } from '../../domain/kernel/context.ts'
import { signedSeconds } from '../../domain/platform/file/file.ts'
import { env, lazily, optionalEnv } from '../runtime.ts'

const wrongParts = new Set(['InvalidPart', 'InvalidPartOrder', 'EntityTooSmall', 'MalformedXML'])

// Real S3 refuses presigned PUTs that carry the SDK's default checksums. Path style on one machine, where buckets have no host name.
const s3 = lazily(
  () =>
    new S3Client({
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      forcePathStyle: optionalEnv('AWS_ENDPOINT_URL_S3') !== undefined,
    }),
)
const place = (key: string) => ({ Bucket: env('FILES_BUCKET'), Key: key })
const attachment = (fileName: string) =>
  `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`

const partBytes = 8 * 1024 * 1024

/** Cuts what comes into parts of 8 MiB; the last one is what is left, nothing when nothing came. */
async function* partsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    pieces.push(piece)
    size += piece.length
    if (size < partBytes) continue
    yield Buffer.concat(pieces)
    ;[pieces, size] = [[], 0]
  }
  yield Buffer.concat(pieces)
}

async function* prepended(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first
  for await (const part of rest) if (part.length > 0) yield part
}

/** Writes an upload in parts, one part in memory at a time. When it breaks off, S3 forgets it. */
async function writeParts(key: string, contentType: string, parts: AsyncIterable<Buffer>): Promise<void> {
  const { UploadId } = await s3().send(new CreateMultipartUploadCommand({ ...place(key), ContentType: contentType }))
  try {
    const Parts: { ETag: string; PartNumber: number }[] = []
    for await (const Body of parts) {
      const PartNumber = Parts.length + 1
      const { ETag } = await s3().send(new UploadPartCommand({ ...place(key), UploadId, PartNumber, Body }))
      Parts.push({ ETag: ETag!, PartNumber })
    }
    await s3().send(new CompleteMultipartUploadCommand({ ...place(key), UploadId, MultipartUpload: { Parts } }))
  } catch (error) {
    await s3().send(new AbortMultipartUploadCommand({ ...place(key), UploadId }))
    throw error
  }
}

/** The file store on S3. */
export const files: FileStore = {
  uploadUrl: (key, contentType, size) =>
    getSignedUrl(s3(), new PutObjectCommand({ ...place(key), ContentType: contentType, ContentLength: size }), {
      expiresIn: signedSeconds,
      signableHeaders: new Set(['content-type', 'content-length']),
    }),
  async startParts(key, contentType) {
    const { UploadId } = await s3().send(new CreateMultipartUploadCommand({ ...place(key), ContentType: contentType }))
    return UploadId!
  },
  partUrls: (key, uploadId, parts) =>
    Promise.all(
      Array.from({ length: parts }, (_, i) =>
        getSignedUrl(s3(), new UploadPartCommand({ ...place(key), UploadId: uploadId, PartNumber: i + 1 }), { expiresIn: signedSeconds }),
      ),
    ),
  async completeParts(key, uploadId, etags) {
    const Parts = etags.map((ETag, i) => ({ ETag, PartNumber: i + 1 }))
    try {
      await s3().send(new CompleteMultipartUploadCommand({ ...place(key), UploadId: uploadId, MultipartUpload: { Parts } }))
      return true
    } catch (error) {
      // Put together before, by a request whose answer was lost; whether the object is there is asked next.
      if ((error as Error).name === 'NoSuchUpload') return true
      if (wrongParts.has((error as Error).name)) return false
      throw error
    }
  },
  downloadUrl: (key, fileName) =>
    getSignedUrl(s3(), new GetObjectCommand({ ...place(key), ResponseContentDisposition: attachment(fileName) }), {
      expiresIn: signedSeconds,
    }),
  async size(key) {
    try {
      return (await s3().send(new HeadObjectCommand(place(key)))).ContentLength
    } catch (error) {
      if ((error as Error).name === 'NotFound') return undefined
      throw error
    }
  },
  async tag(key) {
    try {
      return (await s3().send(new HeadObjectCommand(place(key)))).ETag
    } catch (error) {
      if ((error as Error).name === 'NotFound') return undefined
      throw error
    }
  },
  async *read(key, start = 0, end) {
    if (end !== undefined && end <= start) return
    const Range = start === 0 && end === undefined ? undefined : `bytes=${start}-${end === undefined ? '' : end - 1}`
    const { Body } = await s3().send(new GetObjectCommand({ ...place(key), ...(Range ? { Range } : {}) }))
    yield* Body as unknown as AsyncIterable<Uint8Array>
  },
  async write(key, contentType, bytes) {
    const parts = partsOf(bytes)
    const first = (await parts.next()).value as Buffer
    if (first.length < partBytes) await s3().send(new PutObjectCommand({ ...place(key), ContentType: contentType, Body: first }))
    else await writeParts(key, contentType, prepended(first, parts))
  },
  async remove(key) {
    await s3().send(new DeleteObjectCommand(place(key)))
  },
}
