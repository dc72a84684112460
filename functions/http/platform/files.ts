import { completeFile, createFile } from '../../../domain/platform/file/add-file.ts'
import { CompleteFile, CreateFile, File, FileWithUpload } from '../../../domain/platform/file/file.ts'
import { deleteFile, fileList, getFile, listFiles } from '../../../domain/platform/file/read-files.ts'
import { route } from '../route.ts'

export const fileRoutes = [
  route({
    method: 'GET',
    path: '/v1/files',
    summary: 'List the files of a record or a customer',
    description: 'Name the record with `filter[on.id]`, or the customer with `filter[customerId]` for the files of everything of it.',
    permission: 'files.read',
    list: fileList,
    response: File,
    run: listFiles,
  }),
  route({
    method: 'POST',
    path: '/v1/files',
    summary: 'Announce a file and get its upload address',
    description:
      'Put the bytes to `upload.url`, or each part of a file above 8 MiB to the address in `upload.parts`, then call `complete`. The addresses end after 15 minutes; a request repeated with its Idempotency-Key answers the first ones.',
    permission: 'files.write',
    body: CreateFile,
    response: FileWithUpload,
    creates: true,
    example: {
      body: { name: '名片.jpg', contentType: 'image/jpeg', size: 48213, on: { type: 'customer', id: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' } },
    },
    run: createFile,
  }),
  route({
    method: 'GET',
    path: '/v1/files/{id}',
    summary: 'Get a file and its download address',
    permission: 'files.read',
    response: File,
    run: getFile,
  }),
  route({
    method: 'POST',
    path: '/v1/files/{id}/complete',
    summary: 'Complete an upload',
    description: 'Call it when the bytes are uploaded. A file that went up in parts needs the ETag of each.',
    permission: 'files.write',
    body: CompleteFile.prefault({}),
    response: File,
    run: completeFile,
  }),
  route({
    method: 'DELETE',
    path: '/v1/files/{id}',
    summary: 'Delete a file',
    permission: 'files.write',
    run: deleteFile,
  }),
]
