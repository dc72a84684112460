import { CampaignLaunched } from '../../../events/marketing.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

/** Its worker starts it, or puts it where the schedule finds it when its moment comes. */
export const handler = consumer(
  CampaignLaunched,
  (ctx, { tenantId, subject, data: { run } }) => ctx.enqueue('plan-campaign', [{ tenantId, campaignId: subject.id, run }]),
  { enqueue },
)
