import type { Context } from '../../kernel/context.ts'
import { readItems } from '../../store/read-items.ts'
import { numbersOf } from '../../store/tally.ts'
import { campaignTally } from './lead.table.ts'
import type { CampaignLeads } from './lead-steps.ts'

/** Access pattern: what the leads of campaigns came to so far; 0.5 RRU each. */
export async function campaignLeads(ctx: Context, campaignIds: readonly string[]): Promise<CampaignLeads[]> {
  const items = await readItems(ctx, campaignIds.map(campaignTally))
  return items.map((item) => {
    const { leads = 0, qualified = 0, converted = 0 } = numbersOf(item)
    return { leads, qualified, converted }
  })
}
