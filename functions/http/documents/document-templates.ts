import { PreviewDocumentTemplate, previewTemplate } from '../../../domain/platform/document/preview-template.ts'
import {
  changeDocumentTemplate,
  createDocumentTemplate,
  deleteDocumentTemplate,
  documentTemplateList,
  getDocumentTemplate,
  listDocumentTemplates,
} from '../../../domain/platform/document/template/change-template.ts'
import { ChangeDocumentTemplate, CreateDocumentTemplate, DocumentTemplate } from '../../../domain/platform/document/template/template.ts'
import { fonts } from '../../clients/fonts.ts'
import { route } from '../route.ts'
import { answerDocument, documentFiles } from './answer-document.ts'

export const documentTemplateRoutes = [
  route({
    method: 'GET',
    path: '/v1/document-templates',
    summary: 'List the templates of documents',
    permission: 'document-templates.read',
    list: documentTemplateList,
    response: DocumentTemplate,
    run: listDocumentTemplates,
  }),
  route({
    method: 'POST',
    path: '/v1/document-templates',
    summary: 'Make a template of documents',
    description:
      'What is left out is filled in from the built-in template of the kind, language and paper, to be edited from there. Texts may hold Liquid; a fault is refused with its place and what to do.',
    permission: 'document-templates.write',
    body: CreateDocumentTemplate,
    response: DocumentTemplate,
    creates: true,
    example: { body: { name: '三联送货单', kind: 'delivery-note', locale: 'zh-CN', paper: '241x140' } },
    run: createDocumentTemplate,
  }),
  route({
    method: 'GET',
    path: '/v1/document-templates/{id}',
    summary: 'Get a template of documents',
    permission: 'document-templates.read',
    response: DocumentTemplate,
    run: getDocumentTemplate,
  }),
  route({
    method: 'PATCH',
    path: '/v1/document-templates/{id}',
    summary: 'Change a template of documents',
    description: 'JSON Merge Patch; the layout is one value. Null goes back to what is built in.',
    permission: 'document-templates.write',
    body: ChangeDocumentTemplate,
    response: DocumentTemplate,
    example: { body: { columns: [{ field: 'position' }, { field: 'product' }, { field: 'quantity' }, { field: 'amount', width: 30 }] } },
    run: changeDocumentTemplate,
  }),
  route({
    method: 'DELETE',
    path: '/v1/document-templates/{id}',
    summary: 'Delete a template of documents',
    description: 'Documents that named it are made with the default from then on.',
    permission: 'document-templates.write',
    run: deleteDocumentTemplate,
  }),
  route({
    method: 'POST',
    path: '/v1/document-templates/{id}/preview',
    summary: 'See an invented document in a template',
    description: 'Also with changes that are not saved. Refused as saving them would be.',
    permission: 'document-templates.read',
    body: PreviewDocumentTemplate.prefault({}),
    files: documentFiles,
    readOnly: true,
    example: { body: { format: 'html', changes: { accent: '#0f766e' } } },
    run: async (ctx, input) => answerDocument(ctx, await previewTemplate(ctx, input, fonts)),
  }),
]
