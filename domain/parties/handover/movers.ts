import { PoolChanged } from '../../../events/parties.ts'
import { endKeysOf } from '../../identity/index.ts'
import { recordOf } from '../../store/entity.ts'
import { queryPage } from '../../store/query.ts'
import { pools, poolsPartition } from '../pool/pool.table.ts'
import type { Pool } from '../pool/pool.ts'
import { firstKind, nobody } from './handover.ts'
import { moveCustomers, moveTeamMemberships } from './move-customers.ts'
import { moveFollowUps } from './move-follow-ups.ts'
import { counted, type Mover } from './mover.ts'

const endKeys: Mover = {
  kind: firstKind,
  most: 20,
  async page(ctx, { system, fromUserId }, _after, most) {
    const { writes, events } = await endKeysOf(ctx, system, fromUserId, most)
    return {
      counts: counted(writes.map(() => nobody)),
      writes,
      events,
      after: writes.length === most ? 'more' : undefined,
    }
  },
}

/** Places in pools. Left empty, a pool would be open to everybody: the receiver takes the place. */
const movePoolPlaces: Mover = {
  kind: 'pools',
  most: 10,
  async page(ctx, { fromUserId, toUserId }, after, most) {
    const { items, more } = await queryPage(ctx, { partition: poolsPartition }, { limit: most, after, consistent: true })
    const concerned = items.map((item) => recordOf(pools, item)).filter(({ memberIds = [] }) => memberIds.includes(fromUserId))
    const changed = ({ memberIds = [], ...pool }: Pool): Pool => ({
      ...pool,
      memberIds: [...new Set(memberIds.map((userId) => (userId === fromUserId ? toUserId : userId)))],
    })
    return {
      counts: counted(concerned.map(() => toUserId)),
      writes: concerned.map((pool) => pools.replace(ctx, pool, changed(pool))),
      events: concerned.map(({ id }) => PoolChanged({ type: 'pool', id }, { changed: ['memberIds'] })),
      id: items[0]?.id as string | undefined,
      after: more ? (items.at(-1)?.sk as string | undefined) : undefined,
    }
  },
}

/** What parties and identity know that a leaver has. Keys first: they are the leaver's way in. */
export const ownMovers: readonly Mover[] = [endKeys, moveCustomers, moveTeamMemberships, movePoolPlaces, moveFollowUps]
