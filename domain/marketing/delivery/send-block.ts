import type { Context } from '../../kernel/context.ts'
import { get } from '../../store/read.ts'
import { openPages } from '../campaign/ab-test.ts'
import { campaigns } from '../campaign/campaign.table.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { pauseCampaign } from '../campaign/control-campaign.ts'
import { type BlockWork, planLater } from '../campaign/plan-later.ts'
import { commonWindow, nextOpening } from '../campaign/send-window.ts'
import { blockOf } from '../campaign/take-snapshot.ts'
import { countBlock } from './count-block.ts'
import { blockPages } from './page.table.ts'
import { blockSize, inSeconds, isSettled, pageSize } from './page.ts'
import { sendPage } from './send-page.ts'
import { type Sender, type Sending, sendingOf } from './sending.ts'

/** What came of a block: it is over, or is to be looked at again in so many seconds. Counts are for metrics. */
export interface BlockOutcome {
  againIn?: number
  sent: number
  again: number
  unknown: number
}

const longestOnQueue = 900

/** The campaign as it is now, if this work is still wanted. */
async function wanted(ctx: Context, { campaignId, run }: BlockWork): Promise<Campaign | undefined> {
  const campaign = await get(ctx, campaigns, campaignId, { consistent: true })
  return campaign.status === 'sending' && campaign.run === run ? campaign : undefined
}

/**
 * Sends one block of a campaign, a hundred of its audience. It may be asked for at any time and by several workers: what is
 * settled is left alone. Before every page it looks whether the campaign still is to be sent, and whether it is the hour for it.
 */
export async function sendBlock(ctx: Context, sender: Sender, work: BlockWork): Promise<BlockOutcome> {
  const campaign = await wanted(ctx, work)
  if (!campaign) return { sent: 0, again: 0, unknown: 0 }
  const [sending, contactIds, pages] = await Promise.all([
    sendingOf(ctx, sender, campaign, work.time),
    blockOf(ctx, campaign, work.block),
    blockPages(ctx, work.campaignId, work.block),
  ])
  const { told } = sending
  const waits: number[] = []
  const open = openPages(campaign) - work.block * (blockSize / pageSize)
  for (let page = 0; page * pageSize < contactIds.length && page < open; page++) {
    const known = pages.get(page)
    if (known?.slots.every(isSettled)) continue
    const opening = nextOpening(sending.moment(), commonWindow(campaign), sending.tenant)
    if (opening > sending.moment()) {
      await planLater(sender.system, opening, work)
      return told
    }
    const people = known ? known.slots.map(({ contactId }) => contactId) : contactIds.slice(page * pageSize, (page + 1) * pageSize)
    const outcome = await sendPage(sending, { block: work.block, page }, known, people)
    if (outcome === 'stop') await pauseCampaign(ctx, { id: work.campaignId }, 'refused')
    if (outcome === 'stop' || outcome === 'over') return told
    if (outcome !== 'done') waits.push(outcome.waitUntil)
  }
  if (waits.length > 0) return later(ctx, sender, work, told, Math.min(...waits))
  if (open * pageSize >= contactIds.length) await countBlock(ctx, work, campaign.audience!)
  return told
}

/** The queue keeps what waits a quarter of an hour at most; for what waits for hours of the recipients the schedule plans it again. */
export async function later(
  ctx: Context,
  { system }: Sender,
  work: BlockWork,
  told: Sending['told'],
  until: number,
): Promise<BlockOutcome> {
  const seconds = Math.max(1, until - inSeconds(ctx.now()))
  if (seconds <= longestOnQueue) return { ...told, againIn: seconds }
  await planLater(system, new Date(until * 1000).toISOString(), work)
  return told
}
