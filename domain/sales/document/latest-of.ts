import type { Context } from '../../kernel/context.ts'
import { asThingsOf, type Customer, rangesOf } from '../../parties/index.ts'
import { mergedPage } from '../../store/list.ts'
import { type DocumentList, type ListedDocument, rowsOf } from './list-documents.ts'

export interface Latest<T> {
  rows: T[]
  more: boolean
}

/**
 * The latest documents of a customer by creation, of the statuses that its list shows, and whether there are more. `read` says how
 * many are read to find those to show.
 */
export async function latestOf<T extends ListedDocument, S extends string>(
  ctx: Context,
  list: DocumentList<T, S>,
  customer: Customer,
  { show, read }: { show: number; read: number },
): Promise<Latest<T>> {
  const ranges = rangesOf(customer, (id) => ({ ...list.of(id), reverse: true }))
  const items = await mergedPage(ctx, ranges, read, undefined)
  const rows = asThingsOf(customer, rowsOf(list, items)).filter((row) => list.usual.includes(list.statusOf(ctx, row)))
  return { rows: rows.slice(0, show), more: items.length === read || rows.length > show }
}
