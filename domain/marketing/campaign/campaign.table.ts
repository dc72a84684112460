import type { Context } from '../../kernel/context.ts'
import { defineEntity, type ItemKey } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { encodePart } from '../../store/keys.ts'
import type { SystemKey } from '../../store/system.ts'
import type { Campaign } from './campaign.ts'

export const allCampaigns = ['CAMPAIGNS']

/** All of a tenant in one partition; what is sent stands beside the record, which workers read again for every ten mails. */
export const campaigns = defineEntity<Campaign>({
  type: 'campaign',
  prefix: 'cmp',
  schemaVersion: 1,
  key: (id) => ({ pk: allCampaigns, sk: [id] }),
  detail: { name: 'CONTENT', fields: ['content', 'contentB'] },
  guards: ({ externalId }) => externalIdGuard('campaign', externalId),
})

/** What a campaign came to so far, in numbers that are changed together (tally). */
export const progressKey = (campaignId: string): ItemKey => ({ pk: ['DLV', campaignId], sk: ['PROGRESS'] })

/** The snapshot of the audience: one id of a contact per line, each as long as the other. */
export const audienceAt = (ctx: Context, campaignId: string): string => `campaigns/${encodePart(ctx.tenant.id)}/${campaignId}/audience`
export const audienceLine = 31

/** Access pattern: campaigns that are to start, or go on, at a time; one Query for all tenants. */
export const campaignStarts = ['CAMPAIGN-STARTS']
export const campaignStart = (at: string, tenantId: string, campaignId: string): SystemKey => ({
  pk: campaignStarts,
  sk: `${at} ${tenantId} ${campaignId}`,
})
export interface CampaignStart {
  at: string
  tenantId: string
  campaignId: string
  run: number
}
