import type { Context } from '../../kernel/context.ts'
import { queryAll } from '../../store/query.ts'
import { findInOrder } from '../../store/read.ts'
import { quotes, sentQuotes } from './quote.table.ts'
import type { Quote } from './quote.ts'

/** Access pattern: quotes that nobody answered and whose last day was this one; 1 Query of pointers, 1 batch get. */
export async function quotesEndedOn(ctx: Context, day: string): Promise<Quote[]> {
  const pointers = await queryAll(ctx, { partition: sentQuotes, prefix: [day] })
  const ids = pointers.map(({ ref }) => String(ref))
  return (await findInOrder(ctx, quotes, ids)).filter(({ status }) => status === 'sent')
}
