import * as z from 'zod'
import type { Context } from '../../../domain/kernel/context.ts'
import { Problem } from '../../../domain/kernel/errors.ts'
import type { Composed } from '../../../domain/platform/document/compose/composed.ts'
import { composeFor, drawDocument, templateFor } from '../../../domain/platform/document/make-document.ts'
import { DocumentTemplateId } from '../../../domain/platform/document/template/template.ts'
import { CountPrints, countPrints, mostNotes, PrintsCounted } from '../../../domain/sales/shipment/count-prints.ts'
import { ShipmentId } from '../../../domain/sales/shipment/shipment.ts'
import { shipmentViewOf } from '../../../domain/sales/shipment/shipment-view.ts'
import { fonts } from '../../clients/fonts.ts'
import { route } from '../route.ts'
import { answerDocument } from './answer-document.ts'

const NotesQuery = z.object({
  ids: z
    .string()
    .max(2000)
    .meta({ description: `Ids of up to ${mostNotes} shipments, with commas between them.`, examples: ['shp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'] }),
  templateId: DocumentTemplateId.optional().meta({
    description: 'A template of delivery notes for all; the default of the firm when left out.',
  }),
})

function idsOf(text: string): string[] {
  const parsed = z.array(ShipmentId).min(1).max(mostNotes).safeParse(text.split(','))
  if (parsed.success && new Set(parsed.data).size === parsed.data.length) return parsed.data
  throw new Problem(
    'malformed',
    'delivery-notes.ids',
    `ids: name 1 to ${mostNotes} different shipments by their ids, with commas between them.`,
  )
}

/** All in the template of the first: one run of the printer has one paper. */
async function printed(ctx: Context, { ids, templateId }: z.output<typeof NotesQuery>) {
  const views = []
  for (const id of idsOf(ids)) views.push((await shipmentViewOf(ctx, id)).view)
  const template = await templateFor(ctx, views[0]!, templateId)
  const composed = await Promise.all(views.map((view) => composeFor(ctx, view, template)))
  return answerDocument(ctx, await drawDocument(composed as [Composed, ...Composed[]], 'pdf', fonts))
}

export const deliveryNoteRoutes = [
  route({
    method: 'GET',
    path: '/v1/delivery-notes',
    operationId: 'printDeliveryNotes',
    summary: 'Print many delivery notes in one PDF',
    description: 'Each begins on a sheet or form of its own and counts its own pages.',
    permission: 'shipments.read',
    query: NotesQuery,
    files: ['application/pdf'],
    run: printed,
  }),
  route({
    method: 'POST',
    path: '/v1/delivery-notes',
    operationId: 'countPrintedDeliveryNotes',
    summary: 'Note that delivery notes were printed',
    description: 'Adds one to `printCount` of each shipment, when the paper has come out of the printer.',
    permission: 'shipments.write',
    body: CountPrints,
    response: PrintsCounted,
    example: { body: { ids: ['shp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'] } },
    run: countPrints,
  }),
]
