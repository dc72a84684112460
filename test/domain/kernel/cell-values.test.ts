import { describe, expect, test } from 'vitest'
import { dateValue, momentValue, moneyValue, wholeValue } from '../../../domain/kernel/cell-values.ts'
import type { Problem } from '../../../domain/kernel/errors.ts'
import { coded, currencyValue, decimalValue, type Figure, figureValue, moneyOf } from '../../../domain/kernel/figure-values.ts'

const at = (timeZone: string) => ({ tenant: { timeZone, currency: 'CNY' } })
const here = at('Asia/Shanghai')
const codeOf = (read: () => unknown) => {
  try {
    return read()
  } catch (error) {
    return (error as Problem).code
  }
}

test.each([
  ['2026-1-5', '2026-01-05'],
  ['2026年11月21日', '2026-11-21'],
  ['２０２６/11/21', '2026-11-21'],
  ['20261121093000', '2026-11-21'],
  ['5.1.2026', '2026-01-05'],
  ['46027', '2026-01-05'],
  ['12345', 'row.value-invalid'],
  ['31.2.2026', 'row.value-invalid'],
  ['11/21/2026', 'row.value-invalid'],
])('the day %s is %s', (text, day) => {
  expect(codeOf(() => dateValue(here, text))).toBe(day)
})

describe('a moment', () => {
  test.each([
    ['2026-11-21T09:30:00+01:00', '2026-11-21T08:30:00.000Z'],
    ['2026-11-21T09:30:00Z', '2026-11-21T09:30:00.000Z'],
    ['2026-11-21 09:30:15', '2026-11-21T01:30:15.000Z'],
    ['21.11.2026 9:30', '2026-11-21T01:30:00.000Z'],
    ['2026-11-21', '2026-11-20T16:00:00.000Z'],
    ['2026-11-21T25:00:00Z', 'row.value-invalid'],
    ['2026-11-21 24:00', 'row.value-invalid'],
    ['2026-11-21 noon', 'row.value-invalid'],
  ])('written as %s is %s for a firm in Shanghai', (text, moment) => {
    expect(codeOf(() => momentValue(here, text))).toBe(moment)
  })

  test.each([
    ['after clocks are put forward', '2026-03-08 23:30', '2026-03-09T03:30:00.000Z'],
    ['that clocks skip is as much later', '2026-03-08 02:30', '2026-03-08T07:30:00.000Z'],
    ['that clocks show twice is the first', '2026-11-01 01:30', '2026-11-01T05:30:00.000Z'],
    ['after clocks are put back', '2026-11-01 23:30', '2026-11-02T04:30:00.000Z'],
  ])('%s: %s in New York', (_, text, moment) => {
    expect(momentValue(at('America/New_York'), text)).toBe(moment)
  })
})

test.each([
  ['1,234.50', { amount: '1234.50' }],
  ['￥1,234', { amount: '1234', sign: '¥' }],
  ['1,234.5元', { amount: '1234.5', sign: '元' }],
  ['(1,234.50)', { amount: '-1234.50' }],
  ['.5 USD', { amount: '0.5', currency: 'USD' }],
  ['HK$ 007', { amount: '7', currency: 'HKD' }],
  ['$12', { amount: '12', sign: '$' }],
  ['壹佰元', 'row.amount-invalid'],
  ['12 abc', 'row.amount-invalid'],
  ['', 'row.amount-invalid'],
])('the figure %j is %j', (text, figure) => {
  expect(codeOf(() => figureValue('amount')(here, text))).toEqual(figure)
})

test.each([
  ['1,200.50', '1200.5'],
  ['¥ 3.00', '3'],
  ['three', 'row.rate-invalid'],
])('the number %j is %s', (text, number) => {
  expect(codeOf(() => decimalValue('rate')(here, text))).toBe(number)
})

test.each([
  ['12.0', 12],
  ['-3', -3],
  ['1.5', 'row.value-invalid'],
])('the whole number %j is %j', (text, number) => {
  expect(codeOf(() => wholeValue(here, text))).toBe(number)
})

test('a currency goes by its code or its Chinese name', () => {
  expect(['usd', '美金', 'ＣＮＹ'].map((text) => currencyValue(here, text))).toEqual(['USD', 'USD', 'CNY'])
  expect(codeOf(() => currencyValue(here, '贝壳'))).toBe('row.currency-invalid')
})

test('money has all the decimals of its currency, and no others that say something are dropped', () => {
  expect(moneyOf(here, { amount: '1.500' }, undefined, 'total')).toEqual({ amount: '1.50', currency: 'CNY' })
  expect(moneyOf(here, { amount: '1200.0' }, 'JPY', 'total')).toEqual({ amount: '1200', currency: 'JPY' })
  expect(moneyOf(here, { amount: '1.505' }, undefined, 'total')).toEqual({ amount: '1.505', currency: 'CNY' })
  expect(codeOf(() => moneyOf(here, { amount: '1', currency: 'USD' }, 'CNY', 'total'))).toBe('row.currency-mismatch')
})

test('the sign of another currency never becomes money of the firm', () => {
  const figureIn = (text: string, ofRow?: string) =>
    codeOf(() => moneyOf(here, figureValue('amount')(here, text) as Figure, ofRow, 'total')) as { currency: string }

  expect([figureIn('$500'), figureIn('500元', 'USD'), figureIn('¥500', 'EUR')]).toEqual(Array(3).fill('row.currency-mismatch'))
  expect([figureIn('$500', 'HKD'), figureIn('¥500', 'JPY'), figureIn('500元'), figureIn('€5')].map(({ currency }) => currency)).toEqual([
    ...['HKD', 'JPY', 'CNY', 'EUR'],
  ])
  expect(['€5', '¥5', '5 USD'].map((text) => moneyValue(here, text).currency)).toEqual(['EUR', 'CNY', 'USD'])
  expect(codeOf(() => moneyValue(here, '$5'))).toBe('row.value-invalid')
})

test('a reader with a code of its own leaves faults of ours alone', () => {
  const broken = coded('row.x-invalid', () => {
    throw new TypeError('ours')
  })

  expect(() => broken(here, 'x')).toThrow(TypeError)
})
