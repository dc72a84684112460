import { followUpClick } from '../../../domain/marketing/campaign/follow-up-click.ts'
import { CampaignClicked } from '../../../events/marketing.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(CampaignClicked, (ctx, { subject, data }) => followUpClick(ctx, subject.id, data))
