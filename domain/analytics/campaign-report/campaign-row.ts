import type { Context } from '../../kernel/context.ts'
import { type Campaign, campaignStats } from '../../marketing/index.ts'
import type { Credited } from './attribute.ts'

/** What a campaign came to, in minor units of the books. */
export interface CampaignFigures extends Omit<Credited, 'customers'> {
  customers: number
  cost: number
  leads: number
  qualified: number
  converted: number
}

export interface CampaignRow extends CampaignFigures {
  campaign: Campaign
  key: [string]
  weight: number
}

/** Everybody of the audience by how far it went. */
export async function funnelOf(ctx: Context, { id }: Campaign): Promise<Record<string, number>> {
  const { status: _status, skipped: _skipped, waiting: _waiting, ...counts } = await campaignStats(ctx, { id })
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => typeof count === 'number')) as Record<string, number>
}
