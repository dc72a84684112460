import { type AgeBy, type Ageing, ageOpen, ageToday, type OpenAsOf, openAsOf } from '../../finance/index.ts'
import { visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { survivors } from '../../parties/index.ts'

/** What is open on a day as the caller may see it, each in the partition of the customer whose it is by now. */
export async function visibleOpen(ctx: Context, asOf: string): Promise<OpenAsOf[]> {
  const [open, owners, survivorOf] = await Promise.all([openAsOf(ctx, asOf), visibleOwners(ctx), survivors(ctx)])
  const seen = owners === 'all' ? open : open.filter(({ ownerId }) => ownerId !== undefined && owners.has(ownerId))
  for (const item of seen) {
    const survivor = survivorOf(item.partition)
    if (survivor) item.partition = partitionOf(survivor)
  }
  return seen
}

export interface AgeingSums {
  total: Ageing
  byKey: Map<string | null, Ageing>
  /** In the currency of the documents; empty while all are in that of the books. */
  byCurrency: Map<string, Ageing>
}

/** The totals of today or a day ahead by due days, from sums that are kept; undefined for who does not see everything. */
export async function totalsOfToday(ctx: Context, asOf: string): Promise<AgeingSums | undefined> {
  if (asOf < today(ctx) || (await visibleOwners(ctx)) !== 'all') return undefined
  return { ...(await ageToday(ctx, asOf)), byKey: new Map() }
}

/** The sums of what is open, by the partition of the customer or by owner. */
export function sumAgeing(
  open: OpenAsOf[],
  { asOf, ageBy, groupBy, base }: { asOf: string; ageBy: AgeBy; groupBy: 'customer' | 'rep' | 'total'; base: string },
): AgeingSums {
  const keyOf = ({ partition, ownerId }: OpenAsOf) => (groupBy === 'rep' ? (ownerId ?? null) : partition)
  const { total, byKey } = ageOpen(open, { asOf, ageBy, keyOf })
  const isForeign = open.some(({ currency }) => currency !== base)
  const own = isForeign ? open.map((item) => ({ ...item, balance: item.amount })) : []
  return {
    total,
    byKey: groupBy === 'total' ? new Map() : byKey,
    byCurrency: ageOpen(own, { asOf, ageBy, keyOf: ({ currency }) => currency }).byKey,
  }
}
