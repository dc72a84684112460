import { visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import type { Filter, ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { recordOf } from '../../store/entity.ts'
import { findByExternalId } from '../../store/external-id.ts'
import { listPage } from '../../store/list.ts'
import type { Item, Range } from '../../store/query.ts'
import { find, findMany } from '../../store/read.ts'
import { createdRange } from '../created-range.ts'
import { isVisible } from './access.ts'
import { customers, customersOf } from './customer.table.ts'
import type { Customer } from './customer.ts'

export const customerList = {
  filters: { ownerId: ['eq', 'in', 'isNull'], externalId: ['eq'], createdAt: ['gte', 'lt', 'between'] },
  sorts: ['-createdAt', 'createdAt'],
} as const satisfies ListSpec

/** Whose lists to read: everybody's together, or those asked for that the caller may see. */
async function owners(ctx: Context, filter: Filter): Promise<'all' | string[]> {
  const visible = await visibleOwners(ctx)
  const asked = filter.ownerId?.in?.split(',') ?? (filter.ownerId?.eq === undefined ? undefined : [filter.ownerId.eq])
  if (!asked) return visible === 'all' ? 'all' : [...visible]
  return [...new Set(asked)].filter((id) => visible === 'all' || visible.has(id))
}

async function byExternalId(ctx: Context, externalId: string): Promise<Page<Customer>> {
  const id = await findByExternalId(ctx, 'customer', externalId)
  const customer = id ? await find(ctx, customers, id) : undefined
  const visible = await visibleOwners(ctx)
  return { data: customer && isVisible(ctx, customer, visible) ? [customer] : [], page: { next: null } }
}

/** Rows of a list as customers: pointers of team members are read, what is no longer visible is left out. */
async function resolve(ctx: Context, items: Item[]): Promise<Customer[]> {
  const pointed = items.filter((item) => item.entity === 'pointer').map((item) => item.ref as string)
  const found =
    pointed.length > 0
      ? await findMany(
          ctx,
          pointed.map((id) => ({ entity: customers, id })),
        )
      : new Map()
  const visible = await visibleOwners(ctx)
  const seen = new Set<string>()
  return items.flatMap((item) => {
    const customer = item.entity === 'pointer' ? (found.get(item.ref as string) as Customer | undefined) : recordOf(customers, item)
    if (!customer || seen.has(customer.id) || !isVisible(ctx, customer, visible)) return []
    seen.add(customer.id)
    return [customer]
  })
}

/**
 * Customers by creation, newest first unless asked otherwise: all (gsi1), or those of the owners the caller sees, merged
 * (gsi2), with those where they are team members. By externalId at most one.
 */
export async function listCustomers(ctx: Context, input: ListInput): Promise<Page<Customer>> {
  if (input.filter.externalId?.eq !== undefined) return byExternalId(ctx, input.filter.externalId.eq)
  const whose = await owners(ctx, input.filter)
  const span = createdRange(input.filter, (instant) => firstIdAt('cus', instant))
  const common = { ...span, reverse: input.sort === '-createdAt' }
  const ranges: Range[] =
    whose === 'all'
      ? [{ ...common, index: 'gsi1', partition: ['CUS-ALL'] }]
      : whose.map((ownerId) => ({ ...common, index: 'gsi2', partition: customersOf(ownerId) }))
  const page = await listPage(ctx, 'customers', ranges, input)
  return { ...page, data: await resolve(ctx, page.data) }
}
