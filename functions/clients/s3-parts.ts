import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'

/** Where an object stands. */
export interface Place {
  Bucket: string
  Key: string
}

/** S3 takes parts of 5 MiB and more. */
export const partBytes = 8 * 1024 * 1024

/** Cuts what comes into parts of 8 MiB; the last one is what is left, nothing when nothing came. */
export async function* partsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
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

/** What was read ahead, and what is left. */
export async function* prepended(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first
  for await (const part of rest) if (part.length > 0) yield part
}

/** Writes an upload in parts, one part in memory at a time. When it breaks off, S3 forgets it. */
export async function writeParts(s3: S3Client, place: Place, contentType: string, parts: AsyncIterable<Buffer>): Promise<void> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...place, ContentType: contentType }))
  try {
    const Parts: { ETag: string; PartNumber: number }[] = []
    for await (const Body of parts) {
      const PartNumber = Parts.length + 1
      const { ETag } = await s3.send(new UploadPartCommand({ ...place, UploadId, PartNumber, Body }))
      Parts.push({ ETag: ETag!, PartNumber })
    }
    await s3.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }))
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand({ ...place, UploadId }))
    throw error
  }
}

const wrongParts = new Set(['InvalidPart', 'InvalidPartOrder', 'EntityTooSmall', 'MalformedXML'])

/** Puts the parts of an upload together; false when these are not the parts that were uploaded. */
export async function completeParts(s3: S3Client, place: Place, UploadId: string, etags: readonly string[]): Promise<boolean> {
  const Parts = etags.map((ETag, i) => ({ ETag, PartNumber: i + 1 }))
  try {
    await s3.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }))
    return true
  } catch (error) {
    // Put together before, by a request whose answer was lost; whether the object is there is asked next.
    if ((error as Error).name === 'NoSuchUpload') return true
    if (wrongParts.has((error as Error).name)) return false
    throw error
  }
}
