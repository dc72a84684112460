import { noticeOf } from '../../../domain/reminders/duplicate/override-notice.ts'
import { CustomerDuplicateOverridden } from '../../../events/parties.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

/** Whoever is told twice to send it sends it once: the mail has its own claim. */
export const handler = consumer(
  CustomerDuplicateOverridden,
  async (ctx, { id, tenantId, subject, actor, data }) => {
    const notice = await noticeOf(ctx, { eventId: id, userId: actor.id, customerId: subject.id, ...data })
    if (notice) await ctx.enqueue('send-override-notice', [{ tenantId, ...notice }])
  },
  { enqueue },
)
