import type { Context, SystemContext } from '../kernel/context.ts'
import { recordOf } from '../store/entity.ts'
import { tenantKey } from '../store/keys.ts'
import { outboxKeys } from '../store/outbox.ts'
import { listedPartitions, namedPartitions, type PartitionSource, scatteredFamilies } from '../store/partitions.ts'
import { queryAll } from '../store/query.ts'
import { type SystemPlace, systemQuery } from '../store/system.ts'
import { readTurns } from '../store/turn.ts'
import { allCampaigns, type CampaignStart, campaignStarts, campaigns, progressKey } from './campaign/campaign.table.ts'
import { pagePartitions } from './delivery/page.table.ts'
import { tenantPace } from './delivery/sending.ts'
import { leadsIn, leadsOfCampaign } from './lead/lead.table.ts'
import { leadStatuses } from './lead/lead.ts'
import { allLeadForms } from './lead-form/lead-form.table.ts'
import { leadRulesKey } from './lead-rules/change-lead-rules.ts'
import { allMessageTemplates } from './message-template/message-template.table.ts'
import { allSegments } from './segment/segment.table.ts'
import { touchPartition } from './touch/touch.table.ts'
import { enteredPartition, entriesTurn } from './trigger/enter.ts'

/** Deliveries of campaigns, and leads of all campaigns that there ever were: their counts stay when one is deleted. */
async function* ofCampaigns(ctx: Context): AsyncGenerator<string> {
  const created = await queryAll(ctx, { index: 'gsi1', partition: outboxKeys.name('campaign.created') })
  for (const { subject } of created as { subject: { id: string } }[]) yield tenantKey(ctx, leadsOfCampaign(subject.id))
  for (const item of await queryAll(ctx, { partition: allCampaigns })) {
    if (item.entity !== campaigns.type) continue
    const { id, audience = 0 } = recordOf(campaigns, item)
    const pages = Math.max(Math.ceil(audience / 10), await readTurns(ctx, entriesTurn(id)))
    for (const partition of [progressKey(id).pk, enteredPartition(id), ...pagePartitions(id, pages)]) yield tenantKey(ctx, partition)
  }
}

export const marketingPartitions: PartitionSource[] = [
  namedPartitions(allCampaigns, allSegments, allMessageTemplates, allLeadForms, leadRulesKey.pk, ['SUPPRESSIONS'], touchPartition),
  namedPartitions(['PACE', tenantPace]),
  scatteredFamilies('MAILED'),
  listedPartitions(...leadStatuses.map(leadsIn)),
  ofCampaigns,
]

/** Campaigns and mails of the tenant that wait for their moment. Few wait at a time, of all tenants together. */
export async function marketingPlaces(ctx: Context, system: SystemContext): Promise<SystemPlace[]> {
  const waiting = await systemQuery<CampaignStart>(system, campaignStarts)
  return waiting.filter(({ tenantId }) => tenantId === ctx.tenant.id).map(({ sk }) => ({ key: { pk: campaignStarts, sk } }))
}
