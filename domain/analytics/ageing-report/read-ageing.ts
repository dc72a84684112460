import { type AgeBy, type Ageing, ageOpen, ageToday, type OpenAsOf, openAsOf } from '../../finance/index.ts'
import { visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { anyIdIn, partitionOf } from '../../kernel/ids.ts'
import { customers, survivors } from '../../parties/index.ts'
import { findParents } from '../../store/read.ts'

/**
 * Puts what was open on a day under who has its customer today, like all that is open still. Customers of whom that is not known are
 * read, half a unit each.
 */
async function underPresentOwners(ctx: Context, open: OpenAsOf[]): Promise<void> {
  const others = open.filter(({ isOwnerKnown }) => !isOwnerKnown)
  if (others.length === 0) return
  const known = new Map(open.flatMap(({ isOwnerKnown, partition, ownerId }) => (isOwnerKnown ? [[partition, ownerId] as const] : [])))
  const idOf = new Map(others.map(({ partition }) => [partition, anyIdIn(partition)]))
  const unknown = [...idOf].filter(([partition]) => !known.has(partition))
  const found = await findParents(
    ctx,
    customers,
    unknown.map(([, id]) => id),
  )
  for (const [partition, id] of unknown) known.set(partition, found.get(id)?.ownerId)
  for (const item of others) item.ownerId = known.get(item.partition)
}

/**
 * What is open on a day as the caller may see it, each in the partition of the customer whose it is by now. `byOwner` where it is told
 * by who has the customer.
 */
export async function visibleOpen(ctx: Context, asOf: string, { byOwner = false } = {}): Promise<OpenAsOf[]> {
  const [open, owners, survivorOf] = await Promise.all([openAsOf(ctx, asOf), visibleOwners(ctx), survivors(ctx)])
  if (byOwner || owners !== 'all') await underPresentOwners(ctx, open)
  const seen = owners === 'all' ? open : open.filter(({ ownerId }) => ownerId !== undefined && owners.has(ownerId))
  for (const item of seen) {
    const survivor = survivorOf(item.partition)
    if (survivor) item.partition = partitionOf(survivor)
  }
  return seen
}

interface AgeingSums {
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
