import type { CheckedLeaf } from './check-tree.ts'
import { absent } from './packed.ts'
import type { Held } from './search-fields.ts'
import { type Checked, type Judge, judgeOf, maybe, no, unknown, yes } from './search-tree.ts'

/** Stands for a value that the caller may not see: it is neither set nor unset. */
export const hidden = Symbol('hidden')

/** What a row says of a field. */
export type Seen = Held | typeof absent | typeof hidden

/** How a field of a row is looked up; asked once per field, the answer once per row. */
export type Lookup<R> = (field: string) => (row: R) => Seen

/** A leaf as a judge. What is unset is `unknown` to every comparison but isNull, an empty list has nothing; what is hidden is unknown to all. */
function leafJudge<R>(leaf: CheckedLeaf, lookup: Lookup<R>): Judge<R> {
  const look = lookup(leaf.field)
  const whenNull = leaf.values[0] ? yes : no
  const whenUnset = leaf.op === 'isNull' ? whenNull : leaf.isOfList ? no : unknown
  return (row) => {
    const seen = look(row)
    if (seen === absent) return maybe
    if (seen === hidden) return unknown
    if (seen === undefined) return whenUnset
    return leaf.test(seen as Exclude<Held, undefined>) ? yes : no
  }
}

/** A checked tree as one judge of rows. */
export const judgeRows = <R>(tree: Checked<CheckedLeaf>, lookup: Lookup<R>): Judge<R> => judgeOf(tree, (leaf) => leafJudge(leaf, lookup))
