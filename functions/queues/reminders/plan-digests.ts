import * as z from 'zod'
import { BusinessDate, TimeZone } from '../../../domain/kernel/dates.ts'
import { planDigests } from '../../../domain/reminders/tenant-schedule/plan-digests.ts'
import { enqueue } from '../../clients/queues.ts'
import { queueWorker } from '../../queue-worker.ts'
import { bareContext, systemContext } from '../../runtime.ts'

const TenantDay = z.strictObject({ tenantId: z.string(), day: BusinessDate, timeZone: TimeZone, reminderHour: z.int() })

/** A tenant's day -> one message for each of its people. */
export const handler = queueWorker(TenantDay, (tenantDay) =>
  planDigests(bareContext(tenantDay.tenantId, undefined, undefined, { enqueue }), systemContext(), tenantDay),
)
