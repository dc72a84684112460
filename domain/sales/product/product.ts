import * as z from 'zod'
import { Currency } from '../../kernel/money.ts'
import { rule } from '../../kernel/parse-input.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { LinePrice, ruledDecimal } from '../document/decimal.ts'
import { ProductId, TaxRate, taxRates } from '../document/line.ts'

const shownPrice = { id: 'Price', description: 'Per unit, with at most 6 decimals.', examples: [{ amount: '12.5', currency: 'CNY' }] }

/** A price per unit as it is stored and answered: up to 6 decimals, whatever the currency. */
export const Price = z.object({ amount: z.string(), currency: Currency }).meta(shownPrice)
export type Price = z.output<typeof Price>

/** The same as callers write it: the amount alone is in the currency of the firm. */
const PriceInput = z.union([z.strictObject({ amount: LinePrice, currency: Currency }), LinePrice])

const MinQuantity = ruledDecimal({ code: 'product.min-quantity', least: 'zero', most: 999_999_999, decimals: 6 })

/** A price that holds for a level of customers, or for all, from a quantity on. */
const step = { level: line(50), minQuantity: MinQuantity, unitPrice: LinePrice, currency: Currency }
const StepInput = z
  .strictObject({
    level: step.level.nullish().meta({ description: 'The priceLevel of the customers it is for; null: for all.' }),
    minQuantity: step.minQuantity.nullish().meta({ description: 'From this quantity of a line on; 0 when left out.' }),
    unitPrice: step.unitPrice,
    currency: step.currency.nullish().meta({ description: 'That of the list price when left out.' }),
  })
  .meta({ id: 'PriceStepInput' })
const kept = { level: line(50).optional(), minQuantity: z.string(), unitPrice: z.string(), currency: Currency }
const Step = z
  .object({ ...kept, level: step.level.nullable().default(null) })
  .meta({ id: 'PriceStep', description: 'A price for a level of customers, or for all, from a quantity on.' })
const StepRecord = z.object(kept)
export type PriceStep = z.output<typeof StepRecord>

const mostSteps = 100

/** The longest key of an index keeps the order of what it holds. */
const fitsKey = (sku: string) => encodeURIComponent(sku.normalize('NFKC')).length <= 200

const fields = {
  sku: line(60)
    .refine(fitsKey, rule('product.sku-too-long', 'must be shorter'))
    .meta({ description: 'The number of the article; unique, in capitals and small letters alike.', examples: ['LJQ-2041'] }),
  name: line(200),
  model: line(200),
  spec: line(200).meta({ description: 'What tells it from others of its model: size, colour, grade.' }),
  brand: line(100),
  category: line(100),
  unit: line(20).meta({ description: 'What quantities count.', examples: ['只'] }),
  description: paragraph(4000),
  listPrice: PriceInput.meta({ description: 'What everybody pays; the amount alone is in the currency of the firm.' }),
  prices: z.array(StepInput).max(mostSteps).meta({ description: 'Prices of levels of customers and by quantity, before the list price.' }),
  cost: PriceInput.meta({ description: 'What one unit costs us; null for those who may not see it.' }),
  pricesIncludeTax: z.boolean().meta({ description: 'Whether its prices include the tax; as it is usual for the firm when left out.' }),
  taxRate: TaxRate,
  active: z.boolean().meta({ description: 'Whether it is still sold; true when left out.' }),
}

const shapes = shapesOf('Product', ProductId, fields, ['sku', 'name', 'listPrice'], {})

export const CreateProduct = shapes.create
export const ChangeProduct = shapes.patch
  .extend({
    pricesIncludeTax: fields.pricesIncludeTax.optional(),
    active: fields.active.optional(),
  })
  .meta({ id: 'ChangeProduct' })

const always = { pricesIncludeTax: fields.pricesIncludeTax, active: fields.active, taxRate: z.enum(taxRates) }

export const Product = shapes.resource
  .extend({
    ...always,
    taxRate: always.taxRate.nullable().default(null),
    listPrice: Price,
    cost: Price.nullable().default(null).meta({ description: 'What one unit costs us; null for those who may not see it.' }),
    prices: z.array(Step).default([]),
  })
  .meta({ id: 'Product' })

export const ProductRecord = shapes.record.extend({
  ...always,
  taxRate: always.taxRate.optional(),
  listPrice: Price,
  cost: Price.optional(),
  prices: z.array(StepRecord).optional(),
})
export type Product = z.output<typeof ProductRecord>

/** A SKU as it is compared: people write it with any width and case. */
export const skuKey = (sku: string): string => sku.normalize('NFKC').trim().toLowerCase()

/** A price as it is stored; an amount alone is in `currency`. */
export const storedPrice = (given: Price | string, currency: string): Price =>
  typeof given === 'string' ? { amount: given, currency } : given

/** What two steps may not both say. */
export const stepKey = ({ level, minQuantity, currency }: Pick<PriceStep, 'level' | 'minQuantity' | 'currency'>): string =>
  JSON.stringify([level ?? null, minQuantity, currency])

/** Steps as they are stored, by level, currency and quantity. */
export function storedSteps(given: z.output<typeof StepInput>[], currency: string): PriceStep[] {
  const steps = given.map(({ level, minQuantity, unitPrice, currency: own }) => ({
    ...(level ? { level } : {}),
    minQuantity: minQuantity ?? '0',
    unitPrice,
    currency: own ?? currency,
  }))
  const text = ({ level, currency }: PriceStep) => `${level ?? ''}\n${currency}`
  return steps.sort((a, b) => (text(a) === text(b) ? Number(a.minQuantity) - Number(b.minQuantity) : text(a) < text(b) ? -1 : 1))
}
