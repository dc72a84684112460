import { type User, visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import type { EntityDefinition, Stored } from '../../store/entity.ts'
import { find, findMany, findWithin } from '../../store/read.ts'
import { customers } from './customer.table.ts'
import type { Customer } from './customer.ts'

type Visible = 'all' | ReadonlySet<string>

const present = (ctx: Context, member: { until?: string | null | undefined }) => !member.until || member.until >= today(ctx)

/** True when the customer is the actor's to see: owner or team member of it, somebody's below, or the scope is all. */
export function isVisible(ctx: Context, customer: Customer, visible: Visible): boolean {
  if (visible === 'all') return true
  if (customer.ownerId && visible.has(customer.ownerId)) return true
  return (customer.teamMembers ?? []).some((member) => visible.has(member.userId) && present(ctx, member))
}

/** Whose records a colleague sees, as `visibleOwners` says it of the caller. */
export const ownersSeenBy = (ctx: Context, { id, roles }: User): Promise<Visible> =>
  visibleOwners({ ...ctx, actor: { kind: 'user', id, userId: id, roles, scopes: null } })

/** A customer the actor may see; 404 otherwise, at `pointer` when the id came in a body. */
export async function visibleCustomer(
  ctx: Context,
  id: string,
  options: { consistent?: boolean; pointer?: string } = {},
): Promise<Customer> {
  const [customer, visible] = await Promise.all([find(ctx, customers, id, options), visibleOwners(ctx)])
  if (!customer || !isVisible(ctx, customer, visible)) throw notFound('customer', options.pointer)
  return customer
}

/** 403 when the actor sees the customer only as a team member who may read. */
async function requireWritable(ctx: Context, customer: Customer): Promise<Customer> {
  const visible = await visibleOwners(ctx)
  if (visible === 'all' || (customer.ownerId && visible.has(customer.ownerId))) return customer
  const mayWrite = (customer.teamMembers ?? []).some(
    (member) => visible.has(member.userId) && member.access === 'write' && present(ctx, member),
  )
  if (!mayWrite) throw new Problem('forbidden', 'customer.read-only', 'You may read this customer but not change it.')
  return customer
}

/** A customer the actor may change, read consistently; 404 when it may not see it, 403 when it may only read. */
export async function writableCustomer(ctx: Context, id: string, pointer?: string): Promise<Customer> {
  return requireWritable(ctx, await visibleCustomer(ctx, id, { consistent: true, ...(pointer ? { pointer } : {}) }))
}

/** A thing of a customer, with the customer it belongs to. */
export interface OfCustomer<T> {
  record: T
  customer: Customer
}

/** A thing of a customer, to be seen exactly as the customer is: one call. 404 `<noun>.not-found` otherwise. */
export async function visibleOfCustomer<T extends Stored & { customerId: string }>(
  ctx: Context,
  entity: EntityDefinition<T>,
  id: string,
  options: { consistent?: boolean } = {},
): Promise<OfCustomer<T>> {
  const [{ record, parent }, visible] = await Promise.all([findWithin(ctx, entity, customers, id, options), visibleOwners(ctx)])
  if (!record || parent?.id !== record.customerId || !isVisible(ctx, parent, visible)) throw notFound(entity.type)
  return { record, customer: parent }
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

/** Those of the customers that the actor may see, by id, in one BatchGet. */
export async function customersInSight(ctx: Context, ids: Iterable<string>): Promise<Map<string, Customer>> {
  const wanted = [...new Set(ids)].map((id) => ({ entity: customers, id }))
  const [found, visible] = await Promise.all([findMany(ctx, wanted), visibleOwners(ctx)])
  return new Map([...(found as Map<string, Customer>)].filter(([, customer]) => isVisible(ctx, customer, visible)))
}

/** The rows of a list whose customer the actor may see, in their order: one BatchGet of the customers. */
export async function rowsInSight<T extends { customerId: string }>(ctx: Context, rows: T[]): Promise<T[]> {
  const inSight = await customersInSight(
    ctx,
    rows.map((row) => row.customerId),
  )
  return rows.filter((row) => inSight.has(row.customerId))
}
