import type { SystemContext } from '../../kernel/context.ts'
import { systemDelete, systemQuery } from '../../store/system.ts'
import { type CampaignStart, campaignStart, campaignStarts } from './campaign.table.ts'

/**
 * The run of the schedule for `time`: hands out the campaigns whose moment has come, or whose window opens. An entry goes
 * after its work is on the queue: a run that dies before is made up for by the next.
 */
export async function startCampaigns(system: SystemContext, time: string): Promise<void> {
  for (const { at, tenantId, campaignId, run } of await systemQuery<CampaignStart>(system, campaignStarts)) {
    if (at > time) break
    await system.enqueue('plan-campaign', [{ tenantId, campaignId, run }])
    await systemDelete(system, campaignStart(at, tenantId, campaignId))
  }
}
