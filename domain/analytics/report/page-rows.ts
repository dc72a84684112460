import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { binding, cursorAt, positionOf } from '../../kernel/paging.ts'
import { keyText, type RowKey } from './report.ts'

/** How rows follow one another: the greatest first, or by their keys, as periods do. */
export type RowOrder = 'greatest' | 'key'

interface Keyed {
  key: RowKey
  /** What the greatest is judged by. */
  weight: number
}

const compare = (order: RowOrder) => (a: Keyed, b: Keyed) => {
  if (order === 'greatest' && a.weight !== b.weight) return b.weight - a.weight
  const [left, right] = [keyText(a.key), keyText(b.key)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** The rows in order. */
export const inOrder = <R extends Keyed>(rows: R[], order: RowOrder): R[] => [...rows].sort(compare(order))

/**
 * One page of rows that are computed anew for each page. The cursor says behind which row it goes on, by its place in the
 * order and not by a number, so that rows which come or go meanwhile shift none of the others. It is bound to the report
 * and all that was asked of it.
 */
export function pageRows<R extends Keyed>(
  ctx: Context,
  rows: R[],
  {
    operation,
    asked,
    order,
    limit,
    cursor,
  }: { operation: string; asked: object; order: RowOrder; limit: number; cursor?: string | undefined },
): { rows: R[]; page: { next: string | null } } {
  const bound = binding(ctx, operation, { filter: { asked: { eq: JSON.stringify(asked) } }, sort: order })
  const position = positionOf(ctx, bound, cursor)
  const sorted = inOrder(rows, order)
  const after = position === undefined ? undefined : placeOf(position)
  const rest = after ? sorted.filter((row) => compare(order)(after, row) < 0) : sorted
  const shown = rest.slice(0, limit)
  const last = shown.at(-1)
  const next = last && rest.length > shown.length ? cursorAt(ctx, bound, JSON.stringify([last.weight, last.key])) : null
  return { rows: shown, page: { next } }
}

function placeOf(position: string): Keyed {
  const [weight, key] = JSON.parse(position) as [number, RowKey]
  if (typeof weight !== 'number' || !Array.isArray(key))
    throw new Problem('malformed', 'cursor.invalid', 'The cursor belongs to another report.')
  return { weight, key }
}
