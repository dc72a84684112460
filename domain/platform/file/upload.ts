import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { partsOf, signedSeconds, type Upload } from './file.ts'

/** Bytes that somebody is going to bring: where they will lie and what was said of them. */
export interface Announced {
  key: string
  contentType: string
  size: number
  /** Of an upload in parts. */
  uploadId?: string | undefined
}

/** Opens an upload in parts where the size asks for one. */
export const openUpload = async (ctx: Context, { key, contentType, size }: Announced): Promise<string | undefined> =>
  partsOf(size) ? ctx.files.startParts(key, contentType) : undefined

/** Addresses to put the bytes to: one, or one for each part of a large file. */
export async function uploadOf(ctx: Context, { key, contentType, size, uploadId }: Announced): Promise<Upload> {
  const parts = partsOf(size)
  const urls = parts && uploadId ? await ctx.files.partUrls(key, uploadId, parts.count) : []
  return {
    method: 'PUT',
    url: parts ? null : await ctx.files.uploadUrl(key, contentType, size),
    headers: { 'content-type': contentType },
    expiresAt: new Date(Date.parse(ctx.now()) + signedSeconds * 1000).toISOString(),
    partSize: parts?.partSize ?? null,
    parts: urls.map((url, i) => ({ number: i + 1, url })),
  }
}

/** Puts the parts of a large file together; 422 when the ETags are not those of the uploaded parts. */
async function putTogether(ctx: Context, { key, size, uploadId }: Announced, etags: string[] | undefined): Promise<void> {
  const parts = partsOf(size)
  if (!parts || !uploadId) return
  if (etags?.length !== parts.count)
    throw invalid('file.parts-wrong', '/etags', `This file went up in ${parts.count} parts: name the ETag of each, in their order.`)
  if (!(await ctx.files.completeParts(key, uploadId, etags)))
    throw invalid('file.parts-wrong', '/etags', 'These are not the ETags of the uploaded parts, or a part is missing.')
}

/** Makes sure that the bytes are there, all of them: 409 `file.not-uploaded` until then. */
export async function finishUpload(ctx: Context, announced: Announced, etags: string[] | undefined): Promise<void> {
  await putTogether(ctx, announced, etags)
  const size = await ctx.files.size(announced.key)
  if (size === announced.size) return
  const found = size === undefined ? 'Nothing has been uploaded yet.' : `${size} bytes have been uploaded instead of ${announced.size}.`
  throw new Problem('conflict', 'file.not-uploaded', `${found} Put the file to its upload address first.`, { retryable: true })
}
