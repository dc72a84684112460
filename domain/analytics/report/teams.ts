import type { User } from '../../identity/index.ts'

/**
 * Whose team somebody is in: that of who leads people, who stands in it too, else that of the manager. null for nobody, and for
 * who has neither.
 */
export function teamLeads(users: readonly Pick<User, 'id' | 'managerId'>[]): (userId: string | null) => string | null {
  const managerOf = new Map(users.map(({ id, managerId }) => [id, managerId ?? null]))
  const leads = new Set(managerOf.values())
  return (userId) => {
    if (userId === null) return null
    return leads.has(userId) ? userId : (managerOf.get(userId) ?? null)
  }
}
