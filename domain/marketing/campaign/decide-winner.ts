import { CampaignDecided } from '../../../events/marketing.ts'
import type { Context } from '../../kernel/context.ts'
import { commit } from '../../store/commit.ts'
import { campaignPages } from '../delivery/page.table.ts'
import { decoded, inSeconds, isSettled, type Slot } from '../delivery/page.ts'
import { sampleResults, type Variant, variantOf, winnerOf } from './ab-test.ts'
import { campaigns } from './campaign.table.ts'
import type { Campaign } from './campaign.ts'
import { subjectOf } from './change-campaign.ts'

/** How soon a sample that is not sent yet is looked at again. */
const againSeconds = 15 * 60

async function sampleOf(ctx: Context, campaign: Campaign): Promise<{ slot: Slot; variant: Variant }[]> {
  const { id, samplePages = 1, audience = 0 } = campaign
  const found: { slot: Slot; variant: Variant }[] = []
  for await (const { block, page, slots } of campaignPages(ctx, id, Math.min(audience, samplePages * 10))) {
    if (block * 10 + page >= samplePages) break
    for (const [place, slot] of slots.entries()) found.push({ slot, variant: variantOf(campaign, { block, page, slot: place }) })
  }
  return found
}

/**
 * The campaign with its winner, once the time of the test is over; else when to ask again. The time runs from the last mail of the
 * sample, whenever that was sent.
 */
export async function decideWinner(ctx: Context, campaign: Campaign): Promise<Campaign | { waitUntil: string }> {
  const { abTest, audience = 0, samplePages = 1 } = campaign
  const sample = await sampleOf(ctx, campaign)
  const now = inSeconds(ctx.now())
  const instant = (seconds: number) => new Date(seconds * 1000).toISOString()
  const hours = abTest!.afterHours * 3600
  if (sample.length === 0) return { waitUntil: instant(now + hours) }
  const isSent = sample.length >= Math.min(audience, samplePages * 10) && sample.every(({ slot }) => isSettled(slot))
  if (!isSent) return { waitUntil: instant(now + againSeconds) }
  const due = Math.max(...sample.map(({ slot }) => (slot.sentAt ? decoded(slot.sentAt) : 0))) + hours
  if (due > now) return { waitUntil: instant(due) }
  const results = sampleResults(abTest!, sample)
  const after: Campaign = { ...campaign, winner: winnerOf(results), decidedAt: ctx.now() }
  return commit(
    ctx,
    [campaigns.replace(ctx, campaign, after)],
    [CampaignDecided(subjectOf(campaign.id), { winner: after.winner!, ...results })],
  )
}
