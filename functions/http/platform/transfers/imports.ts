import type { Context } from '../../../../domain/kernel/context.ts'
import { changeImport, createImport } from '../../../../domain/platform/import/create-import.ts'
import {
  ChangeImport,
  CreateImport,
  Import,
  type Import as ImportRecord,
  ImportWithUpload,
  StartImport,
} from '../../../../domain/platform/import/import.ts'
import { inspectImport } from '../../../../domain/platform/import/inspect-import.ts'
import { getImport, importList, listImports, shownImport } from '../../../../domain/platform/import/read-imports.ts'
import { cancelImport, resumeImport, revertImport, startImport } from '../../../../domain/platform/import/start-import.ts'
import { sheets } from '../../../sheets.ts'
import { route } from '../../route.ts'

const present = (ctx: Context, imported: ImportRecord) => shownImport(ctx, sheets, imported)

const example = {
  kind: 'customers',
  fileName: '客户.csv',
  size: 1024,
  mapping: { 客户名称: 'name', 电话: 'phones', 负责人: 'owner.name' },
  matchBy: ['name'],
  onMatch: 'skip',
}

export const importRoutes = [
  route({
    method: 'GET',
    path: '/v1/imports',
    summary: 'List imports',
    description: 'Those of the caller and of everybody whose records it sees, newest first.',
    permission: 'imports.read',
    list: importList,
    response: Import,
    present,
    run: listImports,
  }),
  route({
    method: 'POST',
    path: '/v1/imports',
    summary: 'Announce a file to import and get its upload address',
    description:
      'CSV (UTF-8, GBK and others; comma, semicolon or tab) or XLSX, up to 50 MiB. Put the bytes to `upload.url`, or each part of a file above 8 MiB to its address in `upload.parts`; then `inspect` and `start`.',
    permission: 'imports.write',
    body: CreateImport,
    response: ImportWithUpload,
    creates: true,
    example: { body: example },
    present,
    run: (ctx, input) => createImport(ctx, sheets, input),
  }),
  route({
    method: 'GET',
    path: '/v1/imports/{id}',
    summary: 'Get an import, its progress and the address of its failed rows',
    permission: 'imports.read',
    response: Import,
    present,
    run: getImport,
  }),
  route({
    method: 'PATCH',
    path: '/v1/imports/{id}',
    summary: 'Change what the columns mean',
    description:
      'JSON Merge Patch, before the import is started. A mapping to null leaves a column out. Another encoding, delimiter, sheet or row of headings wants the file to be inspected again.',
    permission: 'imports.write',
    body: ChangeImport,
    response: Import,
    example: { body: { mapping: { 备注: 'notes' }, matchBy: ['name'], onMatch: 'update', dryRun: true } },
    present,
    run: (ctx, input) => changeImport(ctx, sheets, input),
  }),
  route({
    method: 'POST',
    path: '/v1/imports/{id}/inspect',
    summary: 'Look the uploaded file through',
    description: 'Recognises encoding and columns, guesses what they mean from English and Chinese headings, and shows the first rows.',
    permission: 'imports.write',
    body: StartImport.prefault({}),
    response: Import,
    present,
    run: (ctx, input) => inspectImport(ctx, sheets, input),
  }),
  route({
    method: 'POST',
    path: '/v1/imports/{id}/start',
    summary: 'Start an import or its dry run',
    description:
      'Looks the file through first where that was not done. Every row is written as its own request would be, in the name of the caller; those that fail are told with their reasons and stop nothing. With `dryRun` nothing is written.',
    permission: 'imports.write',
    body: StartImport.prefault({}),
    response: Import,
    present,
    run: (ctx, input) => startImport(ctx, sheets, input),
  }),
  route({
    method: 'POST',
    path: '/v1/imports/{id}/cancel',
    summary: 'Stop an import',
    description: 'The rows that were written stay; revert takes them back, resume goes on.',
    permission: 'imports.write',
    response: Import,
    present,
    run: cancelImport,
  }),
  route({
    method: 'POST',
    path: '/v1/imports/{id}/resume',
    summary: 'Go on with an import that was cancelled or broke off',
    description: 'Behind the last row that was done; no row is done twice.',
    permission: 'imports.write',
    response: Import,
    present,
    run: (ctx, input) => resumeImport(ctx, sheets, input),
  }),
  route({
    method: 'POST',
    path: '/v1/imports/{id}/revert',
    summary: 'Take back what an import wrote',
    description:
      'Created records are deleted, updated ones get their former values, for 30 days. What has changed since stays, and is reported.',
    permission: 'imports.write',
    response: Import,
    present,
    run: (ctx, input) => revertImport(ctx, sheets, input),
  }),
]
