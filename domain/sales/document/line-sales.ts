import Big from 'big.js'
import { roundToMinor } from '../../kernel/money.ts'
import type { LineRecord } from './line.ts'

/** What a line adds to sales, without tax: amounts in minor units, of the document's currency and (the cost) of the books'. */
export interface LineSales {
  productId: string | null
  net: number
  /** null where nobody knows what it cost. */
  cost: number | null
}

/** A line of which `quantity` counts, at `net`. */
export const lineSales = ({ productId, unitCost }: LineRecord, quantity: string, net: number, base: string): LineSales => ({
  productId: productId ?? null,
  net,
  cost: unitCost === undefined ? null : roundToMinor(new Big(unitCost).times(quantity), base),
})
