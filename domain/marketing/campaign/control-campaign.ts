import { CampaignCancelled, CampaignFinished, CampaignPaused, CampaignResumed } from '../../../events/marketing.ts'
import type { Context } from '../../kernel/context.ts'
import { step } from '../../kernel/states.ts'
import { commit } from '../../store/commit.ts'
import { get } from '../../store/read.ts'
import { campaigns } from './campaign.table.ts'
import { type Campaign, campaignStates, type PauseReason } from './campaign.ts'
import { subjectOf } from './change-campaign.ts'

const currentCampaign = (ctx: Context, id: string): Promise<Campaign> => get(ctx, campaigns, id, { consistent: true })

/**
 * Stops a campaign where it is. Workers look at it before every ten mails, so that at most those in flight go out after
 * the answer. 409 `campaign.state` when there is nothing to stop.
 */
export async function pauseCampaign(
  ctx: Context,
  { id }: { id: string },
  reason: PauseReason = 'asked',
  fault?: Campaign['fault'],
): Promise<Campaign> {
  const before = await currentCampaign(ctx, id)
  const after: Campaign = {
    ...before,
    status: step('campaign', campaignStates, before.status, 'pause'),
    pausedBecause: reason,
    ...(fault ? { fault } : {}),
  }
  return commit(ctx, [campaigns.replace(ctx, before, after)], [CampaignPaused(subjectOf(id), { reason })])
}

/** Goes on where it stopped, with the same audience; a brake that stopped it is not asked again below the same numbers. */
export async function resumeCampaign(ctx: Context, { id }: { id: string }): Promise<Campaign> {
  const { pausedBecause: _reason, fault: _fault, ...before } = await currentCampaign(ctx, id)
  const run = (before.run ?? 0) + 1
  const after: Campaign = { ...before, status: step('campaign', campaignStates, before.status, 'resume'), run }
  return commit(ctx, [campaigns.replace(ctx, before, after)], [CampaignResumed(subjectOf(id), { run })])
}

/** Ends a campaign for good; who was mailed was mailed. */
export async function cancelCampaign(ctx: Context, { id }: { id: string }): Promise<Campaign> {
  const before = await currentCampaign(ctx, id)
  const after: Campaign = { ...before, status: step('campaign', campaignStates, before.status, 'cancel'), endedAt: ctx.now() }
  return commit(ctx, [campaigns.replace(ctx, before, after)], [CampaignCancelled(subjectOf(id), {})])
}

/** Notes that the last of the audience was dealt with; nothing when it is paused, cancelled or finished already. */
export async function finishCampaign(ctx: Context, id: string): Promise<void> {
  const before = await currentCampaign(ctx, id)
  if (before.status !== 'sending') return
  const after: Campaign = { ...before, status: step('campaign', campaignStates, before.status, 'finish'), endedAt: ctx.now() }
  await commit(ctx, [campaigns.replace(ctx, before, after)], [CampaignFinished(subjectOf(id), {})])
}
