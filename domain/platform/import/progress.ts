import type { Context } from '../../kernel/context.ts'
import { queryAll } from '../../store/query.ts'
import { type GroupItem, groupsOf, type RowResult } from './import.table.ts'
import { type Counts, type Import, noCounts } from './import.ts'

/** How far an import is, as its groups in the table say. */
export interface Progress {
  pass: number
  /** How many rows the pass has, and which, by their numbers; all of the file in the first. */
  expected: number
  rows: ReadonlySet<number> | undefined
  /** How many rows of each lane are done. */
  done: number[]
  counts: Counts
  isOver: boolean
  /** Rows that wait for others fail now: the pass before brought none of them further. */
  isLast: boolean
  claimed: Map<string, number>
}

/** More passes than lines of managers or groups of firms are deep. */
const mostPasses = 12

/** Adds results; those that are to be tried later count when they are done. */
export function tally(counts: Counts, results: readonly RowResult[]): void {
  for (const { outcome } of results) if (outcome !== 'later') counts[outcome] += 1
}

/**
 * Finds the pass that is being worked on: the first one whose rows are not all done. A pass takes up the rows that the one
 * before put off. One Query per pass; 20,000 rows have about 3,000 groups.
 */
export async function readProgress(ctx: Context, imported: Import): Promise<Progress> {
  const progress: Progress = {
    ...{ pass: 0, expected: imported.total ?? 0, rows: undefined, isOver: false, isLast: false },
    ...{ done: [], counts: { ...noCounts }, claimed: new Map() },
  }
  for (;;) {
    const groups = await queryAll<GroupItem>(ctx, groupsOf(imported.id, imported.run, progress.pass), { consistent: true })
    const results = groups.flatMap((group) => group.rows)
    tally(progress.counts, results)
    for (const { row, claims } of results) for (const claim of claims ?? []) progress.claimed.set(claim, row)
    progress.done = []
    for (const { lane, from, rows } of groups) progress.done[lane] = from + rows.length
    if (results.length < progress.expected) return progress
    const later = results.filter(({ outcome }) => outcome === 'later').map(({ row }) => row)
    if (later.length === 0) return { ...progress, isOver: true }
    progress.isLast = later.length === progress.expected || progress.pass + 2 >= mostPasses
    progress.pass += 1
    progress.expected = later.length
    progress.rows = new Set(later)
  }
}
