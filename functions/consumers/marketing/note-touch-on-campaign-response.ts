import { noteAnswer, noteLead } from '../../../domain/marketing/touch/note-touch.ts'
import { LeadConverted } from '../../../events/leads.ts'
import { CampaignClicked, CampaignReplied } from '../../../events/marketing.ts'
import { consumerOf } from '../../consumer.ts'

/** A campaign reached a customer: by a click, by an answer, or by a lead that became one. */
export const handler = consumerOf([CampaignClicked, CampaignReplied, LeadConverted], (ctx, event) =>
  event.name === 'lead.converted' ? noteLead(ctx, event as never) : noteAnswer(ctx, event as never),
)
