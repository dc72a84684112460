import type { User } from '../../domain/identity/user/user.ts'
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
