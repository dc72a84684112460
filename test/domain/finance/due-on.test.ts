import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dueOn, type Terms } from '../../../domain/finance/receivable/due-on.ts'
import { addDays } from '../../../domain/kernel/dates.ts'

const days = (count: number): Terms => ({ kind: 'days', from: 'shipment', days: count })
const monthly = (cutoffDay: number, more: { months?: number; days?: number; payDay?: number } = {}): Terms => ({
  kind: 'monthly',
  from: 'shipment',
  cutoffDay,
  ...more,
})

test.each<[string, Terms, string, string]>([
  ['prepaid is due at once', { kind: 'prepaid' }, '2026-01-31', '2026-01-31'],
  ['30 days', days(30), '2026-01-31', '2026-03-02'],
  ['0 days', days(0), '2026-01-31', '2026-01-31'],
  ['30 days over 29 February', days(30), '2028-01-31', '2028-03-01'],
  ['cut-off 31, 1 month', monthly(31, { months: 1 }), '2026-01-31', '2026-02-28'],
  ['cut-off 31, 1 month, in a leap year', monthly(31, { months: 1 }), '2028-01-31', '2028-02-29'],
  ['cut-off 31, 1 month, from February', monthly(31, { months: 1 }), '2026-02-10', '2026-03-31'],
  ['cut-off 25, 1 month, on the cut-off', monthly(25, { months: 1 }), '2026-01-25', '2026-02-25'],
  ['cut-off 25, 1 month, after the cut-off', monthly(25, { months: 1 }), '2026-01-26', '2026-03-25'],
  ['cut-off 25, 30 days', monthly(25, { days: 30 }), '2026-01-26', '2026-03-27'],
  ['cut-off alone', monthly(25), '2026-12-26', '2027-01-25'],
  ['cut-off 30 in February', monthly(30), '2026-02-01', '2026-02-28'],
  ['months and days', monthly(31, { months: 1, days: 15 }), '2026-01-15', '2026-03-15'],
  ['forward to the pay day', monthly(25, { months: 1, payDay: 10 }), '2026-01-25', '2026-03-10'],
  ['on the pay day', monthly(25, { months: 1, payDay: 25 }), '2026-01-25', '2026-02-25'],
  ['a pay day at the end of the month', monthly(25, { months: 1, payDay: 31 }), '2026-01-25', '2026-02-28'],
  ['a year over the end of the year', monthly(31, { months: 12 }), '2026-12-31', '2027-12-31'],
])('%s', (_, terms, basis, due) => {
  expect(dueOn(terms, basis)).toBe(due)
})

test('a later shipment is never due earlier', () => {
  const optional = (most: number, least: number) => fc.option(fc.integer({ min: least, max: most }), { nil: undefined })
  const terms = fc.record({
    cutoffDay: fc.integer({ min: 1, max: 31 }),
    months: optional(12, 0),
    days: optional(365, 0),
    payDay: optional(31, 1),
  })

  fc.assert(
    fc.property(terms, fc.integer({ min: 0, max: 1500 }), ({ cutoffDay, months, days: count, payDay }, offset) => {
      const all = monthly(cutoffDay, {
        ...(months === undefined ? {} : { months }),
        ...(count === undefined ? {} : { days: count }),
        ...(payDay ? { payDay } : {}),
      })
      const basis = addDays('2026-01-01', offset)
      expect(dueOn(all, basis) >= basis).toBe(true)
      expect(dueOn(all, basis) <= dueOn(all, addDays(basis, 1))).toBe(true)
    }),
    { numRuns: 200 },
  )
})
