import * as z from 'zod'
import type { Context } from '../../../domain/kernel/context.ts'
import { composeFor, documentFormats, drawDocument, templateFor } from '../../../domain/platform/document/make-document.ts'
import { DocumentTemplateId } from '../../../domain/platform/document/template/template.ts'
import type { DocumentView } from '../../../domain/platform/index.ts'
import { orderViewOf } from '../../../domain/sales/order/order-view.ts'
import { quoteViewOf } from '../../../domain/sales/quote/quote-view.ts'
import { shipmentViewOf } from '../../../domain/sales/shipment/shipment-view.ts'
import { StatementQuery } from '../../../domain/sales/statement/statement.ts'
import { statementViewOf } from '../../../domain/sales/statement/statement-view.ts'
import { fonts } from '../../clients/fonts.ts'
import { route } from '../route.ts'
import { answerDocument, documentFiles } from './answer-document.ts'

const DocumentQuery = z.object({
  format: z.enum(documentFormats).default('pdf').meta({ description: 'What it is made as.' }),
  templateId: DocumentTemplateId.optional().meta({ description: 'A template of its kind; else its own, else the default of the firm.' }),
})
type Asked = z.output<typeof DocumentQuery>

/** Something that is made into a document, with the template it names itself. */
interface Documented {
  view: DocumentView
  templateId?: string | undefined
}

async function answerOne(ctx: Context, { view, templateId: named }: Documented, { format, templateId }: Asked) {
  const template = await templateFor(ctx, view, templateId, named)
  return answerDocument(ctx, await drawDocument([await composeFor(ctx, view, template)], format, fonts))
}

const shared = { method: 'GET', query: DocumentQuery, files: documentFiles } as const
const description = 'As PDF, sheet or page. A file above 4.4 MB is answered by 303 with an address that is good for 15 minutes.'

export const documentRoutes = [
  route({
    ...shared,
    path: '/v1/quotes/{id}/document',
    summary: 'Get a quote as a document',
    description,
    permission: 'quotes.read',
    run: async (ctx, { id, ...asked }) => {
      const { quote, view } = await quoteViewOf(ctx, id)
      return answerOne(ctx, { view, templateId: quote.templateId }, asked)
    },
  }),
  route({
    ...shared,
    path: '/v1/orders/{id}/document',
    summary: 'Get an order as a document',
    description,
    permission: 'orders.read',
    run: async (ctx, { id, ...asked }) => answerOne(ctx, await orderViewOf(ctx, id), asked),
  }),
  route({
    ...shared,
    path: '/v1/shipments/{id}/document',
    summary: 'Get the delivery note of a shipment',
    description,
    permission: 'shipments.read',
    run: async (ctx, { id, ...asked }) => answerOne(ctx, await shipmentViewOf(ctx, id), asked),
  }),
  route({
    ...shared,
    query: DocumentQuery.extend(StatementQuery.shape),
    path: '/v1/customers/{id}/statement/document',
    operationId: 'getCustomerStatementDocument',
    summary: 'Get the statement of a customer as a document',
    description,
    permission: 'receivables.read',
    run: async (ctx, { format, templateId, ...asked }) => answerOne(ctx, await statementViewOf(ctx, asked), { format, templateId }),
  }),
]
