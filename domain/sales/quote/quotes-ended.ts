import type { Context } from '../../kernel/context.ts'
import { type Pointed, type PointedFrom, pointedIn } from '../../store/pointed.ts'
import { findInOrder } from '../../store/read.ts'
import { quotes, sentQuotes } from './quote.table.ts'
import type { Quote } from './quote.ts'

/** Access pattern: a portion of the quotes that nobody answered and whose last day was this one; 1 Query of pointers, 1 batch get. */
export async function quotesEndedOn(ctx: Context, day: string, from: PointedFrom): Promise<Pointed<Quote>> {
  const { found, next } = await pointedIn(ctx, { partition: sentQuotes, prefix: [day] }, from)
  return { found: (await findInOrder(ctx, quotes, found)).filter(({ status }) => status === 'sent'), next }
}
