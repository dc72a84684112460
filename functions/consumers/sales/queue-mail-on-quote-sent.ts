import { QuoteSent } from '../../../events/sales.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

/** A quote that was sent by mail -> its mail. */
export const handler = consumer(
  QuoteSent,
  async (ctx, { id: eventId, subject, data }) => {
    if (data.channel === 'email')
      await ctx.enqueue('send-document-mail', [{ tenantId: ctx.tenant.id, quoteId: subject.id, eventId, about: 'quote-sent' }])
  },
  { enqueue },
)
