import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { managersAbove, requireNoCircle, teamOf, type User } from '../../../domain/identity/user/user.ts'

const people = (managers: Record<string, string | undefined>) =>
  Object.entries(managers).map(([id, managerId]) => ({ id, ...(managerId ? { managerId } : {}) })) as User[]

test('a team is everybody below and oneself', () => {
  const firm = people({ boss: undefined, lead: 'boss', rep: 'lead', other: 'boss' })

  expect([...teamOf(firm, 'boss')].sort()).toEqual(['boss', 'lead', 'other', 'rep'])
  expect([...teamOf(firm, 'lead')].sort()).toEqual(['lead', 'rep'])
  expect([...teamOf(firm, 'rep')]).toEqual(['rep'])
  expect([...teamOf(firm, 'stranger')]).toEqual(['stranger'])
})

test('the line of managers goes up to the top', () => {
  const firm = people({ boss: undefined, lead: 'boss', rep: 'lead' })

  expect(managersAbove(firm, 'rep').map((user) => user.id)).toEqual(['rep', 'lead', 'boss'])
  expect(managersAbove(firm, 'stranger')).toEqual([])
})

test('whatever the managers are, circles included, every walk ends, and being below is being under the line', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const anyFirm = fc.array(fc.option(fc.constantFrom(...names), { nil: undefined }), { minLength: names.length, maxLength: names.length })

  fc.assert(
    fc.property(anyFirm, fc.constantFrom(...names), fc.constantFrom(...names), (managers, below, above) => {
      const firm = people(Object.fromEntries(names.map((name, i) => [name, managers[i]])))

      const line = managersAbove(firm, below).map((user) => user.id)

      expect(teamOf(firm, above).has(below)).toBe(line.includes(above))
    }),
  )
})

test('a manager from below would make a circle', () => {
  const firm = people({ boss: undefined, lead: 'boss', rep: 'lead' })

  expect(() => requireNoCircle(firm, 'boss', 'rep')).toThrow('circle')
  expect(() => requireNoCircle(firm, 'boss', 'boss')).toThrow('circle')
  expect(() => requireNoCircle(firm, 'rep', 'boss')).not.toThrow()
})
