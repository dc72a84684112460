import { expect, test } from 'vitest'
import type { Problem } from '../../../domain/kernel/errors.ts'
import { discountValue, taxRateValue } from '../../../domain/sales/document/line-values.ts'

const ctx = { tenant: { timeZone: 'Asia/Shanghai', currency: 'CNY' } }
const orCode = (read: () => string) => {
  try {
    return read()
  } catch (error) {
    return (error as Problem).code
  }
}

test.each([
  ['13', '13'],
  ['13%', '13'],
  ['１３％', '13'],
  ['0.13', '13'],
  ['0.07', 'row.value-invalid'],
  ['0.125', 'row.value-invalid'],
  ['0.005', 'row.value-invalid'],
  ['0', '0'],
  ['0%', '0'],
  ['%', 'row.value-invalid'],
  ['0x0d', 'row.value-invalid'],
  ['', 'row.value-invalid'],
  ['免税', 'exempt'],
])('the rate of tax %j is %s', (text, rate) => {
  expect(orCode(() => taxRateValue(ctx, text))).toBe(rate)
})

test.each([
  ['15', '15'],
  ['15 %', '15'],
  ['0.15', '15'],
  ['0.15%', '0.15'],
  ['8.5折', '15'],
  ['85折', '15'],
  ['9 折', '10'],
  ['10折', '0'],
  ['0折', '100'],
  ['打折', 'row.discount-invalid'],
])('the discount %j is %s percent', (text, percent) => {
  expect(orCode(() => discountValue(ctx, text))).toBe(percent)
})
