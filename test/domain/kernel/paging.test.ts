import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Context } from '../../../domain/kernel/context.ts'
import { instantRange } from '../../../domain/kernel/instant-range.ts'
import { binding, checkList, cursorAt, type Filter, positionOf } from '../../../domain/kernel/paging.ts'
import { newSecret, seal, unseal } from '../../../domain/kernel/signing.ts'

const ctxOf = (id: string, signingKey = newSecret()) => ({ tenant: { id, signingKey } }) as Context
const ctx = ctxOf('t1')
const bound = binding(ctx, 'customers', { sort: '-createdAt', filter: { ownerId: { eq: 'usr_1' } } })

describe('a cursor', () => {
  test('brings back any position', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (position) => {
        const well = position.toWellFormed()

        expect(positionOf(ctx, bound, cursorAt(ctx, bound, well))).toBe(well)
      }),
    )
  })

  test('with any change of it is refused', () => {
    const cursor = cursorAt(ctx, bound, 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3')
    const places = fc.integer({ min: 0, max: cursor.length - 1 })

    fc.assert(
      fc.property(places, fc.constantFrom('A', 'z', '0', '-', '_', '.', '#', '\u0000', '关', ''), (place, put) => {
        const changed = `${cursor.slice(0, place)}${put}${cursor.slice(place + 1)}`
        fc.pre(changed !== cursor)

        expect(() => positionOf(ctx, bound, changed)).toThrow(expect.objectContaining({ kind: 'malformed', code: 'cursor.invalid' }))
      }),
      { numRuns: 1000 },
    )
  })

  test('made up, of any text, is refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
        expect(() => positionOf(ctx, bound, text)).toThrow(expect.objectContaining({ code: 'cursor.invalid' }))
      }),
    )
  })

  test('belongs to its tenant, operation, sort and filter', () => {
    const cursor = cursorAt(ctx, bound, 'x')
    const others: [Context, string, string, Filter][] = [
      [ctxOf('t2', ctx.tenant.signingKey), 'customers', '-createdAt', { ownerId: { eq: 'usr_1' } }],
      [ctxOf('t1'), 'customers', '-createdAt', { ownerId: { eq: 'usr_1' } }],
      [ctx, 'contacts', '-createdAt', { ownerId: { eq: 'usr_1' } }],
      [ctx, 'customers', 'createdAt', { ownerId: { eq: 'usr_1' } }],
      [ctx, 'customers', '-createdAt', { ownerId: { eq: 'usr_2' } }],
      [ctx, 'customers', '-createdAt', { ownerId: { in: 'usr_1' } }],
      [ctx, 'customers', '-createdAt', {}],
      [ctx, 'customers', '-createdAt', { ownerId: { eq: 'usr_1' }, at: { gte: 'x' } }],
    ]

    for (const [other, operation, sort, filter] of others)
      expect(() => positionOf(other, binding(other, operation, { sort, filter }), cursor)).toThrow(
        expect.objectContaining({ code: 'cursor.invalid' }),
      )
  })

  test('does not mind the order in which filters are written', () => {
    const one = binding(ctx, 'a', { sort: 's', filter: { x: { gte: '1', lt: '2' }, y: { eq: '3' } } })
    const other = binding(ctx, 'a', { sort: 's', filter: { y: { eq: '3' }, x: { lt: '2', gte: '1' } } })

    expect(one).toBe(other)
  })
})

test('a token of one purpose is none for another', () => {
  const key = newSecret()
  const token = seal(key, 'cursor', 'x')

  expect(unseal(key, 'cursor', token)).toBe('x')
  expect(unseal(key, 'link', token)).toBeUndefined()
  expect(unseal(newSecret(), 'cursor', token)).toBeUndefined()
  for (const text of ['', '.', 'a', 'a.b', `${token}.`, `${token}.x`, `.${token}`]) expect(unseal(key, 'cursor', text)).toBeUndefined()
})

test('a list says what it serves when it is asked for more', () => {
  const spec = { filters: { ownerId: ['eq', 'in'] }, sorts: ['-createdAt'] } as const

  expect(() => checkList(spec, { filter: { ownerId: { eq: 'x' } }, sort: '-createdAt' })).not.toThrow()
  for (const filter of [{ name: { eq: 'x' } }, { ownerId: { gt: 'x' } }, { constructor: { eq: 'x' } }, { ownerId: { toString: 'x' } }])
    expect(() => checkList(spec, { filter: filter as unknown as Filter })).toThrow(
      expect.objectContaining({ code: 'filter.unsupported', message: expect.stringContaining('ownerId (eq, in)') }),
    )
  expect(() => checkList(spec, { filter: {}, sort: 'name' })).toThrow(
    expect.objectContaining({ code: 'sort.unsupported', message: expect.stringContaining('-createdAt') }),
  )
})

describe('a range of instants', () => {
  const range = (filter: Filter) => instantRange(filter, 'at', (instant) => `key ${instant}`)

  test('has the bounds that were asked for, in UTC', () => {
    expect(range({})).toEqual({})
    expect(range({ at: { gte: '2026-11-21T08:00:00+08:00' } })).toEqual({ from: 'key 2026-11-21T00:00:00.000Z' })
    expect(range({ at: { between: '2026-11-21T00:00:00Z,2026-11-22T00:00:00Z' } })).toEqual({
      from: 'key 2026-11-21T00:00:00.000Z',
      to: 'key 2026-11-22T00:00:00.000Z',
    })
  })

  test.each<Filter>([
    { at: { gte: 'yesterday' } },
    { at: { gte: '2026-11-21' } },
    { at: { between: '2026-11-21T00:00:00Z' } },
    { at: { between: '2026-11-21T00:00:00Z,' } },
    { at: { between: '2026-11-21T00:00:00Z,2026-11-22T00:00:00Z', lt: '2026-11-23T00:00:00Z' } },
  ])('%j is none', (filter) => {
    expect(() => range(filter)).toThrow(expect.objectContaining({ kind: 'malformed', code: 'filter.invalid' }))
  })
})

test('a filter takes a hundred values and 4,000 characters', () => {
  const spec = { filters: { ownerId: ['eq', 'in'] }, sorts: ['-createdAt'] } as const
  const check = (ownerId: Filter[string]) => () => checkList(spec, { filter: { ownerId } })

  expect(check({ in: Array(100).fill('x').join() })).not.toThrow()
  expect(check({ eq: 'x'.repeat(4000) })).not.toThrow()
  for (const tooLong of [{ in: Array(101).fill('x').join() }, { eq: 'x'.repeat(4001) }])
    expect(check(tooLong)).toThrow(expect.objectContaining({ kind: 'malformed', code: 'filter.too-long' }))
})
