import { invalid } from '../../kernel/errors.ts'
import type { Comparable } from '../../kernel/search-fields.ts'
import type { Seen } from '../../kernel/search-judge.ts'

export interface SortKey {
  field: string
  descending: boolean
}

/** A match with the values it is put in order by. */
export interface Sortable {
  id: string
  values: (Comparable | null)[]
}

const mostKeys = 3

/** `-lastContactAt,name` as keys; 422 at `/sort` naming what can be sorted by. */
export function sortKeysOf(sort: string, sortable: readonly string[]): SortKey[] {
  const keys = sort.split(',').map((part) => ({ field: part.replace(/^-/, ''), descending: part.startsWith('-') }))
  const wrong = keys.find(({ field }) => !sortable.includes(field))
  if (wrong || keys.length > mostKeys)
    throw invalid(
      'search.invalid-sort',
      '/sort',
      `Sort by up to ${mostKeys} of these, separated by commas, each with - in front for the greatest or latest first: ${sortable.join(', ')}.`,
    )
  return keys
}

const rank = (a: Comparable | null, b: Comparable | null, descending: boolean): number => {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a < b === descending ? 1 : -1
}

/** The order of a search: by its keys, what is unset last either way, then by id. */
export const orderBy =
  (keys: readonly SortKey[]) =>
  (a: Sortable, b: Sortable): number => {
    for (const [i, { descending }] of keys.entries()) {
      const order = rank(a.values[i]!, b.values[i]!, descending)
      if (order !== 0) return order
    }
    return a.id === b.id ? 0 : a.id < b.id ? -1 : 1
  }

/** A value of a row as it sorts: what is unset, and what the caller may not see, comes last. */
export const sortValue = (seen: Seen): Comparable | null => (typeof seen === 'symbol' || seen === undefined ? null : (seen as Comparable))

/**
 * Counts every match and keeps the first `limit` behind a place, so that a search of a hundred thousand holds and sorts only
 * what it answers.
 */
export function collect(order: (a: Sortable, b: Sortable) => number, limit: number, after: Sortable | undefined) {
  let total = 0
  let kept: Sortable[] = []
  let worst: Sortable | undefined
  const trim = () => {
    kept.sort(order)
    if (kept.length < limit) return
    kept = kept.slice(0, limit)
    worst = kept.at(-1)
  }
  return {
    add(row: Sortable): void {
      total += 1
      if ((after && order(row, after) <= 0) || (worst && order(row, worst) > 0)) return
      kept.push(row)
      if (kept.length >= limit * 8) trim()
    },
    found(): { total: number; rows: Sortable[] } {
      trim()
      return { total, rows: kept }
    },
  }
}

export type Collector = ReturnType<typeof collect>
