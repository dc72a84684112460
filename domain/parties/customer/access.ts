import { visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import { find } from '../../store/read.ts'
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

/** A customer the actor may change, read consistently; 404 when it may not see it, 403 when it may only read. */
export async function writableCustomer(ctx: Context, id: string, pointer?: string): Promise<Customer> {
  const customer = await visibleCustomer(ctx, id, { consistent: true, ...(pointer ? { pointer } : {}) })
  const visible = await visibleOwners(ctx)
  if (visible === 'all' || (customer.ownerId && visible.has(customer.ownerId))) return customer
  const mayWrite = (customer.teamMembers ?? []).some(
    (member) => visible.has(member.userId) && member.access === 'write' && present(ctx, member),
  )
  if (!mayWrite) throw new Problem('forbidden', 'customer.read-only', 'You may read this customer but not change it.')
  return customer
}
