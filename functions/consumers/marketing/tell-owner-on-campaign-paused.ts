import { toldOfPause } from '../../../domain/marketing/campaign/pause-notice.ts'
import { CampaignPaused } from '../../../events/marketing.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

/** A campaign that stopped by itself -> a mail to its owner. Whoever asked for the pause knows of it. */
export const handler = consumer(
  CampaignPaused,
  async (ctx, { id, tenantId, subject, data: { reason } }) => {
    if (reason === 'asked') return
    const userIds = await toldOfPause(ctx, subject.id)
    await ctx.enqueue(
      'send-pause-notice',
      userIds.map((userId) => ({ tenantId, eventId: id, campaignId: subject.id, userId, reason })),
    )
  },
  { enqueue },
)
