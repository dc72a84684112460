import { createTenant } from '../domain/identity/tenant/change-tenant.ts'
import { listUsers } from '../domain/identity/user/list-users.ts'
import type { User } from '../domain/identity/user/user.ts'
import { notFound } from '../domain/kernel/errors.ts'
import { newId } from '../domain/kernel/ids.ts'
import { bareContext, tenantContext } from '../functions/runtime.ts'
import type { TokenSubject } from './tokens.ts'

/** What the operator of one machine does by hand: look people up and open tenants. */
export interface LocalIdentity {
  /** Who a token is for; 404 for an unknown tenant or e-mail address. */
  subject(tenantId: string, email: string): Promise<TokenSubject>
  createTenant(settings: {
    name: string
    timeZone?: string | undefined
    currency?: string | undefined
  }): Promise<{ subject: TokenSubject; adminEmail: string }>
}

const adminEmail = 'admin@guanxi.example'

export const localIdentity: LocalIdentity = {
  async subject(tenantId, email) {
    const ctx = await tenantContext(tenantId)
    const page = await listUsers(ctx, { limit: 1, cursor: undefined, sort: 'createdAt', filter: { email: { eq: email } } })
    const user = page.data[0]
    if (!user) throw notFound('user', '/email')
    return subjectOf(tenantId, user)
  },
  async createTenant(settings) {
    const tenantId = newId('ten', new Date().toISOString())
    const { admin } = await createTenant(bareContext(tenantId), { settings, admin: { name: 'Admin', email: adminEmail, roles: ['admin'] } })
    return { subject: subjectOf(tenantId, admin), adminEmail }
  },
}

const subjectOf = (tenantId: string, user: User): TokenSubject => ({ tenantId, userId: user.id, epoch: user.tokenEpoch })
