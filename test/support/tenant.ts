import { randomUUID } from 'node:crypto'
import { actorOf } from '../../domain/identity/index.ts'
import type { Role } from '../../domain/identity/permissions.ts'
import { createTenant } from '../../domain/identity/tenant/change-tenant.ts'
import type { Tenant } from '../../domain/identity/tenant/tenant.ts'
import { createUser } from '../../domain/identity/user/change-user.ts'
import type { User } from '../../domain/identity/user/user.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { type Abilities, bareContext, tenantContext } from '../../functions/runtime.ts'

export interface TestTenant {
  id: string
  tenant: Tenant
  admin: User
  /** A context in which that user acts. */
  as(user: User, abilities?: Abilities): Promise<Context>
  /** A new user with one role. */
  user(role: Role, more?: { managerId?: string; name?: string; locale?: 'zh-CN' | 'en' }): Promise<User>
}

/** A tenant of the test's own, so that all tests run side by side on one table. */
export async function newTenant(settings: Record<string, unknown> = {}): Promise<TestTenant> {
  const id = `test-${randomUUID()}`
  const { tenant, admin } = await createTenant(bareContext(id), {
    settings: { name: 'Test Trading', ...settings },
    admin: { name: 'Ada Admin', email: 'admin@test.example', roles: ['admin'] },
  })
  const as = (user: User, abilities?: Abilities) => tenantContext(id, actorOf(user), undefined, abilities)
  const user = async (role: Role, more: { managerId?: string; name?: string; locale?: 'zh-CN' | 'en' } = {}) =>
    createUser(await as(admin), { name: `${role} user`, email: `${role}-${randomUUID().slice(0, 8)}@test.example`, roles: [role], ...more })
  return { id, tenant, admin, as, user }
}
