import type { CheckedLeaf } from '../../kernel/check-tree.ts'

/** The values that leaves, all of which must hold, leave for a field; undefined when none of them names it. */
export function namedIn<V extends CheckedLeaf['values'][number] = string>(leaves: readonly CheckedLeaf[], field: string): V[] | undefined {
  const sets = leaves.filter((leaf) => leaf.field === field && (leaf.op === 'eq' || leaf.op === 'in')).map(({ values }) => values as V[])
  return sets.length === 0 ? undefined : [...new Set(sets.reduce((both, set) => both.filter((one) => set.includes(one))))]
}
