import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { PaymentTerms } from '../../../domain/parties/customer/payment-terms.ts'
import { termsText, termsValue } from '../../../domain/parties/customer/terms-value.ts'

const read = (text: string) => termsValue(undefined, text)
const from = fc.constantFrom('shipment' as const, 'signed' as const)
const day = fc.integer({ min: 1, max: 31 })
const some = (most: number) => fc.option(fc.integer({ min: 0, max: most }), { nil: undefined })
const terms = fc.oneof(
  fc.constant({ kind: 'prepaid' as const }),
  fc.record({ kind: fc.constant('days' as const), from, days: fc.integer({ min: 0, max: 365 }) }),
  fc.record({
    kind: fc.constant('monthly' as const),
    from,
    cutoffDay: day,
    months: some(12),
    days: some(365),
    payDay: fc.option(day, { nil: undefined }),
  }),
)

test('terms that go out into a sheet come in as they were', () => {
  fc.assert(
    fc.property(terms, (before) => {
      expect(read(termsText(before))).toEqual(PaymentTerms.parse(before))
    }),
  )
})

test.each([
  ['月结30天', { kind: 'monthly', from: 'shipment', cutoffDay: 31, days: 30 }],
  ['月结２个月', { kind: 'monthly', from: 'shipment', cutoffDay: 31, months: 2 }],
  ['月结 1 个月，25号截止', { kind: 'monthly', from: 'shipment', cutoffDay: 25, months: 1 }],
  ['签收后 45 天', { kind: 'days', from: 'signed', days: 45 }],
  ['Net 60', { kind: 'days', from: 'shipment', days: 60 }],
  ['款到发货', { kind: 'prepaid' }],
])('%s is understood', (text, meant) => {
  expect(read(text)).toEqual(meant)
})

test.each(['月结', '月结13个月', '月结1个月32日截止', '400天', '看情况'])('%s is refused', (text) => {
  expect(() => read(text)).toThrow('says no terms')
})
