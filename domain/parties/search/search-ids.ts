import { requirePermission } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { SearchNoun } from '../view/view.ts'
import { searched } from './nouns.ts'
import type { Search } from './prepare-search.ts'
import { searchActivities } from './search-activities.ts'
import { searchContacts } from './search-contacts.ts'
import { searchCustomers } from './search-customers.ts'

const searches = { customers: searchCustomers, contacts: searchContacts, activities: searchActivities }

/**
 * The ids of everything that a search finds, in its order, for exports, segments and jobs: scope and what is hidden hold as in
 * the search itself, and so do its limits. 403 without the right to read the noun. Whoever reads the records by these ids later
 * checks again what the caller sees of them.
 */
export async function searchIds(ctx: Context, noun: SearchNoun, search: Omit<Search, 'limit' | 'cursor' | 'fields'>): Promise<string[]> {
  requirePermission(ctx.actor, searched[noun].permission)
  return (await searches[noun](ctx, { ...search, idsOnly: true })).ids
}
