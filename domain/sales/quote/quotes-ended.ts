import type { Context } from '../../kernel/context.ts'
import { queryAll } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import { quotes, sentQuotes } from './quote.table.ts'
import type { Quote } from './quote.ts'

/** Access pattern: quotes that nobody answered and whose last day was this one; 1 Query of pointers, 1 batch get. */
export async function quotesEndedOn(ctx: Context, day: string): Promise<Quote[]> {
  const pointers = await queryAll(ctx, { partition: sentQuotes, prefix: [day] })
  const ids = pointers.map(({ ref }) => String(ref))
  const found = await findMany(
    ctx,
    ids.map((id) => ({ entity: quotes, id })),
  )
  return ids.flatMap((id) => (found.get(id) as Quote | undefined) ?? []).filter(({ status }) => status === 'sent')
}
