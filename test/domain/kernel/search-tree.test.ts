import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkTree } from '../../../domain/kernel/check-tree.ts'
import type { Problem } from '../../../domain/kernel/errors.ts'
import { absent, listAt, packed, partOf, textAt, unpacked } from '../../../domain/kernel/packed.ts'
import { type Catalogue, comparable } from '../../../domain/kernel/search-fields.ts'
import { hidden, judgeRows, type Lookup, type Seen } from '../../../domain/kernel/search-judge.ts'
import { maybe, no, required, type Tree, type Truth, unknown, Where, yes } from '../../../domain/kernel/search-tree.ts'

const levels = ['big', 'middle', 'small']
const catalogue: Catalogue = {
  name: { kind: 'text' },
  tags: { kind: 'texts' },
  phones: { kind: 'phones' },
  level: { kind: 'option', options: levels },
  poor: { kind: 'flag' },
  count: { kind: 'number' },
  on: { kind: 'date' },
  at: { kind: 'instant' },
  ownerId: { kind: 'id' },
}
const at = { me: 'usr_me', today: '2026-11-21', timeZone: 'Asia/Shanghai' }

type Row = Record<string, unknown>
const lookup: Lookup<Row> = (field) => (row) =>
  row[field] === absent || row[field] === hidden ? (row[field] as Seen) : comparable(catalogue[field]!, row[field])
const judge = (tree: Tree, row: Row): Truth => judgeRows(checkTree(catalogue, tree, at), lookup)(row)
const refused = (tree: unknown): Problem => {
  try {
    checkTree(catalogue, tree as Tree, at)
  } catch (error) {
    return error as Problem
  }
  throw new Error('was taken')
}

const leaf = fc.oneof(
  fc.record({
    field: fc.constant('count'),
    op: fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte'),
    value: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({ field: fc.constant('level'), op: fc.constantFrom('eq', 'ne'), value: fc.constantFrom(...levels) }),
  fc.record({ field: fc.constant('tags'), op: fc.constant('contains'), value: fc.constantFrom('a', 'b') }),
  fc.record({ field: fc.constantFrom('count', 'level', 'tags'), op: fc.constant('isNull'), value: fc.boolean() }),
) as fc.Arbitrary<Tree>
const { tree } = fc.letrec<{ tree: Tree; node: Tree }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4, depthSize: 'small' }, leaf, tie('node')),
  node: fc.oneof(
    fc.record({ and: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
}))
const row: fc.Arbitrary<Row> = fc.record(
  { count: fc.integer({ min: 0, max: 3 }), level: fc.constantFrom(...levels), tags: fc.subarray(['a', 'b']) },
  { requiredKeys: [] },
)

/** What a tree means, said as plainly as can be: true, false, or null for unknown. */
// biome-ignore lint/suspicious/noExplicitAny: an oracle takes trees apart without types
function meant(node: any, of: any): boolean | null {
  if (node.not) {
    const inner = meant(node.not, of)
    return inner === null ? null : !inner
  }
  for (const [join, decides] of [
    ['and', false],
    ['or', true],
  ] as const)
    if (node[join]) {
      const all = node[join].map((inner: unknown) => meant(inner, of))
      return all.includes(decides) ? decides : all.includes(null) ? null : !decides
    }
  const value = of[node.field]?.length === 0 ? undefined : of[node.field]
  const isEmptyList = value === undefined && node.field === 'tags'
  if (node.op === 'isNull') return (value === undefined) === node.value
  if (isEmptyList) return false
  if (value === undefined) return null
  if (node.op === 'contains') return value.includes(node.value)
  if (node.op === 'eq') return value === node.value
  if (node.op === 'ne') return value !== node.value
  if (node.op === 'lt') return value < node.value
  if (node.op === 'lte') return value <= node.value
  return node.op === 'gt' ? value > node.value : value >= node.value
}

