/** Three rows that grow as needed and serve every comparison: one after the other, never two at once. */
let [before, last, row] = [new Float64Array(64), new Float64Array(64), new Float64Array(64)]

/**
 * Characters to insert, delete, replace or swap with their neighbour to make one text of the other. `cost` says what a
 * replacement costs, 1 unless told otherwise.
 */
export function editDistance(a: readonly string[], b: readonly string[], cost?: (i: number, j: number) => number): number {
  if (row.length <= b.length)
    [before, last, row] = [before, last, row].map(() => new Float64Array(b.length * 2)) as [typeof row, typeof row, typeof row]
  for (let j = 0; j <= b.length; j++) last[j] = j
  for (let i = 1; i <= a.length; i++) {
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const replaced = a[i - 1] === b[j - 1] ? 0 : cost ? cost(i - 1, j - 1) : 1
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + replaced)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1)
      row[j] = least
    }
    const oldest = before
    before = last
    last = row
    row = oldest
  }
  return last[b.length]!
}
