import type { User } from '../../domain/identity/user/user.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { type OutboxItem, outboxKeys } from '../../domain/store/outbox.ts'
import { queryAll } from '../../domain/store/query.ts'
import { handler } from '../../functions/http/sales/index.ts'
import { caller } from './call.ts'
import type { TestTenant } from './tenant.ts'

/** Calls the sales API as that user. */
export const salesAs = (tenant: TestTenant, user: User | undefined) => caller(handler, tenant.id, user)

/** A product made through the API by the admin. */
export async function productOf(tenant: TestTenant, more: Record<string, unknown> = {}): Promise<{ id: string; sku: string }> {
  const fields = { sku: 'LJQ-2041', name: '板对板连接器', listPrice: '1.85', ...more }
  const { status, body } = await salesAs(tenant, tenant.admin)('/v1/products', { body: fields })
  if (status !== 201) throw new Error(`creating a product answered ${status}: ${JSON.stringify(body)}`)
  return body
}

/** A line of a document as the tests send it. */
export const lineOf = (quantity: string | number, unitPrice: string, more: Record<string, unknown> = {}) => ({
  description: '连接器',
  quantity,
  unitPrice,
  taxRate: '13',
  ...more,
})

/** An order made through the API by that user. */
// biome-ignore lint/suspicious/noExplicitAny: tests read what the API answers
export async function orderOf(tenant: TestTenant, user: User, customerId: string, more: Record<string, unknown> = {}): Promise<any> {
  const fields = { customerId, lines: [lineOf('100', '12.5'), lineOf('3', '9.99')], ...more }
  const { status, body } = await salesAs(tenant, user)('/v1/orders', { body: fields })
  if (status !== 201) throw new Error(`creating an order answered ${status}: ${JSON.stringify(body)}`)
  return body
}

/** The same, confirmed. */
// biome-ignore lint/suspicious/noExplicitAny: tests read what the API answers
export async function confirmedOrder(tenant: TestTenant, user: User, customerId: string, more: Record<string, unknown> = {}): Promise<any> {
  const { id } = await orderOf(tenant, user, customerId, more)
  const { status, body } = await salesAs(tenant, user)(`/v1/orders/${id}/confirm`, { body: {} })
  if (status !== 200) throw new Error(`confirming an order answered ${status}: ${JSON.stringify(body)}`)
  return body
}

/** A shipment made through the API by that user; with dispatch: true it left. */
// biome-ignore lint/suspicious/noExplicitAny: tests read what the API answers
export async function shipmentOf(tenant: TestTenant, user: User, fields: Record<string, unknown>): Promise<any> {
  const { status, body } = await salesAs(tenant, user)('/v1/shipments', { body: fields })
  if (status !== 201) throw new Error(`creating a shipment answered ${status}: ${JSON.stringify(body)}`)
  return body
}

/** What events of a customer say, oldest first. */
export async function eventsOf(ctx: Context, customerId: string, name: string): Promise<OutboxItem[]> {
  const items = await queryAll(ctx, { partition: outboxKeys.customer(customerId), prefix: ['EVT'] }, { consistent: true })
  return (items as unknown as OutboxItem[]).filter((event) => event.name === name)
}
