import type { Context } from '../../kernel/context.ts'
import type { Row } from '../../kernel/transfer-kind.ts'
import { customersInSight } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'

/** The customers of some rows, as far as the caller sees them; one BatchGet per hundred. */
export const customerNames = (ctx: Context, rows: { customerId: string }[]): Promise<Map<string, Customer>> =>
  customersInSight(
    ctx,
    rows.map(({ customerId }) => customerId),
  )

/** The columns that name a row's customer. */
export function withCustomer(names: ReadonlyMap<string, Customer>, customerId: string): Row {
  const customer = names.get(customerId)
  return { 'customer.id': customerId, 'customer.externalId': customer?.externalId ?? null, 'customer.name': customer?.name ?? null }
}
