import {
  createDocumentImage,
  deleteDocumentImage,
  documentImageList,
  getDocumentImage,
  listDocumentImages,
} from '../../../domain/platform/document/image/change-image.ts'
import { CreateDocumentImage, DocumentImage } from '../../../domain/platform/document/image/document-image.ts'
import { route } from '../route.ts'

/** A red dot, the smallest of seals. */
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC'

export const documentImageRoutes = [
  route({
    method: 'GET',
    path: '/v1/document-images',
    summary: 'List the pictures of documents',
    permission: 'document-templates.read',
    list: documentImageList,
    response: DocumentImage,
    run: listDocumentImages,
  }),
  route({
    method: 'POST',
    path: '/v1/document-images',
    summary: 'Add a logo, a seal or another picture',
    description: 'PNG or JPEG of at most 500 KiB. Name its id in `letterhead` of `/v1/tenant`, or in a template.',
    permission: 'document-templates.write',
    body: CreateDocumentImage,
    response: DocumentImage,
    creates: true,
    example: { body: { name: '合同专用章', kind: 'seal', contentType: 'image/png', data: dot } },
    run: createDocumentImage,
  }),
  route({
    method: 'GET',
    path: '/v1/document-images/{id}',
    summary: 'Get a picture and the address to look at it',
    permission: 'document-templates.read',
    response: DocumentImage,
    run: getDocumentImage,
  }),
  route({
    method: 'DELETE',
    path: '/v1/document-images/{id}',
    summary: 'Delete a picture',
    description: 'Documents that named it are made without it from then on.',
    permission: 'document-templates.write',
    run: deleteDocumentImage,
  }),
]
