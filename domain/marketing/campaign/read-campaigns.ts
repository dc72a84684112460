import type { Context } from '../../kernel/context.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { recordOf } from '../../store/entity.ts'
import { queryAll } from '../../store/query.ts'
import { findInOrder } from '../../store/read.ts'
import { allCampaigns, campaigns } from './campaign.table.ts'
import type { Campaign } from './campaign.ts'

/** Access pattern: campaigns made from one instant up to another; 1 query, 0.1 RRU each. */
export async function campaignsCreated(ctx: Context, { from, to }: { from: string; to: string }): Promise<Campaign[]> {
  const range = { partition: allCampaigns, from: firstIdAt('cmp', from), to: firstIdAt('cmp', to) }
  return (await queryAll(ctx, range)).map((item) => recordOf(campaigns, item))
}

/** Campaigns by their ids; those there are not are missing. */
export async function campaignsByIds(ctx: Context, ids: readonly string[]): Promise<Campaign[]> {
  return findInOrder(ctx, campaigns, ids)
}
