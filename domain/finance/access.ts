import { allowed, scopeOf } from '../identity/index.ts'
import type { Context } from '../kernel/context.ts'
import { notFound } from '../kernel/errors.ts'
import {
  asThingsOf,
  type Customer,
  customers,
  customersInSight,
  visibleCustomer,
  visibleOfCustomer,
  writableCustomer,
  writableOfCustomer,
} from '../parties/index.ts'
import type { EntityDefinition, Stored } from '../store/entity-definition.ts'
import { find, findParents, findWithin } from '../store/read.ts'

/**
 * What somebody sees of the books is what it sees of their customers. Who keeps the books of all keeps those of customers in the
 * public pool too, where the customer itself is hidden until it is claimed; who only reads sees nothing of these.
 */
export const keepsBooks = (ctx: Context): boolean => scopeOf(ctx.actor) === 'all' && allowed(ctx.actor, 'receivables.write')

interface Wanted {
  pointer?: string
  /** Whether something is to be posted: then it is read consistently. */
  toPost?: boolean
  /** Whether it is read as it is now, also where nothing is to be posted. */
  consistent?: boolean
}

/** The customer of a posting or account; 404 for one out of sight, at `pointer` when the id came in a body. */
export async function customerOfBooks(
  ctx: Context,
  id: string,
  { pointer, toPost = false, consistent = toPost }: Wanted = {},
): Promise<Customer> {
  if (!keepsBooks(ctx))
    return toPost ? writableCustomer(ctx, id, pointer) : visibleCustomer(ctx, id, { consistent, ...(pointer ? { pointer } : {}) })
  const customer = await find(ctx, customers, id, { consistent })
  if (!customer) throw notFound('customer', pointer)
  return customer
}

type Thing = Stored & { customerId: string }

/** A receivable or receipt with its customer; 404 `<noun>.not-found` when that one is out of sight. */
export async function recordOfBooks<T extends Thing>(
  ctx: Context,
  entity: EntityDefinition<T>,
  id: string,
  { toPost = false }: Wanted = {},
): Promise<{ record: T; customer: Customer }> {
  if (!keepsBooks(ctx)) return toPost ? writableOfCustomer(ctx, entity, id) : visibleOfCustomer(ctx, entity, id)
  const { record, parent } = await findWithin(ctx, entity, customers, id, { consistent: toPost })
  if (!record || !parent) throw notFound(entity.type)
  return { record: { ...record, customerId: parent.id }, customer: parent }
}

/** The customers whose books the caller may see, by their id or that of a thing of theirs; one BatchGet. */
export const customersOfBooks = (ctx: Context, ids: Iterable<string>): Promise<Map<string, Customer>> =>
  keepsBooks(ctx) ? findParents(ctx, customers, ids) : customersInSight(ctx, ids)

/** The rows of a list whose customer the caller may see, as that one's. */
export async function rowsOfBooks<T extends { id: string; customerId: string }>(ctx: Context, rows: T[]): Promise<T[]> {
  const owners = await customersOfBooks(
    ctx,
    rows.map(({ id }) => id),
  )
  return rows.flatMap((row) => {
    const customer = owners.get(row.id)
    return customer ? asThingsOf(customer, [row]) : []
  })
}
