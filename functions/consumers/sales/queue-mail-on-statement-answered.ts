import { StatementConfirmed, StatementObjected } from '../../../events/sales.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumerOf } from '../../consumer.ts'

/** A customer's answer on the page of a statement -> a mail to whoever answers for it; what the firm entered itself it knows. */
export const handler = consumerOf(
  [StatementConfirmed, StatementObjected],
  async (ctx, { id: eventId, subject, data }) => {
    const { from, to, currency, online } = data
    if (!online) return
    const message = {
      about: 'statement-answered',
      tenantId: ctx.tenant.id,
      customerId: subject.id,
      period: { from, to, currency },
      eventId,
    }
    await ctx.enqueue('send-document-mail', [message])
  },
  { enqueue },
)
