import * as z from 'zod'
import { orderedBetween } from '../../../domain/analytics/sales-report/sales-between.ts'
import { enterOnEvent } from '../../../domain/marketing/trigger/enter-on-event.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import type { DeliveredEvent } from '../../../events/define.ts'
import { batchHandler } from '../../batch.ts'
import { enqueue } from '../../clients/queues.ts'
import { systemActor, tenantContext } from '../../runtime.ts'

/** Of any event: what a trigger may ask for. The contract of each is its own. */
const Envelope = z.looseObject({
  source: z.literal('guanxi'),
  detail: z.looseObject({
    id: z.string(),
    name: z.string(),
    tenantId: z.string().min(1),
    at: z.string(),
    subject: z.object({ type: z.string(), id: z.string() }),
    customerId: z.string().optional(),
    data: z.record(z.string(), z.unknown()),
    requestId: z.string(),
  }),
})

/** Something happened with a customer or contact -> the campaigns that start from it. */
export const handler = batchHandler(async (body) => {
  const { detail } = Envelope.parse(body)
  const ctx = await tenantContext(detail.tenantId, systemActor, detail.requestId, { enqueue, sales: orderedBetween })
  await retryStale(() => enterOnEvent(ctx, detail as unknown as DeliveredEvent))
})
