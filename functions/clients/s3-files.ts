import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { FileStore } from '../../domain/kernel/context.ts'
import { completeParts, type Place, partBytes, partsOf, prepended, writeParts } from './s3-parts.ts'

interface S3Settings {
  bucket: string
  /** Bucket in the path instead of the host name: on one machine buckets have none. */
  pathStyle: boolean
  /** How long a signed address holds. */
  signedSeconds: number
}

const attachment = (fileName: string) =>
  `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`

/** What S3 knows of an object; undefined when there is none. */
async function head(s3: S3Client, place: Place): Promise<HeadObjectCommandOutput | undefined> {
  try {
    return await s3.send(new HeadObjectCommand(place))
  } catch (error) {
    if ((error as Error).name === 'NotFound') return undefined
    throw error
  }
}

async function* readObject(s3: S3Client, place: Place, start = 0, end?: number): AsyncGenerator<Uint8Array> {
  if (end !== undefined && end <= start) return
  const Range = start === 0 && end === undefined ? undefined : `bytes=${start}-${end === undefined ? '' : end - 1}`
  const { Body } = await s3.send(new GetObjectCommand({ ...place, ...(Range ? { Range } : {}) }))
  yield* Body as AsyncIterable<Uint8Array>
}

async function* listKeys(s3: S3Client, bucket: string, prefix: string): AsyncGenerator<string> {
  let ContinuationToken: string | undefined
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(ContinuationToken ? { ContinuationToken } : {}) }),
    )
    for (const { Key } of page.Contents ?? []) yield Key!
    ContinuationToken = page.NextContinuationToken
  } while (ContinuationToken)
}

async function writeObject(s3: S3Client, place: Place, contentType: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const parts = partsOf(bytes)
  const first = (await parts.next()).value
  if (first.length < partBytes) await s3.send(new PutObjectCommand({ ...place, ContentType: contentType, Body: first }))
  else await writeParts(s3, place, contentType, prepended(first, parts))
}

/** The file store on S3. */
export function s3Files({ bucket, pathStyle, signedSeconds }: S3Settings): FileStore {
  // Real S3 refuses presigned PUTs that carry the SDK's default checksums.
  const s3 = new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    forcePathStyle: pathStyle,
  })
  const place = (key: string) => ({ Bucket: bucket, Key: key })
  return {
    uploadUrl: (key, contentType, size) =>
      getSignedUrl(s3, new PutObjectCommand({ ...place(key), ContentType: contentType, ContentLength: size }), {
        expiresIn: signedSeconds,
        signableHeaders: new Set(['content-type', 'content-length']),
      }),
    async startParts(key, contentType) {
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...place(key), ContentType: contentType }))
      return UploadId!
    },
    partUrls: (key, uploadId, parts) =>
      Promise.all(
        Array.from({ length: parts }, (_, i) =>
          getSignedUrl(s3, new UploadPartCommand({ ...place(key), UploadId: uploadId, PartNumber: i + 1 }), { expiresIn: signedSeconds }),
        ),
      ),
    completeParts: (key, uploadId, etags) => completeParts(s3, place(key), uploadId, etags),
    downloadUrl: (key, fileName) =>
      getSignedUrl(s3, new GetObjectCommand({ ...place(key), ResponseContentDisposition: attachment(fileName) }), {
        expiresIn: signedSeconds,
      }),
    size: async (key) => (await head(s3, place(key)))?.ContentLength,
    tag: async (key) => (await head(s3, place(key)))?.ETag,
    read: (key, start, end) => readObject(s3, place(key), start, end),
    write: (key, contentType, bytes) => writeObject(s3, place(key), contentType, bytes),
    async remove(key) {
      await s3.send(new DeleteObjectCommand(place(key)))
    },
    list: (prefix) => listKeys(s3, bucket, prefix),
  }
}
