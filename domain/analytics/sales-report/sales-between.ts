import type { ReadSales } from '../../kernel/context.ts'
import { readFacts } from './sales-fact.table.ts'

/** What was ordered from one day to another, for contexts that know nothing of sales. 0.03 RRU a document. */
export const orderedBetween: ReadSales = (ctx, span, take) =>
  readFacts(ctx, 'ordered', span, ({ partition, amount, lines }) =>
    take({ partition, amount, productIds: lines.flatMap(({ productId }) => productId ?? []) }),
  )
