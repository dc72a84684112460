import { allowed, type User, visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import type { EntityDefinition, Stored } from '../../store/entity-definition.ts'
import { find, findParents, findWithin } from '../../store/read.ts'
import { poolsInReach } from '../pool/known-pools.ts'
import { customers } from './customer.table.ts'
import type { Customer } from './customer.ts'
import { asThingsOf } from './partitions.ts'

const present = (ctx: Context, member: { until?: string | null | undefined }) => !member.until || member.until >= today(ctx)

/** How far the actor sees: whose customers, which pools, and those of the pools whole or only as the pool shows them. */
export interface Reach {
  owners: 'all' | ReadonlySet<string>
  pools: 'all' | ReadonlySet<string>
  keepsPools: boolean
}

/** The reach of the actor. Who assigns customers keeps the pools: they must know what they give to whom. */
export async function reachOf(ctx: Context): Promise<Reach> {
  const [owners, pools] = await Promise.all([visibleOwners(ctx), poolsInReach(ctx)])
  return { owners, pools, keepsPools: allowed(ctx.actor, 'customers.assign') }
}

/** The reach of a colleague, as `reachOf` says it of the caller. */
export const reachOfUser = (ctx: Context, { id, roles }: User): Promise<Reach> =>
  reachOf({ ...ctx, actor: { kind: 'user', id, userId: id, roles, scopes: null } })

/** What of a customer is seen: the whole of it, what the pool shows until it is claimed, or nothing. */
type Sight = 'whole' | 'pool' | 'none'

/** Owned: whole for its owner, its team, those above them, and a scope of all. In a pool: for who is in reach of the pool. */
export function sightOf(ctx: Context, customer: Customer, { owners, pools, keepsPools }: Reach): Sight {
  if (!customer.ownerId) {
    if (customer.poolId && pools !== 'all' && !pools.has(customer.poolId)) return 'none'
    return keepsPools ? 'whole' : 'pool'
  }
  if (owners === 'all' || owners.has(customer.ownerId)) return 'whole'
  return (customer.teamMembers ?? []).some((member) => owners.has(member.userId) && present(ctx, member)) ? 'whole' : 'none'
}

interface ReadCustomer {
  consistent?: boolean
  pointer?: string
}

/** A customer of which the actor sees at least what the pool shows; 404 otherwise, at `pointer` when the id came in a body. */
export async function seenCustomer(ctx: Context, id: string, options: ReadCustomer = {}): Promise<{ customer: Customer; sight: Sight }> {
  const [customer, reach] = await Promise.all([find(ctx, customers, id, options), reachOf(ctx)])
  const sight = customer ? sightOf(ctx, customer, reach) : 'none'
  if (!customer || sight === 'none') throw notFound('customer', options.pointer)
  return { customer, sight }
}

/** 404 for a customer out of sight; 403 `customer.not-claimed` for one of which the pool hides what is asked for. */
export function requireWhole(sight: Sight, pointer?: string): void {
  if (sight === 'none') throw notFound('customer', pointer)
  if (sight === 'whole') return
  const [code, detail] = ['customer.not-claimed', 'This customer lies in the public pool. Claim it to see and change what belongs to it.']
  throw new Problem('forbidden', code, detail, pointer ? { errors: [{ pointer, code, message: detail }] } : {})
}

/** A customer of which the actor sees everything; 404 otherwise, 403 for one of a pool. */
export async function visibleCustomer(ctx: Context, id: string, options: ReadCustomer = {}): Promise<Customer> {
  const { customer, sight } = await seenCustomer(ctx, id, options)
  requireWhole(sight, options.pointer)
  return customer
}

/** 403 when the actor sees the customer only as a team member who may read. */
async function requireWritable(ctx: Context, customer: Customer): Promise<Customer> {
  const owners = await visibleOwners(ctx)
  if (owners === 'all' || !customer.ownerId || owners.has(customer.ownerId)) return customer
  const mayWrite = (customer.teamMembers ?? []).some(
    (member) => owners.has(member.userId) && member.access === 'write' && present(ctx, member),
  )
  if (!mayWrite) throw new Problem('forbidden', 'customer.read-only', 'You may read this customer but not change it.')
  return customer
}

/** A customer the actor may change, read consistently; 404 when it may not see it, 403 when it may only read. */
export async function writableCustomer(ctx: Context, id: string, pointer?: string): Promise<Customer> {
  return requireWritable(ctx, await visibleCustomer(ctx, id, { consistent: true, ...(pointer ? { pointer } : {}) }))
}

/** A thing of a customer, with the customer it belongs to. */
interface OfCustomer<T> {
  record: T
  customer: Customer
}

/**
 * A thing of a customer, to be seen exactly as the customer is: one call. 404 `<noun>.not-found` otherwise. Whose it is, is
 * decided by its partition: what it says itself follows while a merge is being carried out.
 */
export async function visibleOfCustomer<T extends Stored & { customerId: string }>(
  ctx: Context,
  entity: EntityDefinition<T>,
  id: string,
  options: { consistent?: boolean } = {},
): Promise<OfCustomer<T>> {
  const [{ record, parent }, reach] = await Promise.all([findWithin(ctx, entity, customers, id, options), reachOf(ctx)])
  if (!record || !parent || sightOf(ctx, parent, reach) !== 'whole') throw notFound(entity.type)
  return { record: { ...record, customerId: parent.id }, customer: parent }
}

/** A thing of a customer that the actor may change, both read consistently; 403 when the customer is only to be read. */
export async function writableOfCustomer<T extends Stored & { customerId: string }>(
  ctx: Context,
  entity: EntityDefinition<T>,
  id: string,
): Promise<OfCustomer<T>> {
  const both = await visibleOfCustomer(ctx, entity, id, { consistent: true })
  await requireWritable(ctx, both.customer)
  return both
}

/**
 * The customers that the actor sees whole, by their id or that of a thing of theirs, in one BatchGet. A customer that was
 * merged away is answered by the one it was merged into.
 */
export async function customersInSight(ctx: Context, ids: Iterable<string>): Promise<Map<string, Customer>> {
  const [found, reach] = await Promise.all([findParents(ctx, customers, ids), reachOf(ctx)])
  return new Map([...found].filter(([, customer]) => sightOf(ctx, customer, reach) === 'whole'))
}

/** The rows of a list whose customer the actor may see, in their order: one BatchGet of the customers. */
export async function rowsInSight<T extends { id: string; customerId: string }>(ctx: Context, rows: T[]): Promise<T[]> {
  const inSight = await customersInSight(
    ctx,
    rows.map((row) => row.id),
  )
  return rows.flatMap((row) => {
    const customer = inSight.get(row.id)
    return customer ? asThingsOf(customer, [row]) : []
  })
}
