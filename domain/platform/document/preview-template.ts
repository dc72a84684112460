import * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { get } from '../../store/read.ts'
import { composeFor, documentFormats, drawDocument, type MadeDocument } from './make-document.ts'
import type { FontSource } from './pdf/shared-fonts.ts'
import { sampleView } from './sample-views.ts'
import { changedTemplate, requirePrintable } from './template/change-template.ts'
import { documentTemplates } from './template/template.table.ts'
import { ChangeDocumentTemplate } from './template/template.ts'

export const PreviewDocumentTemplate = z
  .strictObject({
    format: z.enum(documentFormats).optional().meta({ description: 'pdf unless said.' }),
    changes: ChangeDocumentTemplate.optional().meta({ description: 'Tried out and not saved.' }),
  })
  .meta({ id: 'PreviewDocumentTemplate' })

/** An invented document in a template, also in one that is being edited; refused as saving it would be. */
export async function previewTemplate(
  ctx: Context,
  { id, format = 'pdf', changes = {} }: { id: string } & z.output<typeof PreviewDocumentTemplate>,
  fonts: FontSource,
): Promise<MadeDocument> {
  const template = changedTemplate(await get(ctx, documentTemplates, id), changes, ctx.tenant.locale)
  await requirePrintable(ctx, template)
  return drawDocument([await composeFor(ctx, sampleView(template.kind), template)], format, fonts)
}
