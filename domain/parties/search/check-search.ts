import { requirePermission } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { SearchNoun } from '../view/view.ts'
import { searched } from './nouns.ts'
import { prepareSearch, type Search } from './prepare-search.ts'

/**
 * Fails as a search would that cannot be run: 403 without the right to read the noun or one of its fields, 404 for a view out
 * of sight, 422 for what cannot be searched. Answers the fields that its saved view shows.
 */
export async function checkSearch(ctx: Context, noun: SearchNoun, search: Search): Promise<readonly string[] | undefined> {
  const { catalogue, permission } = searched[noun]
  requirePermission(ctx.actor, permission)
  return (await prepareSearch(ctx, noun, catalogue, search, noun === 'activities' ? '-at' : '-createdAt')).fields
}
