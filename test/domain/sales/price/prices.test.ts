import { expect, test } from 'vitest'
import { catalogPrice, costInBase, discounted, toldAs } from '../../../../domain/sales/price/price.ts'
import type { Product } from '../../../../domain/sales/product/product.ts'

const product = {
  pricesIncludeTax: true,
  listPrice: { amount: '1.85', currency: 'CNY' },
  prices: [
    { minQuantity: '1000', unitPrice: '1.8', currency: 'CNY' },
    { level: 'A', minQuantity: '0', unitPrice: '1.62', currency: 'CNY' },
    { level: 'A', minQuantity: '10000', unitPrice: '1.55', currency: 'CNY' },
    { level: 'A', minQuantity: '100', unitPrice: '0.25', currency: 'USD' },
  ],
} as unknown as Product

test.each([
  ['the list price without a level', undefined, '999.999', 'CNY', '1.85'],
  ['the price of everybody from a quantity on', undefined, '1000', 'CNY', '1.8'],
  ['the price of the level', 'A', '1', 'CNY', '1.62'],
  ['the price of the level by quantity, before that of everybody', 'A', '5000', 'CNY', '1.62'],
  ['the highest quantity that is reached', 'A', '10000', 'CNY', '1.55'],
  ['that of everybody for a level without prices', 'B', '2000', 'CNY', '1.8'],
  ['the list price for a level without prices', 'B', '1', 'CNY', '1.85'],
  ['the price in the currency asked for', 'A', '100', 'USD', '0.25'],
  ['nothing below the quantity, in a currency without a list price', 'A', '99', 'USD', undefined],
])('%s', (_, level, quantity, currency, unitPrice) => {
  expect(catalogPrice(product, { level, quantity, currency })?.unitPrice).toBe(unitPrice)
})

test.each([
  ['1.13', true, '13', false, '1'],
  ['1', false, '13', true, '1.13'],
  ['1', true, '13', false, '0.884956'],
  ['2', false, 'exempt', true, '2'],
  ['2', true, '0', false, '2'],
  ['1.234567', true, '13', true, '1.234567'],
] as const)('%s told with tax %s of %s %%, wanted with tax %s, is %s', (unitPrice, pricesIncludeTax, taxRate, wanted, told) => {
  expect(toldAs({ unitPrice, pricesIncludeTax }, { pricesIncludeTax: wanted, taxRate })).toBe(told)
})

test('what was agreed is the price after the discount of the line', () => {
  expect(discounted('10', '12.5')).toBe('8.75')
  expect(discounted('0.333333', '50')).toBe('0.166667')
  expect(discounted('10', undefined)).toBe('10')
})

test('a cost is kept in the currency of the books, or not at all', () => {
  const cost = (currency: string) => ({ cost: { amount: '2', currency } })
  const document = { currency: 'USD', exchangeRate: '7.1', base: 'CNY' }

  expect(costInBase(cost('CNY'), document)).toBe('2')
  expect(costInBase(cost('USD'), document)).toBe('14.2')
  expect(costInBase(cost('EUR'), document)).toBeUndefined()
  expect(costInBase({}, document)).toBeUndefined()
})
