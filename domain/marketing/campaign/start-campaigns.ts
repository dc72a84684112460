import type { SystemContext } from '../../kernel/context.ts'
import { systemDelete, systemQuery } from '../../store/system.ts'
import { type CampaignStart, campaignStarts } from './campaign.table.ts'

type Start = CampaignStart | { at: string; tenantId: string; tidy: 'leads' }

/**
 * The run of the schedule for `time`: hands out the campaigns whose moment has come, or whose window opens, and the firms whose
 * unconfirmed leads are looked through, with the time by which they judge what is due. An entry goes after its work is on the queue: a
 * run that dies before is made up for by the next.
 */
export async function startCampaigns(system: SystemContext, time: string): Promise<void> {
  for (const { sk, pk: _pk, at, ...work } of await systemQuery<Start & { pk: string }>(system, campaignStarts)) {
    if (at > time) break
    const queue = 'tidy' in work ? 'tidy-leads' : work.page === undefined ? 'plan-campaign' : 'send-campaign'
    await system.enqueue(queue, [{ ...work, time }])
    await systemDelete(system, { pk: campaignStarts, sk })
  }
}
