import { describe, expect, test } from 'vitest'
import { Problem, StaleWrite } from '../../domain/kernel/errors.ts'
import { bothConditions, holds } from '../../domain/store/condition.ts'

const item = { a: 1, b: 'x', version: 3 }
const judged = (condition: string) =>
  holds({ condition, names: { '#b': 'b' }, values: { ':one': 1, ':two': 2, ':x': 'x', ':three': 3 } }, item)

test.each([
  ['a = :one', true],
  ['a <> :one', false],
  ['a < :two AND a <= :one', true],
  ['a > :one OR version >= :three', true],
  ['(a = :two OR #b = :x) AND NOT version = :two', true],
  ['attribute_exists(a) AND attribute_not_exists(gone)', true],
  ['gone = :one', false],
  ['a = :gone', false],
])('%s is %s of an item that is staged', (condition, verdict) => {
  expect(judged(condition)).toBe(verdict)
})

test.each(['a = "1"', 'begins_with(b, :x)'])('%s cannot be judged, and is not guessed', (condition) => {
  expect(() => judged(condition)).toThrow(/^condition: cannot/)
})

describe('two conditions of one item', () => {
  const problem = (code: string) => () => new Problem('conflict', code, code)
  const version = { condition: '#v = :v', names: { '#v': 'version' }, values: { ':v': 3 }, onFail: problem('version') }
  const limit = { condition: '#v < :v', names: { '#v': 'a' }, values: { ':v': 2 }, onFail: problem('limit') }

  test('are one that wants both, and fails as the one that does not hold', () => {
    const both = bothConditions(version, limit)

    expect(holds(both, item)).toBe(true)
    expect([holds(both, { ...item, a: 2 }), holds(both, { ...item, version: 4 })]).toEqual([false, false])
    expect([both.onFail!({ ...item, a: 2 }), both.onFail!({ ...item, version: 4 })]).toMatchObject([{ code: 'limit' }, { code: 'version' }])
  })

  test('without words of their own fail as a write that came too late', () => {
    const both = bothConditions({ condition: 'attribute_exists(a)' }, { condition: 'attribute_exists(b)' })

    expect(both).not.toHaveProperty('names')
    expect(both.onFail!({})).toBeInstanceOf(StaleWrite)
  })

  test('that are the same, or of which one wants nothing, are the other', () => {
    expect(bothConditions(version, { ...version, onFail: problem('again') })).toEqual(version)
    expect(bothConditions({}, limit)).toEqual(limit)
    expect(bothConditions(limit, {})).toEqual(limit)
  })
})
