import * as z from 'zod'
import { orderedBetween } from '../../../domain/analytics/sales-report/sales-between.ts'
import { BusinessDate, Instant } from '../../../domain/kernel/dates.ts'
import { planCampaign } from '../../../domain/marketing/campaign/plan-campaign.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { files } from '../../clients/files.ts'
import { enqueue } from '../../clients/queues.ts'
import { queueWorker } from '../../queue-worker.ts'
import { systemActor, systemContext, tenantContext } from '../../runtime.ts'

const place = z.int().min(0)
const Plan = z.strictObject({
  tenantId: z.string(),
  campaignId: z.string(),
  run: z.int(),
  time: Instant.optional(),
  gathered: z.strictObject({ next: place, parts: z.array(z.string()) }).optional(),
  looked: z.strictObject({ day: BusinessDate, slice: place.optional(), after: z.string().optional() }).optional(),
})

/** A campaign that is to start or go on -> its snapshot, and a message for each hundred of its audience; a large segment, or a day that brings many, is gone through by several. */
export const handler = queueWorker(Plan, async (plan) => {
  const ctx = await tenantContext(plan.tenantId, systemActor, undefined, { enqueue, files, sales: orderedBetween })
  await retryStale(() => planCampaign(ctx, systemContext(), plan))
})