describe('a tree', () => {
  test('says of every record what it says in plain words', () => {
    fc.assert(
      fc.property(tree, row, (where, one) => {
        const plain = meant(where, one)

        expect(judge(where, one)).toBe(plain === null ? unknown : plain ? yes : no)
      }),
      { numRuns: 2000 },
    )
  })

  test('keeps to De Morgan, and not-not changes nothing', () => {
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 3 }), row, (trees, one) => {
        expect(judge({ not: { and: trees } }, one)).toBe(judge({ or: trees.map((inner) => ({ not: inner })) }, one))
        expect(judge({ not: { or: trees } }, one)).toBe(judge({ and: trees.map((inner) => ({ not: inner })) }, one))
        expect(judge({ not: { not: trees[0]! } }, one)).toBe(judge(trees[0]!, one))
      }),
      { numRuns: 1000 },
    )
  })

  test('says of a projection nothing that the whole record denies', () => {
    fc.assert(
      fc.property(tree, row, fc.subarray(['count', 'level', 'tags']), (where, one, missing) => {
        const projected = { ...one, ...Object.fromEntries(missing.map((field) => [field, absent])) }
        const guess = judge(where, projected)

        expect(guess & judge(where, one)).toBeGreaterThan(0)
      }),
      { numRuns: 2000 },
    )
  })

  test('is no match where one part is unknown, whatever a projection leaves open', () => {
    const where: Tree = {
      and: [
        { field: 'count', op: 'eq', value: 1 },
        { field: 'level', op: 'eq', value: 'big' },
      ],
    }

    expect(judge(where, { count: absent }) & yes).toBe(0)
    expect(judge(where, { count: absent, level: 'big' })).toBe(maybe)
  })

  test('needs all the leaves that are required', () => {
    fc.assert(
      fc.property(tree, row, (where, one) => {
        const checked = checkTree(catalogue, where, at)
        const leaves = required(checked).map((must) => judgeRows({ leaf: must }, lookup)(one))

        if (judge(where, one) === yes) expect(leaves.every((truth) => truth === yes)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('never matches by what is hidden, negated or asked for as unset', () => {
    for (const where of [
      { field: 'name', op: 'eq', value: 'x' },
      { not: { field: 'name', op: 'eq', value: 'x' } },
      { field: 'name', op: 'isNull', value: true },
      { not: { field: 'name', op: 'isNull', value: true } },
    ] as Tree[])
      expect(judge(where, { name: hidden })).toBe(unknown)
  })
})

describe('a comparison', () => {
  const cases: [string, Tree, Row, Truth][] = [
    ['text without case and width', { field: 'name', op: 'eq', value: 'acme ｇｍｂｈ' }, { name: 'ACME GmbH' }, yes],
    ['a part of a text', { field: 'name', op: 'contains', value: '明辉' }, { name: '上海明辉' }, yes],
    ['the beginning of a text', { field: 'name', op: 'prefix', value: '明辉' }, { name: '上海明辉' }, no],
    ['an entry of a list, whole', { field: 'tags', op: 'contains', value: 'fai' }, { tags: ['fair'] }, no],
    ['one of several', { field: 'tags', op: 'in', value: ['x', 'FAIR'] }, { tags: ['fair'] }, yes],
    ['the digits of a number', { field: 'phones', op: 'contains', value: '6543-2100' }, { phones: ['021 6543 2100'] }, yes],
    ['a day within both ends', { field: 'on', op: 'between', value: ['2026-11-01', '2026-11-21'] }, { on: '2026-11-21' }, yes],
    ['an instant up to the end', { field: 'at', op: 'between', value: ['today-1', 'today'] }, { at: '2026-11-20T16:00:00.000Z' }, no],
    ['today in the zone of the firm', { field: 'at', op: 'gte', value: 'today' }, { at: '2026-11-20T16:00:00.000Z' }, yes],
    ['days from today', { field: 'on', op: 'eq', value: 'today+7' }, { on: '2026-11-28' }, yes],
    ['the caller', { field: 'ownerId', op: 'eq', value: 'me' }, { ownerId: 'usr_me' }, yes],
    ['a number sent as text', { field: 'count', op: 'gt', value: '1.5' }, { count: 2 }, yes],
    ['another value, where none is set', { field: 'level', op: 'ne', value: 'big' }, {}, unknown],
    ['nothing of an empty list', { field: 'tags', op: 'contains', value: 'fair' }, {}, no],
    ['whoever lacks an entry, also without any', { not: { field: 'tags', op: 'in', value: ['fair'] } }, { tags: [] }, yes],
    ['a list that is empty', { field: 'tags', op: 'isNull', value: true }, { tags: [] }, yes],
  ]

  test.each(cases)('takes %s', (_, where, of, truth) => {
    expect(judge(where, of)).toBe(truth)
  })
})

describe('what does not fit', () => {
  const cases: [string, unknown, string, string, string][] = [
    ['a field that there is not', { field: 'colour', op: 'eq', value: 1 }, '/where/field', 'search.unknown-field', 'level, poor'],
    ['a field of every object', { field: 'toString', op: 'eq', value: 1 }, '/where/field', 'search.unknown-field', 'level'],
    [
      'an operator of other kinds',
      { field: 'level', op: 'prefix', value: 'b' },
      '/where/op',
      'search.unknown-operator',
      'eq, ne, in, isNull',
    ],
    [
      'a choice that there is not',
      { field: 'level', op: 'eq', value: 'huge' },
      '/where/value',
      'search.invalid-value',
      'big, middle, small',
    ],
    ['a list where one is wanted', { field: 'level', op: 'eq', value: ['big'] }, '/where/value', 'search.invalid-value', 'one of'],
    ['one where a list is wanted', { field: 'level', op: 'in', value: 'big' }, '/where/value', 'search.invalid-value', 'a list'],
    ['one end of two', { field: 'count', op: 'between', value: [1] }, '/where/value', 'search.invalid-value', 'two'],
    ['text as a number', { field: 'count', op: 'lt', value: 'many' }, '/where/value', 'search.invalid-value', 'number'],
    ['a day that there is not', { field: 'on', op: 'lt', value: '2026-02-30' }, '/where/value', 'search.invalid-value', 'today-30'],
    ['text as yes or no', { field: 'poor', op: 'isNull', value: 'true' }, '/where/value', 'search.invalid-value', 'true (unset)'],
    ['two digits of a number', { field: 'phones', op: 'contains', value: '12' }, '/where/value', 'search.invalid-value', '3 digits'],
    ['nothing', { field: 'name', op: 'contains', value: '' }, '/where/value', 'search.invalid-value', 'text'],
  ]

  test.each(cases)('%s is refused at its place, with what is possible', (_, where, pointer, code, possible) => {
    const { kind, more, message } = refused(where)

    expect({ kind, place: more.errors![0]!.pointer, code: more.errors![0]!.code }).toEqual({ kind: 'invalid', place: pointer, code })
    expect(message).toContain(possible)
  })

  test('the place is told however deep it lies', () => {
    const where = { and: [{ field: 'poor', op: 'eq', value: true }, { or: [{ not: { field: 'level', op: 'eq', value: 7 } }] }] }

    expect(refused(where).more.errors![0]!.pointer).toBe('/where/and/1/or/0/not/value')
  })

  test('what is too deep or too much is refused', () => {
    const one = { field: 'poor', op: 'eq', value: true }
    const deep = Array.from({ length: 8 }).reduce<unknown>((inner) => ({ not: inner }), one)
    const many = { and: Array.from({ length: 3 }, () => ({ or: Array(40).fill(one) })) }

    expect(refused(deep).code).toBe('search.too-deep')
    expect(refused(many).code).toBe('search.too-many-comparisons')
  })

  test.each([[{ or: [] }], [{ and: [] }], [{}], [{ or: [{}] }], [{ and: [], or: [] }], [{ not: null }], [null], [[]]])(
    'a tree that says nothing, %j, is no tree: it would mean everything',
    (where) => {
      expect(Where.safeParse(where).success).toBe(false)
    },
  )
})

test('a packed projection keeps to its room, keeps what it holds, and says what it does not', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((value) => value.replace(/[\u007f-\u0081]/g, ''))
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), fc.integer({ min: 24, max: 200 }), (texts, room) => {
      const all = packed(texts.map(partOf), room)
      const parts = unpacked(all)

      expect(Buffer.byteLength(all)).toBeLessThanOrEqual(room)
      expect(parts).toHaveLength(texts.length)
      for (const [i, one] of texts.entries()) expect([absent, one || undefined]).toContain(textAt(parts, i))
    }),
  )
  expect(listAt(unpacked(packed([partOf(['a', 'b'])], 99)), 0)).toEqual(['a', 'b'])
})
