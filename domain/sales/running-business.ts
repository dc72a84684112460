import { openBooks } from '../finance/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Business, type Customer, partitionsOf } from '../parties/index.ts'
import { recordOf } from '../store/entity.ts'
import { queryAll } from '../store/query.ts'
import { quotes, quotesOf } from './quote/quote.table.ts'
import { statusOn } from './quote/rules.ts'

/** A commit has room for so many: who has more drafts than that for one customer has them by a machine. */
const mostHeld = 50

/**
 * Whether business with a customer runs: an open order, an open receivable, a sent quote that has not expired. No rule takes
 * such a customer from its owner (domain.md, Parties). When none runs the holds break if an order is confirmed, a receivable
 * opened, or one of its drafts sent until the commit. Costs half a unit of reading, and the customer's quotes.
 */
export async function runningBusiness(ctx: Context, customer: Customer, day: string): Promise<Business> {
  const books = await openBooks(ctx, customer)
  if (books.areOpen) return { runs: true, holds: [] }
  const found = await Promise.all(partitionsOf(customer).map((home) => queryAll(ctx, quotesOf(home), { consistent: true })))
  const all = found.flat().map((item) => recordOf(quotes, item))
  if (all.some((quote) => statusOn(quote, day) === 'sent')) return { runs: true, holds: [] }
  const drafts = all.filter(({ status }) => status === 'draft').slice(-mostHeld)
  return { runs: false, holds: [...books.holds, ...drafts.map((draft) => quotes.keep(draft))] }
}
