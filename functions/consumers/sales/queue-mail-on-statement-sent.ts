import { StatementSent } from '../../../events/sales.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

/** A statement that was sent by mail -> its mail. */
export const handler = consumer(
  StatementSent,
  async (ctx, { subject, customerId, data: { channel, from, to, currency } }) => {
    if (channel !== 'email' || !customerId) return
    const message = { about: 'statement-sent', tenantId: ctx.tenant.id, customerId, deliveryId: subject.id, period: { from, to, currency } }
    await ctx.enqueue('send-document-mail', [message])
  },
  { enqueue },
)
