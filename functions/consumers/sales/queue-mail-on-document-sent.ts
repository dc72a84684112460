import { OrderSent } from '../../../events/orders.ts'
import { QuoteSent } from '../../../events/sales.ts'
import { ShipmentNoteSent } from '../../../events/shipments.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumerOf } from '../../consumer.ts'

/** A quote, an order or a delivery note that was sent by mail -> its mail. */
export const handler = consumerOf(
  [QuoteSent, OrderSent, ShipmentNoteSent],
  async (ctx, { id: eventId, subject, data }) => {
    if (data.channel !== 'email') return
    await ctx.enqueue('send-document-mail', [
      { tenantId: ctx.tenant.id, documentId: subject.id, send: data.send, eventId, about: 'document-sent' },
    ])
  },
  { enqueue },
)
