import { expect, test } from 'vitest'
import { dueRange, inRange } from '../../../domain/parties/due-range.ts'

const keys = ['2026-11-20#b', '2026-11-21#a', '2026-11-21#z', '2026-11-22#a']
const within = (dueOn: Record<string, string>) => keys.filter((key) => inRange(key, dueRange({ dueOn })))

test('each operator takes whole days, and several narrow each other', () => {
  expect(within({})).toEqual(keys)
  expect(within({ eq: '2026-11-21' })).toEqual(keys.slice(1, 3))
  expect(within({ lt: '2026-11-21' })).toEqual(keys.slice(0, 1))
  expect(within({ lte: '2026-11-21' })).toEqual(keys.slice(0, 3))
  expect(within({ gt: '2026-11-21' })).toEqual(keys.slice(3))
  expect(within({ gte: '2026-11-21' })).toEqual(keys.slice(1))
  expect(within({ between: '2026-11-21,2026-11-22' })).toEqual(keys.slice(1))
  expect(within({ lte: '2026-11-21', lt: '2026-11-21' })).toEqual(keys.slice(0, 1))
  expect(within({ lt: '2026-11-22', lte: '2026-11-20' })).toEqual(keys.slice(0, 1))
  expect(within({ gte: '2026-11-20', gt: '2026-11-20', lt: '2026-11-22' })).toEqual(keys.slice(1, 3))
  expect(within({ gt: '2026-11-21', lt: '2026-11-21' })).toEqual([])
})

test('what is no day is refused with the form it wants', () => {
  for (const dueOn of [
    { eq: '' },
    { eq: '2026-02-30' },
    { lt: '2026-11-21T00:00:00Z' },
    { between: '2026-11-21' },
    { gte: '2026-11-20,2026-11-21' },
  ])
    expect(() => dueRange({ dueOn })).toThrow(/filter\[dueOn\] wants/)
})
