import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { defineEntity, recordOf } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { queryAll } from '../../store/query.ts'
import type { Pool } from './pool.ts'

const nameTaken = () =>
  new Problem('conflict', 'pool.name-taken', 'Another pool has this name.', {
    errors: [{ pointer: '/name', code: 'pool.name-taken', message: 'Another pool has it.' }],
  })

export const poolsPartition = ['POOLS']

/** All pools of a tenant share one partition. */
export const pools = defineEntity<Pool>({
  type: 'pool',
  prefix: 'pol',
  schemaVersion: 1,
  key: (id) => ({ pk: poolsPartition, sk: [id] }),
  guards: (pool) => [
    { name: 'pool-name', value: pool.name.normalize('NFKC').toLowerCase(), taken: nameTaken },
    ...externalIdGuard('pool', pool.externalId),
  ],
})

/** Access pattern: all pools of the tenant; one Query, 0.5 RRU for up to 20. */
export const allPools = async (ctx: Context): Promise<Pool[]> =>
  (await queryAll(ctx, { partition: poolsPartition })).map((item) => recordOf(pools, item))

/** How many customers lie in a pool, so that none can be deleted with customers in it. */
export const customersInPool = (poolId: string) => ({ name: 'pooled', of: poolId })
