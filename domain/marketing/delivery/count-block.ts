import type { Context } from '../../kernel/context.ts'
import { commit } from '../../store/commit.ts'
import { get } from '../../store/read.ts'
import { numbersOf, readTally, tallyWrite } from '../../store/tally.ts'
import { campaigns, progressKey } from '../campaign/campaign.table.ts'
import { brake } from '../campaign/campaign.ts'
import { finishCampaign, pauseCampaign } from '../campaign/control-campaign.ts'
import type { BlockWork } from '../campaign/plan-later.ts'
import { blockPages, countedWrite, pageKey } from './page.table.ts'
import { blockSize, isSettled, skipReasons } from './page.ts'

/** What became of a block, by its pages as they stand. */
async function tallied(ctx: Context, { campaignId, block }: BlockWork): Promise<Record<string, number> | undefined> {
  const slots = [...(await blockPages(ctx, campaignId, block)).values()].flatMap((page) => page.slots)
  if (!slots.every(isSettled)) return undefined
  const skipped = slots.flatMap(({ skipped: reason, sentAt }) => (reason && !sentAt ? skipReasons[reason] : []))
  const count = (reason: string) => skipped.filter((one) => one === reason).length
  const reasons = Object.fromEntries([...new Set(skipped)].map((reason) => [reason, count(reason)]))
  return { blocks: 1, sent: slots.length - skipped.length, ...reasons }
}

const counted = new Error('This block was counted before.')

/** Counts a block once, with the last one of them the campaign is over. A brake that its numbers pull stops the campaign. */
export async function countBlock(ctx: Context, work: BlockWork, audience: number): Promise<void> {
  const add = await tallied(ctx, work)
  if (!add) return
  try {
    await commit(
      ctx,
      [countedWrite(pageKey(work.campaignId, work.block, 0), () => counted), tallyWrite({ key: progressKey(work.campaignId), add })],
      [],
    )
  } catch (error) {
    if (error !== counted) throw error
  }
  const progress = numbersOf(await readTally(ctx, progressKey(work.campaignId)))
  if ((progress.blocks ?? 0) >= Math.ceil(audience / blockSize)) await finishCampaign(ctx, work.campaignId)
  else await pullBrake(ctx, work.campaignId, progress)
}

/** Stops a campaign whose numbers are bad. Nothing when it does not run. */
export async function pullBrake(
  ctx: Context,
  campaignId: string,
  { sent = 0, bounced = 0, complained = 0 }: Record<string, number>,
): Promise<void> {
  const reason = brake({ sent, bounced, complained })
  if (!reason) return
  const campaign = await get(ctx, campaigns, campaignId, { consistent: true })
  if (campaign.status === 'sending') await pauseCampaign(ctx, { id: campaignId }, reason)
}
