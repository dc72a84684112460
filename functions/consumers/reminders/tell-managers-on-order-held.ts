import { approversOf } from '../../../domain/reminders/order-hold/hold-notice.ts'
import { OrderHeld } from '../../../events/orders.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

/** Whoever is told twice to send it sends it once: the mail has its own claim. */
export const handler = consumer(
  OrderHeld,
  async (ctx, { id, tenantId, subject, actor, data: { base, exposure, limit } }) => {
    const managers = await approversOf(ctx, subject.id, actor.id)
    const notice = { tenantId, eventId: id, orderId: subject.id, base, exposure, limit }
    await ctx.enqueue(
      'send-hold-notice',
      managers.map((managerId) => ({ ...notice, managerId })),
    )
  },
  { enqueue },
)
