import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstIdAt, idOf, isId, newId, partitionOf } from '../../../domain/kernel/ids.ts'

const instants = fc
  .date({ min: new Date('1970-01-02'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())

describe('an id', () => {
  test('is well-formed and of its kind', () => {
    fc.assert(
      fc.property(fc.constantFrom('cus', 'con', 'evt'), instants, (prefix, at) => {
        const id = newId(prefix, at)

        expect(isId(prefix, id)).toBe(true)
        expect(idOf(prefix).safeParse(id).success).toBe(true)
        expect(isId('usr', id)).toBe(false)
      }),
    )
  })

  test('of a later moment sorts behind one of an earlier', () => {
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a]
        fc.pre(early !== late)

        expect(newId('cus', early) < newId('cus', late)).toBe(true)
        expect(firstIdAt('cus', late) > newId('cus', early)).toBe(true)
        expect(firstIdAt('cus', late) <= newId('cus', late)).toBe(true)
      }),
    )
  })

  test('of a thing of a customer carries its partition, and several of one moment keep their order', () => {
    const at = '2026-11-21T08:00:00.000Z'
    const customer = newId('cus', at)

    const things = Array.from({ length: 500 }, () => newId('con', at, customer))
    const grandchild = newId('fil', at, things[0]!)

    expect(new Set(things.map(partitionOf))).toEqual(new Set([partitionOf(customer)]))
    expect(partitionOf(grandchild)).toBe(partitionOf(customer))
    expect([...things].sort()).toEqual(things)
    expect(new Set(things).size).toBe(500)
  })

  test('is nobody else’s, nor its partition', () => {
    const ids = Array.from({ length: 20_000 }, () => newId('cus', '2026-11-21T08:00:00.000Z'))

    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(ids.map(partitionOf)).size).toBe(ids.length)
  })

  test.each([
    '',
    'cus_',
    'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V',
    'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V34',
    'cus_81JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2VI',
    'CUS_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3\n',
    ' cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V#',
  ])('%j is none', (text) => {
    expect(isId('cus', text)).toBe(false)
    expect(idOf('cus').safeParse(text).success).toBe(false)
  })
})
