import type { Context } from '../../../kernel/context.ts'
import { Problem } from '../../../kernel/errors.ts'
import type { Locale } from '../../../kernel/text.ts'
import { defineEntity } from '../../../store/entity.ts'
import { externalIdGuard } from '../../../store/external-id.ts'
import { findGuarded } from '../../../store/guard.ts'
import { find } from '../../../store/read.ts'
import type { DocumentKind } from '../document-view.ts'
import type { DocumentTemplate } from './template.ts'

const defaultTaken = (id: string) =>
  new Problem(
    'conflict',
    'document-template.default-taken',
    `The template ${id} is the default of this kind and language. Take that from it first.`,
    {
      errors: [{ pointer: '/isDefault', code: 'document-template.default-taken', message: `${id} is the default.` }],
    },
  )
const nameTaken = (id: string) =>
  new Problem('conflict', 'document-template.name-taken', 'Another template has this name.', {
    errors: [{ pointer: '/name', code: 'document-template.name-taken', message: `${id} has it.` }],
  })

const defaultGuard = 'default-document-template'
const defaultOf = (kind: DocumentKind, locale: Locale) => `${kind}/${locale}`

/** Access pattern: all templates of the tenant are one partition; one Query. */
export const allDocumentTemplates = ['DOCUMENT-TEMPLATES']

export const documentTemplates = defineEntity<DocumentTemplate>({
  type: 'document-template',
  prefix: 'dtp',
  schemaVersion: 1,
  key: (id) => ({ pk: allDocumentTemplates, sk: [id] }),
  guards: (template) => [
    { name: 'document-template-name', value: template.name.normalize('NFKC').toLowerCase(), taken: nameTaken },
    ...(template.isDefault ? [{ name: defaultGuard, value: defaultOf(template.kind, template.locale), taken: defaultTaken }] : []),
    ...externalIdGuard('document-template', template.externalId),
  ],
})

/** Access pattern: the tenant's default of a kind and language, by its unique value; two gets. */
export async function findDefaultTemplate(ctx: Context, kind: DocumentKind, locale: Locale): Promise<DocumentTemplate | undefined> {
  const id = await findGuarded(ctx, defaultGuard, defaultOf(kind, locale))
  return id ? find(ctx, documentTemplates, id) : undefined
}
