import * as z from 'zod'
import { Instant } from '../../../domain/kernel/dates.ts'
import { atTime } from '../../../domain/marketing/at-time.ts'
import { planTidying, tidyLeads } from '../../../domain/marketing/lead/tidy-leads.ts'
import { enqueue } from '../../clients/queues.ts'
import { queueWorker } from '../../queue-worker.ts'
import { systemActor, systemContext, tenantContext } from '../../runtime.ts'

const Work = z.strictObject({
  tenantId: z.string(),
  captured: Instant.optional().describe('When an unconfirmed lead came: the look is planned, nothing else.'),
  tidy: z.literal('leads').optional(),
  time: Instant.optional(),
})

/** A firm whose forms brought leads that nobody confirmed: a look is planned, or those whose time is over are erased. */
export const handler = queueWorker(Work, async ({ tenantId, captured, time }) => {
  if (captured) return planTidying(systemContext(), tenantId, captured)
  const isMore = await tidyLeads(atTime(await tenantContext(tenantId, systemActor), time))
  if (isMore) await enqueue('tidy-leads', [{ tenantId, time }])
})
