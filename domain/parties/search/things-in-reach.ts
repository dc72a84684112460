import type { Context } from '../../kernel/context.ts'
import { required } from '../../kernel/search-tree.ts'
import { customersInSight, reachOf } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'
import { searchLimits } from './limits.ts'
import { namedIn } from './named-in.ts'
import { placesOf, sharedRows } from './places.ts'
import type { Prepared } from './prepare-search.ts'

/** Whose things a search of things of customers reads. */
interface ThingsInReach {
  /** Everybody's, or those of the customers of these owners. */
  whose: 'all' | string[]
  /** Customers that are seen through the team alone: their things stand in lists of owners out of reach. */
  shared: Customer[]
  /** Those whose customers the caller sees. What somebody owns is in reach already. */
  inSight<T extends { id: string; ownerId?: string | undefined }>(rows: T[]): Promise<T[]>
}

/** As `searchContacts` finds its contacts: owners in reach that the tree allows, what is shared, and pools for who keeps them. */
export async function thingsInReach(ctx: Context, { where }: Pick<Prepared, 'where'>): Promise<ThingsInReach> {
  const reach = await reachOf(ctx)
  const places = await placesOf(ctx, reach, where)
  const shared = await sharedRows(ctx, { read: 0, limits: searchLimits }, reach, places)
  const found =
    shared.length > 0
      ? await customersInSight(
          ctx,
          shared.map(({ id }) => id),
        )
      : new Map<string, Customer>()
  return {
    whose: reach.owners === 'all' && !namedIn(required(where), 'ownerId') ? 'all' : places.owners,
    shared: [...found.values()],
    async inSight(rows) {
      const pooled = rows.filter(({ ownerId }) => !ownerId)
      if (pooled.length === 0 || (reach.keepsPools && reach.pools === 'all')) return rows
      if (!reach.keepsPools) return rows.filter(({ ownerId }) => ownerId)
      const seen = await customersInSight(
        ctx,
        pooled.map(({ id }) => id),
      )
      return rows.filter(({ id, ownerId }) => ownerId || seen.has(id))
    },
  }
}
