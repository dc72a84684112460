import { CampaignResumed } from '../../../events/marketing.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(
  CampaignResumed,
  (ctx, { tenantId, subject, data: { run } }) => ctx.enqueue('plan-campaign', [{ tenantId, campaignId: subject.id, run }]),
  { enqueue },
)
