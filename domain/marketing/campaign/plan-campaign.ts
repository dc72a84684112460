import { CampaignStarted } from '../../../events/marketing.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import { step } from '../../kernel/states.ts'
import { commit } from '../../store/commit.ts'
import { get } from '../../store/read.ts'
import { atTime } from '../at-time.ts'
import { blockSize, pageSize } from '../delivery/page.ts'
import { runTriggered } from '../trigger/enter-of-day.ts'
import { openPages } from './ab-test.ts'
import { campaigns } from './campaign.table.ts'
import { type Campaign, campaignStates } from './campaign.ts'
import { subjectOf } from './change-campaign.ts'
import { finishCampaign } from './control-campaign.ts'
import { decideWinner } from './decide-winner.ts'
import { forgetParts } from './gather-audience.ts'
import { type BlockWork, type PlanWork, planLater } from './plan-later.ts'
import { commonWindow, nextOpening } from './send-window.ts'
import { takeSnapshot } from './take-snapshot.ts'

/**
 * Starts a campaign or lets it go on: takes the snapshot if there is none, and hands out its blocks. It may be run again at
 * any time: blocks that are done end at once, and nobody is mailed twice.
 */
export async function planCampaign(ctx: Context, system: SystemContext, { campaignId, run, ...work }: PlanWork): Promise<void> {
  const before = await get(ctx, campaigns, campaignId, { consistent: true })
  if (before.run !== run || (before.status !== 'scheduled' && before.status !== 'sending')) return
  const tenant = await readTenant(ctx)
  const then = atTime(ctx, work.time)
  const [, from] = [before.startAt!, then.now()].sort() as [string, string]
  const opening = nextOpening(from, before.trigger ? undefined : commonWindow(before), tenant)
  if (opening > then.now()) return planLater(system, opening, { campaignId, run, ...work })
  if (before.trigger) {
    const running = before.status === 'scheduled' ? await start(ctx, before, { ...before, audience: 0 }) : before
    return runTriggered(then, system, tenant, running, { campaignId, run, ...work })
  }
  const known = before.audience === undefined ? await takeSnapshot(ctx, tenant, before, { campaignId, run, ...work }) : before
  if (!known) return
  const started = before.status === 'scheduled' ? await start(ctx, before, known) : known
  const { gathered, ...settled } = work
  if (gathered) await forgetParts(ctx, campaignId, gathered)
  if (started.audience === 0) return finishCampaign(ctx, campaignId)
  await handOut(ctx, system, started, { campaignId, run, ...settled })
}

async function start(ctx: Context, before: Campaign, known: Campaign): Promise<Campaign> {
  const status = step('campaign', campaignStates, known.status, 'start')
  const after: Campaign = { ...known, status, startedAt: known.startedAt ?? ctx.now() }
  return commit(ctx, [campaigns.replace(ctx, before, after)], [CampaignStarted(subjectOf(before.id), { audience: known.audience! })])
}

/** Puts the blocks on the queue: all of them, or those of the sample while its contents are tried. */
async function handOut(ctx: Context, system: SystemContext, campaign: Campaign, work: PlanWork): Promise<void> {
  const decided = campaign.abTest && !campaign.winner ? await decideWinner(atTime(ctx, work.time), campaign) : campaign
  const pages = Math.min(openPages('waitUntil' in decided ? campaign : decided), Math.ceil(campaign.audience! / pageSize))
  const blocks = Math.ceil((pages * pageSize) / blockSize)
  await ctx.enqueue(
    'send-campaign',
    Array.from({ length: blocks }, (_, block): BlockWork => ({ ...work, block })),
  )
  if ('waitUntil' in decided) await planLater(system, decided.waitUntil, work)
}
