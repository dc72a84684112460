import {
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
  async remove(key) {
    await s3().send(new DeleteObjectCommand(place(key)))
  },
}
