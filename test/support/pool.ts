import { randomUUID } from 'node:crypto'
import { changeTenant } from '../../domain/identity/tenant/change-tenant.ts'
import type { PoolRules } from '../../domain/identity/tenant/pool-rules.ts'
import type { User } from '../../domain/identity/user/user.ts'
import { readCount } from '../../domain/store/count.ts'
import { firmName, firmPhone } from './firm-names.ts'
import { partiesAs } from './parties.ts'
import { newTenant, type TestTenant } from './tenant.ts'

/** A tenant with rules of the pool. */
export async function tenantWithPool(poolRules: PoolRules = {}): Promise<TestTenant> {
  const tenant = await newTenant()
  await setPoolRules(tenant, poolRules)
  return tenant
}

export const setPoolRules = async (tenant: TestTenant, poolRules: PoolRules): Promise<unknown> =>
  changeTenant(await tenant.as(tenant.admin), { changes: { poolRules } })

/** A customer in the pool with contact data, put there by the admin. */
export async function pooledCustomer(tenant: TestTenant, more: Record<string, unknown> = {}): Promise<{ id: string }> {
  const body = { name: firmName(), ownerId: null, phones: [firmPhone()], email: `info-${randomUUID()}@qq.com`, ...more }
  const created = await partiesAs(tenant, tenant.admin)('/v1/customers', { body })
  if (created.status !== 201) throw new Error(`creating a customer answered ${created.status}: ${JSON.stringify(created.body)}`)
  return created.body
}

export const claim = (tenant: TestTenant, user: User, id: string) =>
  partiesAs(tenant, user)(`/v1/customers/${id}/claim`, { method: 'POST' })

export const release = (tenant: TestTenant, user: User, id: string, more: Record<string, unknown> = {}) =>
  partiesAs(tenant, user)(`/v1/customers/${id}/release`, { body: { reason: '半年没有需求', ...more } })

/** What the counter beside the records says; what is really owned is counted through the list. */
export const ownedBy = async (tenant: TestTenant, user: User): Promise<{ counted: number; listed: number }> => {
  const counted = await readCount(await tenant.as(tenant.admin), { name: 'owned', of: user.id })
  const { body } = await partiesAs(tenant, tenant.admin)(`/v1/customers?limit=100&filter[ownerId]=${user.id}`)
  return { counted, listed: body.data.filter((customer: { ownerId: string }) => customer.ownerId === user.id).length }
}
