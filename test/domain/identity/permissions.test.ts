import { expect, test } from 'vitest'
import { allowed, permissions, permissionsOf, type Role, roles, scopeOf } from '../../../domain/identity/permissions.ts'
import type { Actor } from '../../../domain/kernel/context.ts'

const actor = (held: string[], more: Partial<Actor> = {}): Actor => ({
  kind: 'user',
  id: 'usr_1',
  userId: 'usr_1',
  roles: held,
  scopes: null,
  ...more,
})
const mayAll = (role: Role, wanted: string[]) => wanted.every((permission) => permissionsOf(role).has(permission as never))

test('only an admin may change people, keys and settings, and read the audit trail', () => {
  for (const permission of ['users.write', 'api-keys.read', 'api-keys.write', 'tenant.write', 'events.read'] as const)
    expect(roles.filter((role) => permissionsOf(role).has(permission))).toEqual(['admin'])
})

test('those who work with customers may write them, the others may not', () => {
  const writers = roles.filter((role) => mayAll(role, ['customers.write']))

  expect(writers).toEqual(['admin', 'manager', 'rep', 'assistant', 'finance'])
  expect(roles.filter((role) => mayAll(role, ['customers.assign']))).toEqual(['admin', 'manager'])
  expect(mayAll('viewer', ['customers.read', 'contacts.read'])).toBe(true)
  expect([...permissionsOf('viewer')].filter((permission) => permission.endsWith('.write'))).toEqual([])
})

test('several roles add up, in permissions and in how far they see', () => {
  expect(scopeOf(actor(['rep']))).toBe('own')
  expect(scopeOf(actor(['rep', 'manager']))).toBe('team')
  expect(scopeOf(actor(['manager', 'finance', 'rep']))).toBe('all')
  expect(allowed(actor(['viewer', 'rep']), 'customers.write')).toBe(true)
})

test('an unknown role, or none, gives nothing and sees nothing of others', () => {
  for (const held of [[], ['owner'], ['__proto__'], ['constructor']]) {
    expect(permissions.filter((permission) => allowed(actor(held), permission))).toEqual([])
    expect(scopeOf(actor(held))).toBe('own')
  }
})

test('scopes of a key take away and never give', () => {
  const key = actor(['rep'], { kind: 'key', scopes: ['customers.read', 'users.write'] })

  expect(permissions.filter((permission) => allowed(key, permission))).toEqual(['customers.read'])
})
