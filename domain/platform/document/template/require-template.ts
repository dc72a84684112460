import type { Context } from '../../../kernel/context.ts'
import { notFound, Problem } from '../../../kernel/errors.ts'
import { find } from '../../../store/read.ts'
import type { DocumentKind } from '../document-view.ts'
import { documentTemplates } from './template.table.ts'
import type { DocumentTemplate } from './template.ts'

/** A template that somebody names for a document. 404 `document-template.not-found`, 400 `document-template.wrong-kind`. */
export async function requireTemplate(ctx: Context, kind: DocumentKind, id: string): Promise<DocumentTemplate> {
  const template = await find(ctx, documentTemplates, id)
  if (!template) throw notFound('document-template', '/templateId')
  if (template.kind === kind) return template
  const message = `This template is for documents of the kind ${template.kind}, not ${kind}.`
  throw new Problem('malformed', 'document-template.wrong-kind', message)
}
