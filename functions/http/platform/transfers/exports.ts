import { cancelExport, createExport, deleteExport } from '../../../../domain/platform/export/create-export.ts'
import { CreateExport, Export } from '../../../../domain/platform/export/export.ts'
import { exportList, getExport, listExports, shownExport } from '../../../../domain/platform/export/read-exports.ts'
import { sheets } from '../../../sheets.ts'
import { route } from '../../route.ts'

export const exportRoutes = [
  route({
    method: 'GET',
    path: '/v1/exports',
    summary: 'List exports',
    description: 'Those of the caller and of everybody whose records it sees, newest first.',
    permission: 'exports.read',
    list: exportList,
    response: Export,
    present: shownExport,
    run: listExports,
  }),
  route({
    method: 'POST',
    path: '/v1/exports',
    summary: 'Export records as CSV or XLSX',
    description:
      'Starts a job that writes what the caller sees, searched and sorted as in the search of the kind. What the pool hides and what the role does not see stays hidden. The file can be downloaded for 7 days and imported again. More than is usual for one person and day is told to the admins.',
    permission: 'exports.write',
    body: CreateExport,
    response: Export,
    creates: true,
    example: {
      body: {
        kind: 'customers',
        format: 'xlsx',
        columns: ['name', 'phones', 'address.city', 'owner.name', 'level'],
        where: { field: 'level', op: 'eq', value: 'key-major' },
        sort: 'name',
      },
    },
    present: shownExport,
    run: (ctx, input) => createExport(ctx, sheets, input),
  }),
  route({
    method: 'GET',
    path: '/v1/exports/{id}',
    summary: 'Get an export, its progress and the address of its file',
    permission: 'exports.read',
    response: Export,
    present: shownExport,
    run: (ctx, input) => getExport(ctx, sheets, input),
  }),
  route({
    method: 'POST',
    path: '/v1/exports/{id}/cancel',
    summary: 'Stop an export',
    permission: 'exports.write',
    response: Export,
    present: shownExport,
    run: cancelExport,
  }),
  route({
    method: 'DELETE',
    path: '/v1/exports/{id}',
    summary: 'Delete an export and its file',
    permission: 'exports.write',
    run: deleteExport,
  }),
]
