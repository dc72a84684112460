import type { SheetSource } from '../../kernel/transfer-kind.ts'
import { checkSearch } from '../search/check-search.ts'
import { searchIds } from '../search/search-ids.ts'
import type { SearchNoun } from '../view/view.ts'

/** How exports find the records of a noun that can be searched. */
export const sheetSource = <T>(noun: SearchNoun, read: SheetSource<T>['read']): SheetSource<T> => ({
  check: (ctx, search) => checkSearch(ctx, noun, search),
  ids: (ctx, search) => searchIds(ctx, noun, search),
  read,
})
