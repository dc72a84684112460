import * as z from 'zod'
import { NonNegativeMoney } from '../../kernel/money.ts'
import { ruledDecimal } from './decimal.ts'

/** What is taken off a whole document: percent, or an amount (抹零), in the same way as its prices: with or without tax. */
export const Discount = z
  .union([
    z.strictObject({ percent: ruledDecimal({ code: 'document.discount', least: 'zero', most: 100, decimals: 6 }) }),
    z.strictObject({ amount: NonNegativeMoney }),
  ])
  .meta({
    id: 'DocumentDiscount',
    description: 'Off the whole document, by percent or by an amount; spread over its lines to the cent.',
    examples: [{ percent: '5' }],
  })
export type Discount = z.output<typeof Discount>

/** The same as it is stored and answered. */
export const StoredDiscount = z.union([z.object({ percent: z.string() }), z.object({ amount: NonNegativeMoney })])
