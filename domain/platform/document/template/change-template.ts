import type * as z from 'zod'
import { DocumentTemplateChanged, DocumentTemplateCreated, DocumentTemplateDeleted } from '../../../../events/platform.ts'
import type { Context } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../../kernel/merge-patch.ts'
import type { ListInput, ListSpec, Page } from '../../../kernel/paging.ts'
import { commit } from '../../../store/commit.ts'
import { recordOf } from '../../../store/entity.ts'
import { listPage } from '../../../store/list.ts'
import { find, get } from '../../../store/read.ts'
import { newRecord, requireVersion } from '../../../store/record.ts'
import { documentImages } from '../image/document-image.table.ts'
import { checkTemplate, imagesOf } from './check-template.ts'
import { defaultTemplate } from './default-template.ts'
import { allDocumentTemplates, documentTemplates } from './template.table.ts'
import {
  type ChangeDocumentTemplate,
  type CreateDocumentTemplate,
  type DocumentTemplate,
  DocumentTemplateRecord,
  type TemplateContent,
} from './template.ts'

const subjectOf = (id: string) => ({ type: 'document-template', id })

/** Everything that must hold before a template is saved; 404 `document-image.not-found` for a picture that there is not. */
export async function requirePrintable(ctx: Context, template: TemplateContent): Promise<void> {
  checkTemplate(template)
  for (const { id, pointer } of imagesOf(template)) if (!(await find(ctx, documentImages, id))) throw notFound('document-image', pointer)
}

/** Makes a template. What it leaves out is filled in from the built-in one of its kind, language and paper, to be edited from there. */
export async function createDocumentTemplate(ctx: Context, input: z.output<typeof CreateDocumentTemplate>): Promise<DocumentTemplate> {
  const given = compact(input) as z.output<typeof CreateDocumentTemplate>
  const builtIn = defaultTemplate(given.kind, given.locale ?? ctx.tenant.locale, given.paper ?? undefined)
  const template = { ...builtIn, ...given, ...newRecord(ctx, 'dtp') } as DocumentTemplate
  await requirePrintable(ctx, template)
  return commit(ctx, [documentTemplates.create(template)], [DocumentTemplateCreated(subjectOf(template.id), { kind: template.kind })])
}

const fromBuiltIn = ['locale', 'paper', 'accent', 'fontSize', 'columns', 'layout', 'subject', 'message'] as const

/** A template as it will be after a change. Null goes back to what is built in; documents that were sent stay as they are. */
export function changedTemplate(
  before: DocumentTemplate,
  changes: z.output<typeof ChangeDocumentTemplate>,
  locale: DocumentTemplate['locale'],
): DocumentTemplate {
  const [language, paper] = [changes.locale === null ? locale : (changes.locale ?? before.locale), changes.paper ?? before.paper]
  const builtIn = defaultTemplate(before.kind, language, changes.paper === null ? undefined : paper)
  const reset = Object.fromEntries(fromBuiltIn.filter((field) => changes[field] === null).map((field) => [field, builtIn[field]]))
  // A layout or a list is one value: its parts have no names by which they could be merged.
  const layout = changes.layout ? { layout: changes.layout } : {}
  return mergePatch(DocumentTemplateRecord, { ...before, ...layout }, { ...changes, ...reset })
}

/** Changes a template; 422 for what no document can be made of. */
export async function changeDocumentTemplate(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeDocumentTemplate>; ifMatch?: string | undefined },
): Promise<DocumentTemplate> {
  const before = await get(ctx, documentTemplates, id, { consistent: true })
  requireVersion(before, ifMatch)
  const after = changedTemplate(before, changes, ctx.tenant.locale)
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  await requirePrintable(ctx, after)
  return commit(ctx, [documentTemplates.replace(ctx, before, after)], [DocumentTemplateChanged(subjectOf(id), { changed })])
}

/** Deletes a template; documents that named it are made with the default from then on. */
export async function deleteDocumentTemplate(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const template = await get(ctx, documentTemplates, id, { consistent: true })
  requireVersion(template, ifMatch)
  await commit(ctx, [documentTemplates.remove(template)], [DocumentTemplateDeleted(subjectOf(id), {})])
}

export const getDocumentTemplate = (ctx: Context, { id }: { id: string }): Promise<DocumentTemplate> => get(ctx, documentTemplates, id)

export const documentTemplateList = { filters: {}, sorts: ['-createdAt', 'createdAt'] } as const satisfies ListSpec

export async function listDocumentTemplates(ctx: Context, input: ListInput): Promise<Page<DocumentTemplate>> {
  const page = await listPage(ctx, 'document-templates', [{ partition: allDocumentTemplates, reverse: input.sort === '-createdAt' }], input)
  return { ...page, data: page.data.map((item) => recordOf(documentTemplates, item)) }
}
