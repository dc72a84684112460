import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import type { Tree } from '../../kernel/search-tree.ts'
import { type Contact, type PersonField, peopleWho } from '../../parties/index.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { pauseCampaign } from '../campaign/control-campaign.ts'
import { loadCriteria } from '../segment/criteria.ts'

type Criteria = Record<string, PersonField>

/** Whom of some people a trigger means, as `ctx` sees them. */
export type MeantOf = (people: Contact[]) => Promise<Contact[]>

/** The judge of one look: what the tree asks of sales and campaigns is read once. */
export async function meantBy(
  ctx: Context,
  where: Tree | null | undefined,
  load: (ctx: Context, where: Tree) => Promise<Criteria> = loadCriteria,
): Promise<MeantOf> {
  const criteria = where ? await load(ctx, where) : {}
  return (people) => peopleWho(ctx, where ?? undefined, people, criteria)
}

interface Kept {
  until: number
  criteria: Promise<Criteria>
}

const keptMs = 5 * 60 * 1000
const mostKept = 50
const kept = new Map<string, Kept>()

/**
 * What the tree of a launched campaign asks of sales and campaigns, at most five minutes old: it is read of the whole firm, and events
 * come one by one. What only asks for contacts and customers reads nothing here.
 */
export function recentCriteria(ctx: Context, campaignId: string, where: Tree): Promise<Criteria> {
  const name = `${ctx.tenant.id} ${campaignId}`
  const now = Date.parse(ctx.now())
  const known = kept.get(name)
  if (known && now < known.until) return known.criteria
  if (kept.size >= mostKept) kept.clear()
  const criteria = loadCriteria(ctx, where)
  kept.set(name, { until: now + keptMs, criteria })
  criteria.catch(() => kept.delete(name))
  return criteria
}

/** Runs a look of a trigger. One whose tree cannot be asked any more, since a campaign it names is gone, pauses its campaign. */
export async function orPaused<T>(ctx: Context, campaign: Campaign, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof Problem) || !['invalid', 'not-found'].includes(error.kind)) throw error
    await pauseCampaign(ctx, campaign, 'audience')
    return undefined
  }
}
