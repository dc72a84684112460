import type { Context } from '../../kernel/context.ts'
import { get } from '../../store/read.ts'
import { campaigns } from '../campaign/campaign.table.ts'
import { pauseCampaign } from '../campaign/control-campaign.ts'
import { type BlockWork, planLater } from '../campaign/plan-later.ts'
import { commonWindow, nextOpening } from '../campaign/send-window.ts'
import { blockPages } from './page.table.ts'
import { isSettled } from './page.ts'
import { type BlockOutcome, later } from './send-block.ts'
import { sendPage } from './send-page.ts'
import { type Sender, sendingOf } from './sending.ts'

/**
 * Sends the one mail of a contact for whom the trigger of a campaign went off, by all the rules of a page of ten. It may be asked
 * for at any time; what is paused or out of hours is found again by its plan.
 */
export async function sendEntry(ctx: Context, sender: Sender, work: BlockWork & { page: number }): Promise<BlockOutcome> {
  const { campaignId, block, page } = work
  const nothing = { sent: 0, again: 0, unknown: 0 }
  const campaign = await get(ctx, campaigns, campaignId, { consistent: true })
  const known = campaign.status === 'sending' ? (await blockPages(ctx, campaignId, block)).get(page) : undefined
  if (!known || known.slots.every(isSettled)) return nothing
  const sending = await sendingOf(ctx, sender, campaign, work.time)
  const opening = nextOpening(sending.moment(), commonWindow(campaign), sending.tenant)
  if (opening > sending.moment()) {
    await planLater(sender.system, opening, work)
    return nothing
  }
  const contactIds = known.slots.map(({ contactId }) => contactId)
  const outcome = await sendPage(sending, { block, page }, known, contactIds)
  if (outcome === 'stop') await pauseCampaign(ctx, { id: campaignId }, 'refused')
  return typeof outcome === 'string' ? sending.told : later(ctx, sender, work, sending.told, outcome.waitUntil)
}
