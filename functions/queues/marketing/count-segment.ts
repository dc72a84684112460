import * as z from 'zod'
import { orderedBetween } from '../../../domain/analytics/sales-report/sales-between.ts'
import { countPortion } from '../../../domain/marketing/segment/count-segment.ts'
import { enqueue } from '../../clients/queues.ts'
import { queueWorker } from '../../queue-worker.ts'
import { systemActor, tenantContext } from '../../runtime.ts'

const CountWork = z.strictObject({ tenantId: z.string(), segmentId: z.string(), by: z.string() })

/** A portion of a large segment is counted; the next one is a message of its own. */
export const handler = queueWorker(CountWork, async (work) => {
  const ctx = await tenantContext(work.tenantId, systemActor, undefined, { sales: orderedBetween })
  if (await countPortion(ctx, work)) await enqueue('count-segment', [work])
})
