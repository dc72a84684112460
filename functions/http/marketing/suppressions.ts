import {
  changeSuppression,
  createSuppression,
  deleteSuppression,
  getSuppression,
} from '../../../domain/marketing/suppression/change-suppression.ts'
import { listSuppressions, suppressionList } from '../../../domain/marketing/suppression/list-suppressions.ts'
import { ChangeSuppression, CreateSuppression, Suppression } from '../../../domain/marketing/suppression/suppression.ts'
import { suppressionKind } from '../../../domain/marketing/suppression/suppression-kind.ts'
import { bulkRoutes } from '../bulk.ts'
import { route } from '../route.ts'

const example = { email: 'reader@harbour.example', reason: 'manual', note: '要求不再发送' }

export const suppressionRoutes = [
  route({
    method: 'GET',
    path: '/v1/suppressions',
    summary: 'List the suppressions',
    description: 'The addresses that marketing mail does not go to, newest first; those of one address by `filter[email]`.',
    permission: 'suppressions.read',
    list: suppressionList,
    response: Suppression,
    run: listSuppressions,
  }),
  route({
    method: 'POST',
    path: '/v1/suppressions',
    summary: 'Suppress an address',
    description: 'Effective before the next mail. With contactId the contact is marked as opted out.',
    permission: 'suppressions.write',
    body: CreateSuppression,
    response: Suppression,
    creates: true,
    example: { body: example },
    run: createSuppression,
  }),
  route({
    method: 'GET',
    path: '/v1/suppressions/{id}',
    summary: 'Get a suppression',
    permission: 'suppressions.read',
    response: Suppression,
    run: getSuppression,
  }),
  route({
    method: 'PATCH',
    path: '/v1/suppressions/{id}',
    summary: 'Change reason or note',
    description: 'JSON Merge Patch. Address and scope never change.',
    permission: 'suppressions.write',
    body: ChangeSuppression,
    response: Suppression,
    example: { body: { note: '电话确认' } },
    run: changeSuppression,
  }),
  route({
    method: 'DELETE',
    path: '/v1/suppressions/{id}',
    summary: 'Take an address off the list',
    description: 'What the recipient asked for is lifted by the recipient, by the link in any mail, or by an admin.',
    permission: 'suppressions.write',
    run: deleteSuppression,
  }),
  ...bulkRoutes({ kind: suppressionKind, response: Suppression, example }),
]
