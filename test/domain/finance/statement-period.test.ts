import { expect, test } from 'vitest'
import { cutOffDayOf, lastPeriod } from '../../../domain/finance/index.ts'

test.each([
  ['2026-11-22', 25, '2026-09-26', '2026-10-25'],
  ['2026-11-25', 25, '2026-10-26', '2026-11-25'],
  ['2026-11-26', 25, '2026-10-26', '2026-11-25'],
  ['2026-11-22', 31, '2026-10-01', '2026-10-31'],
  ['2026-11-30', 31, '2026-11-01', '2026-11-30'],
  ['2028-02-29', 31, '2028-02-01', '2028-02-29'],
  ['2028-03-01', 30, '2028-01-31', '2028-02-29'],
  ['2027-01-05', 25, '2026-11-26', '2026-12-25'],
])('on %s with cut-off %i the last period that has ended is %s to %s', (day, cutoff, from, to) => {
  expect(lastPeriod(day, cutoff)).toEqual({ from, to })
})

test('without a monthly settlement the cut-off is the end of the month', () => {
  expect(cutOffDayOf({ paymentTerms: { kind: 'monthly', from: 'shipment', cutoffDay: 25, months: 1 } })).toBe(25)
  expect([cutOffDayOf({}), cutOffDayOf({ paymentTerms: { kind: 'days', from: 'shipment', days: 30 } })]).toEqual([31, 31])
})
