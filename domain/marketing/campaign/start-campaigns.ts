import type { SystemContext } from '../../kernel/context.ts'
import { systemDelete, systemQuery } from '../../store/system.ts'
import { type CampaignStart, campaignStart, campaignStarts } from './campaign.table.ts'

/**
 * The run of the schedule for `time`: hands out the campaigns whose moment has come, or whose window opens. An entry goes
 * after its work is on the queue: a run that dies before is made up for by the next.
 */
export async function startCampaigns(system: SystemContext, time: string): Promise<void> {
  for (const { sk: _sk, pk: _pk, ...start } of await systemQuery<CampaignStart & { pk: string }>(system, campaignStarts)) {
    const { at, ...work } = start
    if (at > time) break
    await system.enqueue(work.page === undefined ? 'plan-campaign' : 'send-campaign', [work])
    await systemDelete(system, campaignStart(start))
  }
}
