import type { Context } from '../../../kernel/context.ts'
import { defineEntity } from '../../../store/entity.ts'
import { externalIdGuard } from '../../../store/external-id.ts'
import { encodePart } from '../../../store/keys.ts'
import type { DocumentImageRecord } from './document-image.ts'

/** Access pattern: all pictures of the tenant's documents are one partition; one Query. The bytes lie in the file store. */
export const allDocumentImages = ['DOCUMENT-IMAGES']

export const documentImages = defineEntity<DocumentImageRecord>({
  type: 'document-image',
  prefix: 'dim',
  schemaVersion: 1,
  key: (id) => ({ pk: allDocumentImages, sk: [id] }),
  guards: (image) => externalIdGuard('document-image', image.externalId),
})

/** Where the bytes lie. They never change: another picture is another image. */
export const imageStoredAt = (ctx: Context, id: string): string => `${encodePart(ctx.tenant.id)}/${id}`
