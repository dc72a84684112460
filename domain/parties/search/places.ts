import { knownUsers } from '../../identity/index.ts'
import type { CheckedLeaf } from '../../kernel/check-tree.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { type Checked, required } from '../../kernel/search-tree.ts'
import { contactCardsOf, contactCardsOfPools } from '../contact/contact-card.ts'
import type { Reach } from '../customer/access.ts'
import { cardsOfOwner, cardsOfPool, cardsSharedWith } from '../customer/customer-card.ts'
import { knownPools } from '../pool/known-pools.ts'
import type { CardRow } from './fields.ts'
import { type Meter, readSources, type Source } from './read-sources.ts'

/** Whose cards a search reads: of those in the caller's reach the ones that its tree allows. */
export interface Places {
  owners: string[]
  /** Pools in reach, undefined for the pool of everybody; none when the tree leaves the pools out. */
  pools: (string | undefined)[]
  /** True for an owner that the tree allows. */
  allows(ownerId: string): boolean
}

/** Narrows by what the tree must hold of ownerId, so that a search of some owners reads only their cards. */
export async function placesOf(ctx: Context, reach: Reach, where: Checked<CheckedLeaf> | undefined): Promise<Places> {
  const leaves = required(where).filter(({ field }) => field === 'ownerId')
  const named = leaves.filter(({ op }) => op === 'eq' || op === 'in').map(({ values }) => new Set<unknown>(values))
  const unset = leaves.filter(({ op }) => op === 'isNull').map(({ values }) => values[0])
  const allows = (ownerId: string) => !unset.includes(true) && named.every((set) => set.has(ownerId))
  const all = reach.owners === 'all' ? (await knownUsers(ctx)).map(({ id }) => id) : [...reach.owners]
  const withPools = named.length === 0 && !unset.includes(false)
  const known = withPools ? (await knownPools(ctx)).map(({ id }) => id) : []
  const { pools } = reach
  return {
    owners: all.filter(allows),
    pools: withPools ? [undefined, ...known.filter((id) => pools === 'all' || pools.has(id))] : [],
    allows,
  }
}

/** The cards of customers that are owned, and of those in the pools. */
export const customerSources = ({ owners, pools }: Places, { keepsPools }: Pick<Reach, 'keepsPools'>): Source[] => [
  ...owners.map((ownerId) => ({ partition: cardsOfOwner(ownerId), place: { ownerId } })),
  ...pools.flatMap((poolId) => cardsOfPool(poolId).map((partition) => ({ partition, place: { poolId, masked: !keepsPools } }))),
]

/** The cards of customers that are seen through the team alone: their owners are out of reach. Each once. */
export async function sharedRows(ctx: Context, meter: Meter, reach: Reach, { allows }: Places): Promise<CardRow[]> {
  const { owners } = reach
  if (owners === 'all') return []
  const rows = new Map<string, CardRow>()
  const day = today(ctx)
  const sources = [...owners].map((userId) => ({ partition: cardsSharedWith(userId), place: {} }))
  await readSources(ctx, meter, 'cus', sources, ({ id, parts: [until, ownerId, ...parts] }) => {
    const over = until !== '' && until! < day
    if (!over && !owners.has(ownerId!) && allows(ownerId!)) rows.set(id, { id, parts, place: { ownerId } })
  })
  return [...rows.values()]
}

/** The cards of the contacts of owners; of those in the pools when the caller keeps the pools and so sees them whole. */
export const contactSources = (owners: readonly string[], withPools: boolean): Source[] => [
  ...owners.map((ownerId) => ({ partition: contactCardsOf(ownerId), place: { ownerId } })),
  ...(withPools ? contactCardsOfPools.map((partition) => ({ partition, place: {} })) : []),
]

/**
 * Who owns the customers that are shared with the caller, and the partitions of these: their contacts' cards lie among
 * those of owners whose other contacts the caller does not see.
 */
export function ofShared(rows: readonly CardRow[]): { owners: string[]; partitions: ReadonlySet<string> } {
  return {
    owners: [...new Set(rows.map(({ place }) => place.ownerId!))],
    partitions: new Set(rows.map(({ id }) => partitionOf(id))),
  }
}
