import type { Role } from '../../domain/identity/index.ts'
import { createTenant } from '../../domain/identity/tenant/change-tenant.ts'
import { findTenant } from '../../domain/identity/tenant/read-tenant.ts'
import { createUser } from '../../domain/identity/user/change-user.ts'
import { bareContext } from '../../functions/runtime.ts'

export const demoTenant = 'demo'

/** One person per role; the rep and the assistant work for the manager. */
export const demoPeople: { role: Role; name: string }[] = [
  { role: 'admin', name: '安敏' },
  { role: 'manager', name: '马莉' },
  { role: 'rep', name: '任强' },
  { role: 'assistant', name: '朱丽' },
  { role: 'finance', name: '方芳' },
  { role: 'purchasing', name: '蔡勇' },
  { role: 'marketer', name: '石磊' },
  { role: 'service', name: '付欣' },
  { role: 'viewer', name: '冯刚' },
]

export const demoEmail = (role: Role): string => `${role}@demo.example`

/** Makes the demo tenant with its people unless it is there. */
export async function ensureDemoTenant(): Promise<void> {
  const ctx = bareContext(demoTenant)
  if (await findTenant(ctx)) return
  const [admin, ...others] = demoPeople.map(({ role, name }) => ({ name, email: demoEmail(role), roles: [role] }))
  await createTenant(ctx, { settings: { name: '关系贸易有限公司', sender: { name: '关系贸易' } }, admin: admin! })
  let managerId: string | undefined
  for (const person of others) {
    const [role] = person.roles
    const reports = role === 'rep' || role === 'assistant'
    const { id } = await createUser(ctx, { ...person, ...(reports && managerId ? { managerId } : {}) })
    if (role === 'manager') managerId = id
  }
}
