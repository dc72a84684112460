import type { Context } from '../../kernel/context.ts'
import { commit, retryStale } from '../../store/commit.ts'
import { find } from '../../store/read.ts'
import type { Write } from '../../store/write.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { merges } from './merge.table.ts'
import { isUndo, type MergeRecord } from './merge.ts'
import type { Move, Referrer, TurnedPage } from './referrer.ts'

const moveOf = (merge: MergeRecord, to: Customer): Move => ({
  mergeId: merge.id,
  partitions: merge.partitions,
  from: isUndo(merge) ? merge.survivorId : merge.duplicateId,
  to,
  isUndo: isUndo(merge),
})

const plus = (counts: Record<string, number>, kind: string, by: number) => ({ ...counts, [kind]: (counts[kind] ?? 0) + by })

/** The operation behind a page: written in the transaction of the page, so that a job that was killed goes on behind it. */
function behind(merge: MergeRecord, kind: string, at: number, page: TurnedPage): MergeRecord {
  const counts = isUndo(merge) ? { returned: plus(merge.returned, kind, page.count) } : { moved: plus(merge.moved, kind, page.count) }
  const position = page.after === undefined ? { kind: at + 1 } : { kind: at, after: page.after }
  return { ...merge, ...counts, errors: [...merge.errors, ...(page.errors ?? [])], position }
}

/** All that is left to do: both customers may be merged again. */
async function finish(ctx: Context, merge: MergeRecord): Promise<void> {
  const { position: _done, ...rest } = merge
  const status = isUndo(merge) ? ('undone' as const) : ('done' as const)
  const ids = isUndo(merge) ? [merge.survivorId, merge.duplicateId] : [merge.survivorId]
  const free: Write[] = []
  for (const id of ids) {
    const customer = await find(ctx, customers, id, { consistent: true })
    if (customer?.merging !== merge.id) continue
    const { merging: _merging, ...released } = customer
    free.push(customers.replace(ctx, customer, released))
  }
  await commit(ctx, [merges.replace(ctx, merge, { ...rest, status, finishedAt: ctx.now() }), ...free], [])
}

/** One transaction of the job; true when there is nothing left. */
async function step(ctx: Context, id: string, referrers: readonly Referrer[]): Promise<boolean> {
  const merge = await find(ctx, merges, id, { consistent: true })
  if (!merge?.position) return true
  const to = await find(ctx, customers, isUndo(merge) ? merge.duplicateId : merge.survivorId, { consistent: true })
  const referrer = referrers[merge.position.kind]
  if (!referrer || !to) {
    await finish(ctx, merge)
    return true
  }
  const page = await referrer.turn(ctx, moveOf(merge, to), merge.position.after)
  const next = behind(merge, referrer.kind, merge.position.kind, page)
  await commit(ctx, [merges.replace(ctx, merge, next), customers.keep(to), ...page.writes], page.events ?? [])
  return false
}

/**
 * Carries out a merge, or its undoing, as far as `mostSteps` transactions go; true when it is done. Each leaves everything
 * right and says how far the job came: runs that are late, repeated, killed or side by side end in the same state.
 */
export async function runMerge(ctx: Context, id: string, referrers: readonly Referrer[], mostSteps = 300): Promise<boolean> {
  for (let done = 0; done < mostSteps; done++) if (await retryStale(() => step(ctx, id, referrers))) return true
  return false
}
