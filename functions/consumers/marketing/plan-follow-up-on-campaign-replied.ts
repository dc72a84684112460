import { followUpResponse } from '../../../domain/marketing/response/follow-up-response.ts'
import { CampaignReplied } from '../../../events/marketing.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(CampaignReplied, (ctx, { subject, data }) => followUpResponse(ctx, 'reply', subject.id, data))
