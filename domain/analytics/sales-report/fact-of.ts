import { partitionOf } from '../../kernel/ids.ts'
import { allocate, inBase } from '../../kernel/money.ts'
import type { LineSales } from '../../sales/index.ts'
import type { SalesFact } from './sales-fact.ts'

interface Sold {
  id: string
  on: string
  repId: string | null
  region: string | null
  currency: string
  exchangeRate: string
}

/**
 * What a document adds to sales, in the currency of the books at its own rate: rounded once for the document, and spread over its
 * lines by the largest remainder, so that lines and documents sum to the same. undefined for one that adds nothing.
 */
export function factOf(
  { id, on, repId, region, currency, exchangeRate }: Sold,
  lines: readonly LineSales[],
  base: string,
): SalesFact | undefined {
  if (lines.length === 0) return undefined
  const own = lines.reduce((sum, { net }) => sum + net, 0)
  const amount = inBase(own, { currency, exchangeRate }, base)
  const amounts = allocate(
    amount,
    lines.map(({ net }) => Math.abs(net)),
  )
  return {
    on,
    partition: partitionOf(id),
    repId,
    region,
    currency,
    own,
    amount,
    lines: lines.map(({ productId, cost }, i) => ({ productId, amount: amounts[i]!, margin: cost === null ? null : amounts[i]! - cost })),
  }
}
