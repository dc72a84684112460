import * as z from 'zod'
import { operators } from './paging.ts'

/**
 * The tree of a search (api.md): a leaf compares one field, `and`, `or` and `not` join trees. Saved views, exports, segments
 * and triggers use the same. What fields and values it may name is checked against a catalogue (check-tree.ts).
 */
export type Tree = Leaf | { and: Tree[] } | { or: Tree[] } | { not: Tree }

const longestText = 500
const mostValues = 200
const mostMembers = 50

const Scalar = z.union([z.string().max(longestText), z.number(), z.boolean()])

const Leaf = z
  .strictObject({
    field: z.string().min(1).max(60).meta({ description: 'Name of a field, such as `level` or `addresses.city`.' }),
    op: z.enum(operators),
    value: z
      .union([Scalar, z.array(Scalar).min(1).max(mostValues)])
      .meta({ description: 'One value; a list for `in`; two values for `between`; true or false for `isNull`.' }),
  })
  .meta({ id: 'SearchLeaf', description: 'Compares one field with a value.' })
type Leaf = z.output<typeof Leaf>

export const Where: z.ZodType<Tree, Tree> = z.lazy(() =>
  z
    .union([
      Leaf,
      z.strictObject({ and: z.array(Where).min(1).max(mostMembers) }),
      z.strictObject({ or: z.array(Where).min(1).max(mostMembers) }),
      z.strictObject({ not: Where }),
    ])
    .meta({ id: 'SearchTree', description: 'A comparison, or several joined by `and`, `or` and `not`; docs/search.md has the rules.' }),
) as z.ZodType<Tree, Tree>

/**
 * What a tree may say of a record, as a set of bits. A comparison with a field that is unset is `unknown`, which is never a
 * match, and neither is its negation (Kleene's logic, as in SQL). A projection that does not hold the field leaves all three
 * open: `maybe`. Only a set that still holds `yes` can be a match.
 */
export type Truth = number
export const [yes, no, unknown] = [1, 2, 4]
export const maybe: Truth = yes | no | unknown

/** The other way round: yes and no change places. */
const negated = (truth: Truth): Truth => (truth & unknown) | (truth & yes ? no : 0) | (truth & no ? yes : 0)

/** Both: yes when both are, no when one is; what may come of any two that are possible. */
function both(a: Truth, b: Truth): Truth {
  const isUnknown = (a & unknown && b & (yes | unknown)) || (b & unknown && a & (yes | unknown))
  return (a & b & yes) | ((a | b) & no) | (isUnknown ? unknown : 0)
}

/** Row -> truth, made once per search and asked for every row. */
export type Judge<R> = (row: R) => Truth

/** Yes when all are. */
export const allOf =
  <R>(judges: readonly Judge<R>[]): Judge<R> =>
  (row) => {
    let all: Truth = yes
    for (const judge of judges) {
      all = both(all, judge(row))
      if (all === no) return no
    }
    return all
  }

/** Yes when one is: by De Morgan. */
const anyOf =
  <R>(judges: readonly Judge<R>[]): Judge<R> =>
  (row) => {
    let none: Truth = yes
    for (const judge of judges) {
      none = both(none, negated(judge(row)))
      if (none === no) return yes
    }
    return negated(none)
  }

/** The tree as one function, from what its leaves say. */
export function judgeOf<L, R>(tree: Checked<L>, leaf: (leaf: L) => Judge<R>): Judge<R> {
  if ('and' in tree) return allOf(tree.and.map((inner) => judgeOf(inner, leaf)))
  if ('or' in tree) return anyOf(tree.or.map((inner) => judgeOf(inner, leaf)))
  if ('not' in tree) {
    const inner = judgeOf(tree.not, leaf)
    return (row) => negated(inner(row))
  }
  return leaf(tree.leaf)
}

/** A tree whose leaves were checked. */
export type Checked<L> = { leaf: L } | { and: Checked<L>[] } | { or: Checked<L>[] } | { not: Checked<L> }

/** The leaves that must hold for the whole tree to hold: by these a search can be narrowed before anything is read. */
export function required<L>(tree: Checked<L> | undefined): L[] {
  if (!tree) return []
  if ('leaf' in tree) return [tree.leaf]
  return 'and' in tree ? tree.and.flatMap((inner) => required(inner)) : []
}
