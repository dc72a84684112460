import type { Context } from '../../kernel/context.ts'
import { readTurns } from '../../store/turn.ts'
import type { Campaign } from '../campaign/campaign.ts'

/** How many contacts entered a campaign by its trigger so far. */
export const entriesSoFar = (ctx: Context, campaignId: string): Promise<number> => readTurns(ctx, `entries ${campaignId}`)

/** How many places the deliveries of a campaign take: those of a trigger have a page each. */
export const placesOf = async (ctx: Context, { id, trigger, audience = 0 }: Campaign): Promise<number> =>
  trigger ? Math.ceil((await entriesSoFar(ctx, id)) / 10) * 100 : audience
