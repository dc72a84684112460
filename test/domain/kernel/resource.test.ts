import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { changedFields, compact, mergePatch } from '../../../domain/kernel/merge-patch.ts'
import { fieldErrors, parseInput, pointerTo } from '../../../domain/kernel/parse-input.ts'
import { shapesOf } from '../../../domain/kernel/resource.ts'
import { PaymentTerms } from '../../../domain/parties/customer/payment-terms.ts'

const shapes = shapesOf('Sample', z.string(), { name: z.string(), tags: z.array(z.string()), level: z.enum(['a', 'b']) }, ['name'], {
  size: z.int(),
})

describe('the shapes of a noun', () => {
  test('create wants what is required, takes null for the rest, and nothing unknown', () => {
    expect(shapes.create.safeParse({ name: 'x', level: null }).success).toBe(true)
    expect(shapes.create.safeParse({ level: 'a' }).success).toBe(false)
    expect(shapes.create.safeParse({ name: 'x', size: 1 }).success).toBe(false)
  })

  test('patch wants nothing, and takes null only where a value may be missing', () => {
    expect(shapes.patch.safeParse({}).success).toBe(true)
    expect(shapes.patch.safeParse({ level: null, externalId: null }).success).toBe(true)
    expect(shapes.patch.safeParse({ name: null }).success).toBe(false)
  })

  test('resource shows every field: null or an empty list where nothing is set, and nothing that is not its own', () => {
    const stored = {
      id: 'x',
      name: 'n',
      size: 1,
      version: 1,
      createdAt: '2026-11-21T00:00:00Z',
      createdBy: 'u',
      updatedAt: '2026-11-21T00:00:00Z',
      secret: 's',
    }

    const shown = shapes.resource.parse(stored)

    expect(shown).toMatchObject({ name: 'n', tags: [], level: null, externalId: null, size: 1 })
    expect(shown).not.toHaveProperty('secret')
  })
})

describe('merge patch', () => {
  const Any = z.any()
  const merge = (target: object, changes: object) => mergePatch(Any, target, changes)

  // The examples of RFC 7396, appendix A, between objects.
  test.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (target, changes, merged) => {
    expect(merge(target, changes)).toEqual(merged)
  })

  test('changes nothing when it changes nothing, and twice what it changes once', () => {
    const values = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof(fc.integer(), fc.constant(null), fc.dictionary(fc.constantFrom('x', 'y'), fc.integer())),
    )

    fc.assert(
      fc.property(values, values, (target, changes) => {
        const once = merge(target, changes)

        expect(merge(target, {})).toEqual(target)
        expect(merge(once, changes)).toEqual(once)
        for (const [key, value] of Object.entries(changes)) if (value === null) expect(once).not.toHaveProperty(key)
      }),
    )
  })

  test('leaves what it was given as it was', () => {
    const target = { a: { b: 1 } }
    merge(target, { a: { b: 2, c: 3 } })

    expect(target).toEqual({ a: { b: 1 } })
  })

  test('a value of another kind takes the place of the old one, one of the same kind is merged', () => {
    const Record = z.object({ terms: PaymentTerms.optional() })
    const days = { terms: { kind: 'days', from: 'shipment', days: 30 } }

    expect(mergePatch(Record, days, { terms: { kind: 'prepaid' } })).toEqual({ terms: { kind: 'prepaid' } })
    expect(mergePatch(Record, days, { terms: { kind: 'days', days: 60 } })).toEqual({ terms: { kind: 'days', from: 'shipment', days: 60 } })
  })

  test('is refused when the whole no longer fits', () => {
    const Record = z
      .strictObject({ from: z.int(), to: z.int() })
      .refine(({ from, to }) => from <= to, { path: ['to'], error: 'must not be before from' })

    expect(() => mergePatch(Record, { from: 1, to: 2 }, { from: 3 })).toThrow(
      expect.objectContaining({ kind: 'invalid', more: { errors: [expect.objectContaining({ pointer: '/to' })] } }),
    )
  })
})

describe('faults of an input', () => {
  const Nested = z.strictObject({ 'a/b': z.strictObject({ 'c~d': z.array(z.int()) }) })
  const faults = (value: unknown) => fieldErrors(Nested.safeParse(value).error!)

  test('have their place as a JSON pointer', () => {
    expect(faults({ 'a/b': { 'c~d': [1, 'x'] } })).toMatchObject([{ pointer: '/a~1b/c~0d/1', code: 'invalid-type' }])
    expect(faults({})).toMatchObject([{ pointer: '/a~1b', code: 'required' }])
    expect(faults({ 'a/b': { 'c~d': [], x: 1, y: 2 } }).map(({ pointer }) => pointer)).toEqual(['/a~1b/x', '/a~1b/y'])
    expect(faults('text')).toMatchObject([{ pointer: '', code: 'invalid-type' }])
    expect(pointerTo(['a', 0, 'b'])).toBe('/a/0/b')
  })

  test('are one problem that names the first', () => {
    expect(() => parseInput(Nested, {})).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'input.invalid', message: '/a~1b: This is required.' }),
    )
  })
})

test('the fields that changed are told by name, without what changes always', () => {
  const before = { name: 'a', tags: ['x'], version: 1, updatedAt: 'm', level: 'a' }

  expect(changedFields(before, { name: 'a', tags: ['y'], version: 2, updatedAt: 'n', owner: 'o' })).toEqual(['level', 'owner', 'tags'])
  expect(changedFields(before, { ...before, version: 9 })).toEqual([])
})

test('what is not set is left out', () => {
  expect(compact({ a: null, b: undefined, c: 0, d: '', e: false, f: [] })).toEqual({ c: 0, d: '', e: false, f: [] })
})

test('the same in another order of its fields is no change: DynamoDB keeps no order in a map', () => {
  const stored = { addresses: [{ kind: 'office', city: '宁波', line: 'x' }], billing: { title: 't', bank: 'b' } }
  const sent = { addresses: [{ city: '宁波', line: 'x', kind: 'office' }], billing: { bank: 'b', title: 't' } }

  expect(changedFields(stored, sent)).toEqual([])
  expect(changedFields(stored, { ...sent, billing: { bank: 'b', title: 'u' } })).toEqual(['billing'])
})

test('the order of a list counts', () => {
  expect(changedFields({ tags: ['a', 'b'] }, { tags: ['b', 'a'] })).toEqual(['tags'])
})
