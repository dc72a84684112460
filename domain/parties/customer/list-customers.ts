import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { instantOperators, instantRange } from '../../kernel/instant-range.ts'
import { type Filter, type ListInput, type ListSpec, type Page, requireServed } from '../../kernel/paging.ts'
import { recordOf } from '../../store/entity.ts'
import { findByExternalId } from '../../store/external-id.ts'
import type { Item } from '../../store/item.ts'
import type { KeyParts } from '../../store/keys.ts'
import { listPage } from '../../store/list.ts'
import type { Range } from '../../store/query.ts'
import { find, findMany } from '../../store/read.ts'
import { whoseLists } from '../asked.ts'
import { knownPools, poolsInReach } from '../pool/known-pools.ts'
import { reachOf, sightOf } from './access.ts'
import { allCustomers, customers, customersOf, publicPool } from './customer.table.ts'
import type { Customer } from './customer.ts'

export const customerList = {
  filters: { ownerId: ['eq', 'in', 'isNull'], poolId: ['eq', 'isNull'], externalId: ['eq'], createdAt: instantOperators },
  sorts: ['-createdAt', 'createdAt'],
  search: '/v1/customers/search',
} as const satisfies ListSpec

const poolFilter = () =>
  new Problem(
    'malformed',
    'filter.invalid',
    'For the public pool send filter[ownerId][isNull]=true, for one pool with filter[poolId]=<id>, or filter[poolId][isNull]=true for the pool of everybody.',
  )

/** The lists of the pools asked for that the caller may see; all of them when none is named. */
async function pooled(ctx: Context, filter: Filter): Promise<KeyParts[]> {
  const { eq, isNull } = filter.poolId ?? {}
  if (isNull !== undefined && (isNull !== 'true' || eq !== undefined)) throw poolFilter()
  if (isNull) return [publicPool()]
  const [known, reach] = await Promise.all([knownPools(ctx), poolsInReach(ctx)])
  const seen = known.filter((pool) => (reach === 'all' || reach.has(pool.id)) && (eq === undefined || pool.id === eq))
  return [...(eq === undefined ? [publicPool()] : []), ...seen.map((pool) => publicPool(pool.id))]
}

/** The partitions of gsi2, or of gsi1 for everybody's together; of the owners asked for those that the caller may see. */
async function partitions(ctx: Context, filter: Filter): Promise<Pick<Range, 'index' | 'partition'>[]> {
  const { isNull, ...persons } = filter.ownerId ?? {}
  if (isNull === undefined && filter.poolId) throw poolFilter()
  if (isNull !== undefined) {
    if (isNull !== 'true' || Object.keys(persons).length > 0) throw poolFilter()
    return (await pooled(ctx, filter)).map((partition) => ({ index: 'gsi2', partition }))
  }
  const whose = await whoseLists(ctx, filter, 'ownerId')
  if (whose === 'all') return [{ index: 'gsi1', partition: allCustomers }]
  return whose.map((ownerId) => ({ index: 'gsi2', partition: customersOf(ownerId) }))
}

async function byExternalId(ctx: Context, externalId: string): Promise<Page<Customer>> {
  const id = await findByExternalId(ctx, 'customer', externalId)
  const customer = id ? await find(ctx, customers, id) : undefined
  const reach = await reachOf(ctx)
  return { data: customer && sightOf(ctx, customer, reach) !== 'none' ? [customer] : [], page: { next: null } }
}

/** Rows of a list as customers: pointers of team members are read, what is no longer visible is left out. */
async function resolve(ctx: Context, items: Item[]): Promise<Customer[]> {
  const pointed = items.filter((item) => item.entity === 'pointer').map((item) => item.ref as string)
  const found = await findMany(
    ctx,
    pointed.map((id) => ({ entity: customers, id })),
  )
  const reach = await reachOf(ctx)
  const seen = new Set<string>()
  return items.flatMap((item) => {
    const customer = item.entity === 'pointer' ? (found.get(item.ref as string) as Customer | undefined) : recordOf(customers, item)
    if (!customer || seen.has(customer.id) || sightOf(ctx, customer, reach) === 'none') return []
    seen.add(customer.id)
    return [customer]
  })
}

/**
 * Customers by creation, newest first unless asked otherwise: all (gsi1), or those of the owners the caller sees, merged
 * (gsi2), with those where they are team members, or the public pool. By externalId at most one.
 */
export async function listCustomers(ctx: Context, input: ListInput): Promise<Page<Customer>> {
  requireServed(input.filter, [['ownerId', 'poolId', 'createdAt'], ['externalId']])
  if (input.filter.externalId?.eq !== undefined) return byExternalId(ctx, input.filter.externalId.eq)
  const span = instantRange(input.filter, 'createdAt', (instant) => firstIdAt('cus', instant))
  const common = { ...span, reverse: input.sort === '-createdAt' }
  const ranges = (await partitions(ctx, input.filter)).map((partition) => ({ ...common, ...partition }))
  const page = await listPage(ctx, 'customers', ranges, input)
  return { ...page, data: await resolve(ctx, page.data) }
}
