import type * as z from 'zod'
import { PoolChanged, PoolCreated, PoolDeleted } from '../../../events/parties.ts'
import { knownUsers } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { requireDistinct } from '../../kernel/parse-input.ts'
import { commit } from '../../store/commit.ts'
import { requireNone } from '../../store/count.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { get } from '../../store/read.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import type { Write } from '../../store/write.ts'
import { forgetPools } from './known-pools.ts'
import { customersInPool, pools, poolsPartition } from './pool.table.ts'
import { type ChangePool, type CreatePool, type Pool, PoolRecord } from './pool.ts'

const subjectOf = (id: string) => ({ type: 'pool', id })

async function requireMembers(ctx: Context, memberIds: string[] | null | undefined): Promise<void> {
  if (!memberIds || memberIds.length === 0) return
  requireDistinct(memberIds, '/memberIds')
  const known = new Set((await knownUsers(ctx)).map((user) => user.id))
  for (const [i, id] of memberIds.entries()) if (!known.has(id)) throw notFound('user', `/memberIds/${i}`)
}

/** Sets up a pool besides the one that everybody has. 409 `pool.name-taken`; 404 for an unknown member. */
export async function createPool(ctx: Context, input: z.output<typeof CreatePool>): Promise<Pool> {
  await requireMembers(ctx, input.memberIds)
  const pool = { ...compact(input), ...newRecord(ctx, 'pol') } as Pool
  const created = await commit(ctx, [pools.create(pool)], [PoolCreated(subjectOf(pool.id), {})])
  forgetPools(ctx.tenant.id)
  return created
}

/** Changes a pool; who is no member any more loses sight of its customers within 30 seconds. */
export async function changePool(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangePool>; ifMatch?: string | undefined },
): Promise<Pool> {
  await requireMembers(ctx, changes.memberIds)
  const before = await get(ctx, pools, id, { consistent: true })
  requireVersion(before, ifMatch)
  const after = mergePatch(PoolRecord, before, changes)
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  const saved = await commit(ctx, [pools.replace(ctx, before, after)], [PoolChanged(subjectOf(id), { changed })])
  forgetPools(ctx.tenant.id)
  return saved
}

const notEmpty = () =>
  new Problem(
    'conflict',
    'pool.not-empty',
    'There are customers in this pool. Assign them, or move them to another pool, before you delete it.',
  )

/** Deletes an empty pool; customers that had it as their home go to the pool of everybody when they are released. */
export async function deletePool(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const pool = await get(ctx, pools, id, { consistent: true })
  requireVersion(pool, ifMatch)
  const empty: Write = { result: undefined, actions: () => [requireNone(ctx, customersInPool(id), notEmpty)] }
  await commit(ctx, [pools.remove(pool), empty], [PoolDeleted(subjectOf(id), {})])
  forgetPools(ctx.tenant.id)
}

export const getPool = (ctx: Context, { id }: { id: string }): Promise<Pool> => get(ctx, pools, id)

export const poolList = { filters: {}, sorts: ['createdAt', '-createdAt'] } as const satisfies ListSpec

/** All pools; like colleagues they are known to everybody, only their customers are not. */
export async function listPools(ctx: Context, input: ListInput): Promise<Page<Pool>> {
  const page = await listPage(ctx, 'pools', [{ partition: poolsPartition, reverse: input.sort === '-createdAt' }], input)
  return { ...page, data: page.data.map((item) => recordOf(pools, item)) }
}
