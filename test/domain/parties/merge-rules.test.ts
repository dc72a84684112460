import { expect, test } from 'vitest'
import type { Customer } from '../../../domain/parties/customer/customer.ts'
import { separated } from '../../../domain/parties/merge/separated.ts'
import { united } from '../../../domain/parties/merge/united.ts'

const at = '2026-11-21T00:00:00.000Z'
const base = { version: 1, createdAt: at, createdBy: 'usr_1', updatedAt: at }
const customer = (id: string, more: Partial<Customer>): Customer => ({ ...base, id, name: id, ...more }) as Customer
const options = { choices: {}, at, sees: () => true }

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, reversed(inner)] as const)
  return Object.fromEntries(entries.reverse())
}

test('equal values are no conflict and stand in a list once, in whatever order the table answers their fields', () => {
  const address = { kind: 'office', city: '上海', line: '南京路 1' } as const
  const billing = { title: '明辉', bank: 'ICBC' }
  const survivor = customer('a', { addresses: [address], billing })
  const duplicate = reversed(customer('b', { addresses: [address], billing })) as Customer

  const result = united(survivor, duplicate, options)

  expect(result.conflicts.map(({ field }) => field)).toEqual(['name'])
  expect(result.customer.addresses).toEqual([address])
})

test('what a merge changed is taken back, in whatever order the table answers its fields', () => {
  const survivor = customer('a', { ownerId: 'usr_1' })
  const duplicate = customer('b', {
    ownerId: 'usr_2',
    billing: { title: '明辉', bank: 'ICBC' },
    addresses: [{ kind: 'office', city: '上海' }],
  })
  const merged = united(survivor, duplicate, { ...options, choices: { ownerId: 'duplicate' } }).customer

  const parts = separated({ survivor, duplicate, merged }, reversed(merged) as Customer)

  expect(parts.survivor).toEqual(survivor)
  expect(parts.errors).toEqual([])
})

test('a survivor in the pool goes to the owner of the duplicate, without the team it once had', () => {
  const pooled = { since: at, how: 'released', by: 'usr_1', from: 'usr_1' } as const
  const survivor = customer('a', {
    pooled,
    teamMembers: [{ userId: 'usr_3', access: 'read' }],
    formerOwners: [{ userId: 'usr_1', until: at }],
  })
  const duplicate = customer('b', { ownerId: 'usr_2', ownedSince: at })

  const { customer: result } = united(survivor, duplicate, options)

  expect(result).toMatchObject({ ownerId: 'usr_2', ownedSince: at, formerOwners: [{ userId: 'usr_1', until: at }] })
  expect([result.pooled, result.teamMembers]).toEqual([undefined, undefined])
})

test('whoever loses a customer by a merge has had it until then, whichever of the two owners stands', () => {
  const survivor = customer('a', { ownerId: 'usr_1', ownedSince: at })
  const duplicate = customer('b', {
    ownerId: 'usr_2',
    ownedSince: at,
    formerOwners: [{ userId: 'usr_1', until: '2026-01-01T00:00:00.000Z' }],
  })

  const own = united(survivor, duplicate, options).customer
  const theirs = united(survivor, duplicate, { ...options, choices: { ownerId: 'duplicate' } }).customer

  expect(own.formerOwners).toContainEqual({ userId: 'usr_2', until: at })
  expect(theirs.formerOwners).toEqual([{ userId: 'usr_1', until: at }])
})

test('who opted out of mail on either has opted out of both, and still has when they come apart', () => {
  const survivor = customer('a', { marketing: { consent: { at, source: 'fair' } } })
  const duplicate = customer('b', { marketing: { optedOut: true } })
  const merged = united(survivor, duplicate, options).customer
  const later = united(survivor, customer('b', {}), options).customer

  const parts = separated({ survivor, duplicate: customer('b', {}), merged: later }, { ...later, marketing: { optedOut: true } })

  expect(merged.marketing).toEqual({ consent: { at, source: 'fair' }, optedOut: true })
  expect([parts.survivor.marketing?.optedOut, parts.duplicate.marketing?.optedOut]).toEqual([true, true])
})
