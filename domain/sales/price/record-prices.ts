import type { Context } from '../../kernel/context.ts'
import type { LineRecord } from '../document/line.ts'
import { putAgreedPrice, putPastPrice } from './price.table.ts'
import { discounted, type PastPrice, type priceSources } from './price.ts'

/** A document whose prices go into the history. */
interface PricedDocument {
  id: string
  number: string
  currency: string
  pricesIncludeTax: boolean
  lines: readonly LineRecord[]
}

const atOnce = 10

/**
 * Writes the prices of a document into the history of its customer: told only (sent), or agreed too, and then the last agreed
 * ones of their products. Can be repeated, in any order: the later day holds.
 */
export async function recordPrices(
  ctx: Context,
  document: PricedDocument,
  { kind, on }: { kind: (typeof priceSources)[number]; on: string },
): Promise<void> {
  const { id, number, currency, pricesIncludeTax } = document
  const prices = document.lines.flatMap((line): PastPrice[] => {
    if (!line.productId) return []
    const { productId, description, quantity, unit, taxRate } = line
    const unitPrice = discounted(line.unitPrice, line.discountPercent)
    const text = { ...(description ? { description } : {}), ...(unit ? { unit } : {}) }
    return [
      { productId, ...text, on, unitPrice, currency, pricesIncludeTax, taxRate, quantity, source: { kind, id, number, lineId: line.id } },
    ]
  })
  const record = async (price: PastPrice) => {
    await putPastPrice(ctx, id, price)
    if (kind !== 'quote-sent') await putAgreedPrice(ctx, id, price)
  }
  for (let i = 0; i < prices.length; i += atOnce) await Promise.all(prices.slice(i, i + atOnce).map(record))
}
