import type * as z from 'zod'
import { DocumentImageCreated, DocumentImageDeleted } from '../../../../events/platform.ts'
import type { Context } from '../../../kernel/context.ts'
import { invalid } from '../../../kernel/errors.ts'
import { compact } from '../../../kernel/merge-patch.ts'
import type { ListInput, ListSpec, Page } from '../../../kernel/paging.ts'
import { commit } from '../../../store/commit.ts'
import { recordOf } from '../../../store/entity.ts'
import { listPage } from '../../../store/list.ts'
import { get } from '../../../store/read.ts'
import { newRecord, requireVersion } from '../../../store/record.ts'
import { allDocumentImages, documentImages, imageStoredAt } from './document-image.table.ts'
import type { CreateDocumentImage, DocumentImageRecord } from './document-image.ts'
import { jpegSize, pngSize } from './read-image-size.ts'

const subjectOf = (id: string) => ({ type: 'document-image', id })

async function* once(bytes: Buffer) {
  yield bytes
}

/** Keeps a logo, a seal or another picture for documents. 422 `document-image.unreadable` for bytes that no document can print. */
export async function createDocumentImage(ctx: Context, input: z.output<typeof CreateDocumentImage>): Promise<DocumentImageRecord> {
  const { data, ...given } = input
  const bytes = Buffer.from(data, 'base64')
  const size = given.contentType === 'image/png' ? pngSize(bytes) : jpegSize(bytes)
  if (!size)
    throw invalid(
      'document-image.unreadable',
      '/data',
      'This is not a whole PNG or JPEG that can be printed: at most 2,000 pixels a side, 8 bits a colour, not interlaced, no CMYK. Save it again as such.',
    )
  const image = { ...compact(given), ...newRecord(ctx, 'dim'), ...size, size: bytes.length } as DocumentImageRecord
  // The bytes come first: a record without them would be an empty place on every document.
  await ctx.files.write(imageStoredAt(ctx, image.id), given.contentType, once(bytes))
  return commit(ctx, [documentImages.create(image)], [DocumentImageCreated(subjectOf(image.id), { kind: image.kind })])
}

/** One picture, with the address to look at it. */
export async function getDocumentImage(ctx: Context, { id }: { id: string }): Promise<DocumentImageRecord & { url: string }> {
  const image = await get(ctx, documentImages, id)
  const ending = image.contentType === 'image/png' ? 'png' : 'jpg'
  return { ...image, url: await ctx.files.downloadUrl(imageStoredAt(ctx, id), `${image.name}.${ending}`) }
}

export const documentImageList = { filters: {}, sorts: ['-createdAt', 'createdAt'] } as const satisfies ListSpec

/** All pictures of the tenant, without their bytes. */
export async function listDocumentImages(ctx: Context, input: ListInput): Promise<Page<DocumentImageRecord>> {
  const page = await listPage(ctx, 'document-images', [{ partition: allDocumentImages, reverse: input.sort === '-createdAt' }], input)
  return { ...page, data: page.data.map((item) => recordOf(documentImages, item)) }
}

/** Deletes a picture; documents that name it are made without it from then on. */
export async function deleteDocumentImage(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const image = await get(ctx, documentImages, id, { consistent: true })
  requireVersion(image, ifMatch)
  await commit(ctx, [documentImages.remove(image)], [DocumentImageDeleted(subjectOf(id), {})])
  await ctx.files.remove(imageStoredAt(ctx, id))
}
