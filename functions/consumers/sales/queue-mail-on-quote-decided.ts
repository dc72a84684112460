import { QuoteAccepted, QuoteRejected } from '../../../events/sales.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumerOf } from '../../consumer.ts'

/** A customer's answer on the page of a quote -> a mail to whoever answers for it; what the firm entered itself it knows. */
export const handler = consumerOf(
  [QuoteAccepted, QuoteRejected],
  async (ctx, { id: eventId, subject, data }) => {
    if (data.online)
      await ctx.enqueue('send-document-mail', [{ tenantId: ctx.tenant.id, quoteId: subject.id, eventId, about: 'quote-decided' }])
  },
  { enqueue },
)
