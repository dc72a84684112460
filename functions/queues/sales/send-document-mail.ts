import * as z from 'zod'
import { sendDecisionMail } from '../../../domain/sales/quote/send-decision-mail.ts'
import { sendStatementAnswerMail } from '../../../domain/sales/statement/send-answer-mail.ts'
import { files } from '../../clients/files.ts'
import { sendDocumentMail, sendStatementMail } from '../../document-mails.ts'
import { mailWorker } from '../../mail-worker.ts'

const tenantId = z.string()
/** The event that asked for it: one mail for each. */
const eventId = z.string()
const period = z.strictObject({ from: z.string(), to: z.string(), currency: z.string() })

const DocumentMail = z.discriminatedUnion('about', [
  z.strictObject({ about: z.literal('document-sent'), tenantId, eventId, documentId: z.string(), send: z.int() }),
  z.strictObject({ about: z.literal('quote-decided'), tenantId, eventId, quoteId: z.string() }),
  z.strictObject({ about: z.literal('statement-sent'), tenantId, customerId: z.string(), deliveryId: z.string(), period }),
  z.strictObject({ about: z.literal('statement-answered'), tenantId, eventId, customerId: z.string(), period }),
])

/** A document to the customer, or what the customer answered to whoever answers for it. */
export const handler = mailWorker(
  'send-document-mail',
  DocumentMail,
  (ctx, message) => {
    if (message.about === 'document-sent') return sendDocumentMail(ctx, message)
    if (message.about === 'quote-decided') return sendDecisionMail(ctx, message)
    return message.about === 'statement-sent' ? sendStatementMail(ctx, message) : sendStatementAnswerMail(ctx, message)
  },
  { files },
)
