import { followUpResponse } from '../../../domain/marketing/response/follow-up-response.ts'
import { CampaignClicked } from '../../../events/marketing.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(CampaignClicked, (ctx, { subject, data }) => followUpResponse(ctx, 'click', subject.id, data))
