import type { Context } from '../../kernel/context.ts'
import type { SheetSource } from '../../kernel/transfer-kind.ts'
import type { EntityDefinition, Stored } from '../../store/entity-definition.ts'
import { findMany } from '../../store/read.ts'
import { checkSearch } from '../search/check-search.ts'
import { searchIds } from '../search/search-ids.ts'
import type { SearchNoun } from '../view/view.ts'

/** Records by their ids, in the order of the ids; what is gone is left out, and a merged one answered by its survivor once. */
export async function foundInOrder<T extends Stored>(ctx: Context, entity: EntityDefinition<T>, ids: readonly string[]): Promise<T[]> {
  const found = await findMany(
    ctx,
    ids.map((id) => ({ entity, id })),
  )
  return [...new Map(ids.flatMap((id) => found.get(id) ?? []).map((record) => [record.id, record as T])).values()]
}

/** How exports find the records of a noun that can be searched. */
export const sheetSource = <T>(noun: SearchNoun, read: SheetSource<T>['read']): SheetSource<T> => ({
  check: (ctx, search) => checkSearch(ctx, noun, search),
  ids: (ctx, search) => searchIds(ctx, noun, search),
  read,
})
