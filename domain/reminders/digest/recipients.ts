import { actorOf, allowed, scopeOf, teamOf, type User } from '../../identity/index.ts'

/** Who may be reminded at all: nobody who was shut out, and nobody who could not open what the mail names. */
export const isRecipient = (user: User): boolean => user.active && allowed(actorOf(user), 'customers.read')

/**
 * The people below, whose late affairs a manager is told of: everybody below by managerId, also who has left, for whoever
 * sees the records of others.
 */
export function peopleBelow(users: readonly User[], manager: User): User[] {
  if (scopeOf(actorOf(manager)) === 'own') return []
  const team = teamOf(users, manager.id)
  return users.filter((user) => user.id !== manager.id && team.has(user.id))
}
