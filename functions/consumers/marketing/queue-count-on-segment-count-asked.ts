import { SegmentCountAsked } from '../../../events/marketing.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

/** Has the rest of a large segment counted. The event cannot be lost, so neither can the count. */
export const handler = consumer(
  SegmentCountAsked,
  async (ctx, { tenantId, subject, data: { by } }) => ctx.enqueue('count-segment', [{ tenantId, segmentId: subject.id, by }]),
  { enqueue },
)
