import Big from 'big.js'
import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { Currency } from '../../kernel/money.ts'
import { ProductId, type TaxRate, taxRates } from '../document/line.ts'
import type { Product } from '../product/product.ts'

export const priceSources = ['quote-sent', 'quote-accepted', 'order', 'shipment'] as const

/** A price that a customer was told or agreed to, as it stands in the history. */
export const PastPrice = z
  .object({
    productId: ProductId,
    description: z.string().nullable().default(null),
    on: BusinessDate,
    unitPrice: z.string().meta({ description: 'Per unit, after the discount of the line.' }),
    currency: Currency,
    pricesIncludeTax: z.boolean(),
    taxRate: z.enum(taxRates),
    quantity: z.string(),
    unit: z.string().nullable().default(null),
    source: z
      .object({ kind: z.enum(priceSources), id: z.string(), number: z.string(), lineId: z.string() })
      .meta({ description: 'Where it stands. A price that was only sent is no agreed one.' }),
  })
  .meta({ id: 'PastPrice' })
export type PastPrice = z.input<typeof PastPrice>

/** A price with what it says of tax. */
export interface TaxedPrice {
  unitPrice: string
  pricesIncludeTax: boolean
}

const decimals = 6
const shown = (value: Big): string => value.round(decimals, Big.roundHalfUp).toFixed()

/** The price as a document tells it: with the tax of its rate in it, or without. */
export function toldAs({ unitPrice, pricesIncludeTax }: TaxedPrice, wanted: { pricesIncludeTax: boolean; taxRate: TaxRate }): string {
  if (pricesIncludeTax === wanted.pricesIncludeTax) return unitPrice
  const factor = new Big(wanted.taxRate === 'exempt' ? 0 : wanted.taxRate).div(100).plus(1)
  return shown(wanted.pricesIncludeTax ? new Big(unitPrice).times(factor) : new Big(unitPrice).div(factor))
}

/** What a unit comes to when the discount of its line is taken off. */
export const discounted = (unitPrice: string, discountPercent: string | undefined): string =>
  discountPercent ? shown(new Big(unitPrice).times(new Big(100).minus(discountPercent)).div(100)) : unitPrice

interface Asked {
  currency: string
  quantity: string
  /** The price level of the customer. */
  level: string | undefined
}

/** Of prices of a level from a quantity on the one with the highest quantity that is reached. */
function stepFor({ prices = [] }: Product, { currency, quantity }: Asked, level: string | undefined) {
  const fitting = prices.filter((step) => step.currency === currency && step.level === level && new Big(step.minQuantity).lte(quantity))
  return fitting.reduce<(typeof fitting)[number] | undefined>(
    (best, step) => (best && new Big(best.minQuantity).gte(step.minQuantity) ? best : step),
    undefined,
  )
}

/**
 * The price of a product for a customer in a currency: that of the customer's level by quantity, else that of everybody by
 * quantity, else the list price. Undefined when none is in that currency: nothing is converted unasked.
 */
export function catalogPrice(product: Product, asked: Asked): TaxedPrice | undefined {
  const { pricesIncludeTax, listPrice } = product
  const step = (asked.level ? stepFor(product, asked, asked.level) : undefined) ?? stepFor(product, asked, undefined)
  if (step) return { unitPrice: step.unitPrice, pricesIncludeTax }
  return listPrice.currency === asked.currency ? { unitPrice: listPrice.amount, pricesIncludeTax } : undefined
}

/** What one unit costs in the currency of the books; undefined when nobody knows, or in a currency without a rate. */
export function costInBase(
  { cost }: Pick<Product, 'cost'>,
  { currency, exchangeRate, base }: { currency: string; exchangeRate: string; base: string },
): string | undefined {
  if (!cost) return undefined
  if (cost.currency === base) return cost.amount
  return cost.currency === currency ? shown(new Big(cost.amount).times(exchangeRate)) : undefined
}
