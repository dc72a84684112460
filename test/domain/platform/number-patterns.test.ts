import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countIn, numberOf, periodOf } from '../../../domain/platform/number/number.ts'

test.each([
  ['QT{YYYY}{MM}-{N:4}', '2026-11-21', 7, 'QT202611-0007'],
  ['QT{YYYY}{MM}-{N:4}', '2026-11-21', 12345, 'QT202611-12345'],
  ['{YY}{MM}{DD}{N:3}', '2026-01-02', 1, '260102001'],
  ['报价 {YYYY}/{N}', '2026-11-21', 30, '报价 2026/30'],
  ['{N}-A', '2026-11-21', 1, '1-A'],
])('%s on %s at %i is %s', (pattern, day, count, number) => {
  expect(numberOf({ pattern }, day, count)).toBe(number)
  expect(countIn({ pattern }, day, number)).toBe(count)
})

test.each([
  ['yearly', '2026'],
  ['monthly', '2026-11'],
  ['daily', '2026-11-21'],
  ['never', 'ever'],
] as const)('a counter that is reset %s runs in %s', (reset, period) => {
  expect(periodOf({ reset }, '2026-11-21')).toBe(period)
})

test.each(['QT202612-0007', 'QT202611-', 'QT202611-00x7', 'XT202611-0007', 'QT202611-00007', 'QT202611-7', 'QT202611-1234567890123'])(
  '%s does not follow the pattern of November',
  (number) => {
    expect(countIn({ pattern: 'QT{YYYY}{MM}-{N:4}' }, '2026-11-21', number)).toBeUndefined()
  },
)

test('every count is found again in its number', () => {
  const piece = fc.constantFrom('{YYYY}', '{YY}', '{MM}', '{DD}', 'Q', '-', '7', ' ')
  const pattern = fc.tuple(fc.array(piece), fc.constantFrom('{N}', '{N:1}', '{N:4}', '{N:9}'), fc.array(piece))

  fc.assert(
    fc.property(pattern, fc.integer({ min: 1, max: 99_999_999 }), ([before, counter, after], count) => {
      const rule = { pattern: [...before, counter, ...after].join('') }
      expect(countIn(rule, '2026-11-21', numberOf(rule, '2026-11-21', count))).toBe(count)
    }),
  )
})
