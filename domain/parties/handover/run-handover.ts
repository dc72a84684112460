import { HandoverFinished } from '../../../events/parties.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import { Problem, StaleWrite } from '../../kernel/errors.ts'
import { commit, retryStale } from '../../store/commit.ts'
import { find } from '../../store/read.ts'
import { handovers } from './handover.table.ts'
import { type Handover, type HandoverError, reported } from './handover.ts'
import type { MovedPage, Mover, Task } from './mover.ts'
import { receiverBy } from './rules.ts'

type Position = NonNullable<Handover['position']>

/** More are not told one by one. */
const mostErrors = 100

const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0)

/**
 * Behind a page: further in its kind, or at the next one. Behind the last kind another round begins as long as a round moves
 * something: what came to the leaver meanwhile, from somebody who did not know yet, is found by the next.
 */
function behind({ kind, round }: Position, movers: readonly Mover[], page: Pick<MovedPage, 'after' | 'counts'>): Position | undefined {
  const moved = round + total(page.counts)
  if (page.after !== undefined) return { kind, after: page.after, round: moved }
  if (kind + 1 < movers.length) return { kind: kind + 1, round: moved }
  return moved > 0 ? { kind: 0, round: 0 } : undefined
}

/** The job with what a page has moved. */
function moved(handover: Handover, kind: string, counts: Record<string, number>): Handover {
  const { customers } = handover.progress
  const done = customers.moved + (kind === 'customers' ? total(counts) : 0)
  const progress = { kind, customers: { moved: done, of: Math.max(customers.of, done) } }
  return { ...handover, progress, report: reported(handover.report, kind, counts) }
}

async function save(ctx: Context, before: Handover, after: Handover, position: Position | undefined, page?: MovedPage): Promise<void> {
  const { position: _position, progress, ...rest } = after
  const finished = HandoverFinished({ type: 'handover', id: before.id }, { fromUserId: before.fromUserId, errors: after.errors.length })
  const done = { ...rest, status: 'done' as const, progress: { ...progress, kind: null }, finishedAt: ctx.now() }
  const write = handovers.replace(ctx, before, position ? { ...rest, progress, position } : done)
  await commit(ctx, [write, ...(page?.writes ?? [])], [...(page?.events ?? []), ...(position ? [] : [finished])])
}

/** A single thing that cannot be moved is passed over and reported; the job goes on behind it. */
async function passOver(ctx: Context, handover: Handover, movers: readonly Mover[], page: MovedPage, problem: Problem): Promise<void> {
  const { position } = handover
  const error: HandoverError = { kind: movers[position!.kind]!.kind, id: page.id ?? '', code: problem.code, message: problem.message }
  const errors = [...handover.errors, error].slice(0, mostErrors)
  await save(ctx, handover, { ...handover, errors }, behind(position!, movers, { after: page.after, counts: {} }))
}

/** One transaction of the job; true when nothing is left. */
async function step(ctx: Context, system: SystemContext, id: string, movers: readonly Mover[]): Promise<boolean> {
  const handover = await find(ctx, handovers, id, { consistent: true })
  const position = handover?.position
  if (!handover || !position) return true
  const mover = movers[position.kind]!
  const { fromUserId, toUserId, rules } = handover
  const task: Task = { system, fromUserId, toUserId, receiverOf: receiverBy(ctx, { toUserId, rules }) }
  const take = async (most: number) => {
    const page = await mover.page(ctx, task, position.after, most)
    try {
      await save(ctx, handover, moved(handover, mover.kind, page.counts), behind(position, movers, page), page)
      return undefined
    } catch (error) {
      if (error instanceof StaleWrite || !(error instanceof Problem)) throw error
      return { page, problem: error }
    }
  }
  const failed = (await take(mover.most)) && (await take(1))
  if (failed) await passOver(ctx, handover, movers, failed.page, failed.problem)
  return false
}

/**
 * Carries out a handover, as far as `mostSteps` transactions go; true when it is done. Each moves some things and says in
 * the record of the job how far it came: runs that are late, repeated, killed or side by side move nothing twice.
 */
export async function runHandover(
  ctx: Context,
  system: SystemContext,
  id: string,
  movers: readonly Mover[],
  mostSteps = 200,
): Promise<boolean> {
  for (let done = 0; done < mostSteps; done++) if (await retryStale(() => step(ctx, system, id, movers))) return true
  return false
}
