import { hasOpenBooks } from '../finance/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Customer, partitionsOf } from '../parties/index.ts'
import { queryAll } from '../store/query.ts'
import { quotesOf } from './quote/quote.table.ts'
import type { Quote } from './quote/quote.ts'
import { statusOn } from './quote/rules.ts'

/**
 * True while business with a customer runs: an open order, an open receivable, a sent quote that has not expired. No rule takes
 * such a customer from its owner (domain.md, Parties). Costs half a unit of reading, and the customer's quotes.
 */
export async function hasRunningBusiness(ctx: Context, customer: Customer, day: string): Promise<boolean> {
  if (await hasOpenBooks(ctx, customer)) return true
  const found = await Promise.all(partitionsOf(customer).map((home) => queryAll(ctx, quotesOf(home), { consistent: true })))
  return found.flat().some((item) => statusOn(item as unknown as Quote, day) === 'sent')
}
