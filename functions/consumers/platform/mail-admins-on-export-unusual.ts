import { alarmsOf } from '../../../domain/platform/export/export-alarm.ts'
import { ExportUnusual } from '../../../events/platform.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

/** One mail for each admin. Whoever is told twice to send it sends it once: the mail has its own claim. */
export const handler = consumer(
  ExportUnusual,
  async (ctx, { tenantId, subject, data }) => {
    const alarms = await alarmsOf(ctx, { exportId: subject.id, ...data })
    if (alarms.length > 0)
      await ctx.enqueue(
        'send-export-alarm',
        alarms.map((alarm) => ({ tenantId, ...alarm })),
      )
  },
  { enqueue },
)
