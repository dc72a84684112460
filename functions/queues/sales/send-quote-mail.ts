import * as z from 'zod'
import { sendDecisionMail } from '../../../domain/sales/quote/send-decision-mail.ts'
import { files } from '../../clients/files.ts'
import { sendQuoteMail } from '../../document-mails.ts'
import { mailWorker } from '../../mail-worker.ts'

const QuoteMail = z.strictObject({
  tenantId: z.string(),
  quoteId: z.string(),
  /** The event that asked for it: one mail for each. */
  eventId: z.string(),
  about: z.enum(['sent', 'decided']),
})

/** A quote to the customer, or what the customer decided to whoever answers for it. */
export const handler = mailWorker(
  'send-quote-mail',
  QuoteMail,
  (ctx, { about, quoteId, eventId }) =>
    about === 'sent' ? sendQuoteMail(ctx, { quoteId, eventId }) : sendDecisionMail(ctx, { quoteId, eventId }),
  { files },
)
