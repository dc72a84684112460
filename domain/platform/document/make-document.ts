import type { Context } from '../../kernel/context.ts'
import { find } from '../../store/read.ts'
import { composeDocument } from './compose/compose-document.ts'
import type { Composed } from './compose/composed.ts'
import type { DocumentView } from './document-view.ts'
import { documentHtml } from './html/document-html.ts'
import { loadImages } from './image/load-images.ts'
import { loadLetterhead } from './load-letterhead.ts'
import type { FontSource } from './pdf/shared-fonts.ts'
import { imagesOf } from './template/check-template.ts'
import { defaultTemplate } from './template/default-template.ts'
import { requireTemplate } from './template/require-template.ts'
import { documentTemplates, findDefaultTemplate } from './template/template.table.ts'
import type { TemplateContent } from './template/template.ts'
import { documentXlsx } from './xlsx/document-book.ts'

export const documentFormats = ['pdf', 'xlsx', 'html'] as const
type DocumentFormat = (typeof documentFormats)[number]

export const contentTypeOf: Record<DocumentFormat, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html; charset=utf-8',
}

/** A document that was made. */
export interface MadeDocument {
  name: string
  contentType: string
  content: Buffer | string
}

/**
 * The template of a document: the one asked for, else the one the document names, else the tenant's default in the customer's language,
 * else the built-in one. 404 `document-template.not-found` for one asked for that is not there, 400 `document-template.wrong-kind`.
 */
export async function templateFor(ctx: Context, view: DocumentView, asked?: string, named?: string): Promise<TemplateContent> {
  if (asked) return requireTemplate(ctx, view.kind, asked)
  const template = named ? await find(ctx, documentTemplates, named) : undefined
  if (template && template.kind === view.kind) return template
  const locale = view.locale ?? ctx.tenant.locale
  return (await findDefaultTemplate(ctx, view.kind, locale)) ?? defaultTemplate(view.kind, locale)
}

/** Words a document in a template, with the firm's letterhead and the pictures. */
export async function composeFor(ctx: Context, view: DocumentView, template: TemplateContent): Promise<Composed> {
  const ids = imagesOf(template).map(({ id }) => id)
  const [letterhead, images] = await Promise.all([loadLetterhead(ctx, template.locale), loadImages(ctx, ids)])
  return composeDocument(view, { template, letterhead, images })
}

/** Documents of one template as one file; only a PDF holds several. */
export async function drawDocument(
  composed: readonly [Composed, ...Composed[]],
  format: DocumentFormat,
  fonts: FontSource,
): Promise<MadeDocument> {
  const [first, ...others] = composed
  const name = `${first.fileName}${others.length > 0 ? `_+${others.length}` : ''}.${format}`
  const contentType = contentTypeOf[format]
  if (format === 'html') return { name, contentType, content: documentHtml(first) }
  if (format === 'xlsx') return { name, contentType, content: await documentXlsx(first) }
  // The printing machine is larger than all the rest: a function loads it with the first PDF.
  const { printPdf } = await import('./pdf/print-pdf.ts')
  return { name, contentType, content: await printPdf(composed, fonts) }
}
