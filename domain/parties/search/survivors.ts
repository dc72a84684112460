import type { Context } from '../../kernel/context.ts'
import type { Tree } from '../../kernel/search-tree.ts'
import { customersInSight } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'

type Leaf = Extract<Tree, { field: string }>

/** The tree with each of its leaves made another. */
function turned(tree: Tree, leaf: (leaf: Leaf) => Leaf): Tree {
  if ('and' in tree) return { and: tree.and.map((member) => turned(member, leaf)) }
  if ('or' in tree) return { or: tree.or.map((member) => turned(member, leaf)) }
  if ('not' in tree) return { not: turned(tree.not, leaf) }
  return leaf(tree)
}

const idsOf = ({ field, value }: Leaf): string[] =>
  field === 'customerId' ? [value].flat().filter((id): id is string => typeof id === 'string') : []

/**
 * The tree with customers that were merged away called as the ones they were merged into, as records say it. `named` gets the
 * customers in sight that the tree names, by their id.
 */
export async function namingSurvivors(ctx: Context, tree: Tree, named: Map<string, Customer>): Promise<Tree> {
  const ids = new Set<string>()
  turned(tree, (leaf) => {
    for (const id of idsOf(leaf)) ids.add(id)
    return leaf
  })
  if (ids.size === 0) return tree
  const found = await customersInSight(ctx, ids)
  for (const customer of found.values()) named.set(customer.id, customer)
  const nameOf = (value: string | number | boolean) => found.get(String(value))?.id ?? value
  return turned(tree, (leaf) => {
    if (idsOf(leaf).length === 0) return leaf
    return { ...leaf, value: Array.isArray(leaf.value) ? [...new Set(leaf.value.map(nameOf))] : nameOf(leaf.value) }
  })
}
