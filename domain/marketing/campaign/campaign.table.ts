import type { Context } from '../../kernel/context.ts'
import { defineEntity } from '../../store/entity.ts'
import type { EntityDefinition, ItemKey } from '../../store/entity-definition.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { encodePart } from '../../store/keys.ts'
import type { SystemKey } from '../../store/system.ts'
import type { Campaign } from './campaign.ts'

export const allCampaigns = ['CAMPAIGNS']

/** Campaigns that wait for an event. */
export const triggeredBy = (event: string) => ['TRIGGERED', event]

/** All of a tenant in one partition; what is sent stands beside the record. */
export const campaigns = defineEntity<Campaign>({
  type: 'campaign',
  prefix: 'cmp',
  schemaVersion: 1,
  key: (id) => ({ pk: allCampaigns, sk: [id] }),
  gsi1: ({ id, trigger, status }) =>
    trigger?.on === 'event' && status === 'sending' ? { pk: triggeredBy(trigger.event), sk: [id] } : undefined,
  detail: { name: 'CONTENT', fields: ['content', 'contentB'] },
  guards: ({ externalId }) => externalIdGuard('campaign', externalId),
})

/** Campaigns without what they send: what workers read again for every ten mails. */
export const campaignHeads: EntityDefinition<Campaign> = { ...campaigns, detail: undefined }

/** What a campaign came to so far, in numbers that are changed together (tally). */
export const progressKey = (campaignId: string): ItemKey => ({ pk: ['DLV', campaignId], sk: ['PROGRESS'] })

/** A snapshot of the audience by its name, or a part of one: one id of a contact per line, each as long as the other. */
export const audienceAt = (ctx: Context, campaignId: string, name: string): string =>
  `campaigns/${encodePart(ctx.tenant.id)}/${campaignId}/${name}`
export const audienceLine = 31

/** Access pattern: campaigns that are to start, or go on, at a time; one Query for all tenants. */
export const campaignStarts = ['CAMPAIGN-STARTS']
export const campaignStart = ({ at, tenantId, campaignId, block, page }: CampaignStart): SystemKey => ({
  pk: campaignStarts,
  sk: `${at} ${tenantId} ${campaignId}${page === undefined ? '' : ` ${block}-${page}`}`,
})
export interface CampaignStart {
  at: string
  tenantId: string
  campaignId: string
  run: number
  /** Of one mail that waits for its moment: its place. */
  block?: number
  page?: number
}
