import { hiddenFields } from '../../identity/index.ts'
import { type CheckedLeaf, checkTree } from '../../kernel/check-tree.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { cursorAt, positionOf } from '../../kernel/paging.ts'
import type { Checked, Tree } from '../../kernel/search-tree.ts'
import { searchedView } from '../view/read-view.ts'
import type { SearchNoun, View } from '../view/view.ts'
import type { NounFields } from './fields.ts'
import { type Sortable, type SortKey, sortKeysOf } from './sort.ts'
import { type Word, wordsOf } from './words.ts'

/** What callers search by (api.md). */
export interface Search {
  text?: string | null | undefined
  where?: Tree | null | undefined
  sort?: string | null | undefined
  limit?: number | undefined
  cursor?: string | null | undefined
  fields?: readonly string[] | null | undefined
  viewId?: string | null | undefined
  /** For exports and jobs: the ids of all matches in their order, no page, no record read for it. */
  idsOnly?: true | undefined
}

/** A search that is checked and ready to be run. */
export interface Prepared {
  where: Checked<CheckedLeaf> | undefined
  words: Word[]
  keys: SortKey[]
  limit: number
  idsOnly: boolean
  after: Sortable | undefined
  fields: readonly string[] | undefined
  /** What its cursors are bound to. */
  bound: string
}

const singular: Record<SearchNoun, string> = { customers: 'customer', contacts: 'contact', activities: 'activity' }

/** All comparisons of a tree. */
export const leavesOf = (tree: Checked<CheckedLeaf> | undefined): CheckedLeaf[] => {
  if (!tree) return []
  if ('leaf' in tree) return [tree.leaf]
  if ('not' in tree) return leavesOf(tree.not)
  return ('and' in tree ? tree.and : tree.or).flatMap(leavesOf)
}

/** The tree checked for this caller. 422 for what cannot be searched, 403 `field.forbidden` for what the caller's role does not see. */
export const checkedFor = <T>(ctx: Context, noun: SearchNoun, fields: NounFields<T>, where: Tree) =>
  checkedTree(ctx, singular[noun], fields, where, ['where'])

function checkedTree<T>(ctx: Context, noun: string, fields: NounFields<T>, where: Tree, path: string[]) {
  const at = { me: callerOf(ctx), today: today(ctx), timeZone: ctx.tenant.timeZone }
  const checked = checkTree(fields, where, at, path)
  const unseen = hiddenFields(ctx.actor, noun)
  const errors = leavesOf(checked)
    .filter(({ field }) => unseen.includes(field.split('.')[0]!))
    .map(({ pointer, field }) => ({ pointer: `${pointer}/field`, code: 'field.forbidden', message: `Your role may not see ${field}.` }))
  if (errors.length > 0) throw new Problem('forbidden', 'field.forbidden', 'A search may not use what your role does not see.', { errors })
  return checked
}

/** The names a search of the noun can be sorted by. */
export const sortableOf = <T>(fields: NounFields<T>): string[] => Object.keys(fields).filter((name) => fields[name]!.sorts)

/**
 * Checks a search, with those of its saved view: both must hold, and what the search says of order and fields goes first.
 * `naming` says otherwise what a tree names, before it is checked.
 */
export async function prepareSearch<T>(
  ctx: Context,
  noun: SearchNoun,
  catalogue: NounFields<T>,
  search: Search,
  defaultSort: string,
  naming: (tree: Tree) => Promise<Tree> | Tree = (tree) => tree,
): Promise<Prepared> {
  const view = search.viewId ? await searchedView(ctx, search.viewId, noun) : undefined
  const named = { ...search, ...(search.where ? { where: await naming(search.where) } : {}) }
  const namedView = view?.where ? { ...view, where: await naming(view.where) } : view
  return preparedSearch(ctx, { plural: noun, singular: singular[noun] }, catalogue, named, defaultSort, namedView)
}

/** The same for a noun of any context, of which no views are saved. */
export function preparedSearch<T>(
  ctx: Context,
  noun: { plural: string; singular: string },
  catalogue: NounFields<T>,
  search: Search,
  defaultSort: string,
  view?: Pick<View, 'where' | 'sort' | 'fields'>,
): Prepared {
  const trees = [
    ...(search.where ? [checkedTree(ctx, noun.singular, catalogue, search.where, ['where'])] : []),
    ...(view?.where ? [checkedTree(ctx, noun.singular, catalogue, view.where, ['viewId'])] : []),
  ]
  const sort = search.sort ?? view?.sort ?? defaultSort
  const keys = sortKeysOf(sort, sortableOf(catalogue))
  const bound = JSON.stringify([
    ctx.tenant.id,
    `search ${noun.plural}`,
    sort,
    search.text ?? null,
    search.where ?? null,
    view?.where ?? null,
  ])
  const place = positionOf(ctx, bound, search.cursor ?? undefined)
  return {
    where: trees.length > 1 ? { and: trees } : trees[0],
    words: wordsOf(search.text),
    keys,
    limit: search.idsOnly ? Number.MAX_SAFE_INTEGER : (search.limit ?? 25),
    idsOnly: search.idsOnly ?? false,
    after: place === undefined ? undefined : (JSON.parse(place) as Sortable),
    fields: search.fields ?? view?.fields ?? undefined,
    bound,
  }
}

/** The cursor of the page that begins behind a row. */
export const cursorBehind = (ctx: Context, { bound }: Prepared, { id, values }: Sortable): string =>
  cursorAt(ctx, bound, JSON.stringify({ id, values }))
