import { expect, test } from 'vitest'
import type { Context } from '../../../domain/kernel/context.ts'
import { merges } from '../../../domain/parties/merge/merge.table.ts'
import { runMerge } from '../../../domain/parties/merge/run-merge.ts'
import { undoMerge } from '../../../domain/parties/merge/undo-merge.ts'
import { get } from '../../../domain/store/read.ts'
import { referrers } from '../../../functions/referrers.ts'
import { everything, merged, start, twoCustomers } from '../../support/merge.ts'
import { firstPoint, seed, step } from '../../support/share.ts'

class Killed extends Error {}

/** A context whose process dies at its nth call of the database: before it is sent, or when it is done and nobody hears of it. */
function killedAt(ctx: Context, nth: number, moment: 'before' | 'after'): Context {
  let calls = 0
  const send = async (command: unknown) => {
    calls += 1
    if (calls === nth && moment === 'before') throw new Killed()
    const answer = await ctx.db.send(command)
    if (calls >= nth) throw new Killed()
    return answer
  }
  return { ...ctx, db: { ...ctx.db, send } }
}

const survived = async (work: Promise<unknown>): Promise<boolean> => {
  try {
    await work
    return true
  } catch (error) {
    if (error instanceof Killed) return false
    throw error
  }
}

/** Carries the job out one transaction at a time, killed at every call of each; answers how often it died. */
async function killedAtEachCall(ctx: Context, mergeId: string, moment: 'before' | 'after'): Promise<number> {
  let deaths = 0
  for (let nth = firstPoint; ; nth += step) {
    const { version, position } = await get(ctx, merges, mergeId, { consistent: true })
    if (!position) return deaths
    if (!(await survived(runMerge(killedAt(ctx, nth, moment), mergeId, referrers, 1)))) deaths += 1
    if ((await get(ctx, merges, mergeId, { consistent: true })).version !== version) nth = firstPoint - step
  }
}

test.each(['before', 'after'] as const)(
  `a merge and its undoing, killed %s every call of the database, end as if never killed (seed ${seed})`,
  async (moment) => {
    const world = await twoCustomers()
    const { ctx, survivor, duplicate } = world
    const before = await everything(world)
    const { id } = await start(ctx, survivor.id, { duplicateId: duplicate.id })

    const deaths = await killedAtEachCall(ctx, id, moment)
    const killedState = await everything(world)
    await undoMerge(ctx, { id })
    const further = await killedAtEachCall(ctx, id, moment)
    const undone = await everything(world)

    await merged(ctx, survivor.id, { duplicateId: duplicate.id })
    expect(deaths).toBeGreaterThan(15 / step)
    expect(further).toBeGreaterThan(15 / step)
    expect(undone).toEqual(before)
    expect(killedState).toEqual(await everything(world))
  },
)

test(`a request to merge that dies at any call has done nothing, or all of it (seed ${seed})`, async () => {
  const world = await twoCustomers()
  const { ctx, survivor, duplicate } = world
  const before = await everything(world)

  for (let nth = firstPoint; ; nth += step) {
    const done = await survived(start(killedAt(ctx, nth, 'before'), survivor.id, { duplicateId: duplicate.id }))
    if (done) break
    expect(await everything(world)).toEqual(before)
  }

  await expect(start(ctx, survivor.id, { duplicateId: duplicate.id })).rejects.toMatchObject({ code: 'customer.merged' })
})

test('workers of one merge side by side do its work once', async () => {
  const world = await twoCustomers()
  const { ctx, survivor, duplicate } = world
  const { id } = await start(ctx, survivor.id, { duplicateId: duplicate.id })

  await Promise.all([1, 2, 3, 4].map(() => runMerge(ctx, id, referrers)))

  const { moved, status } = await get(ctx, merges, id, { consistent: true })
  expect(status).toBe('done')
  expect(Object.entries(moved).filter(([, count]) => count > 0)).toEqual(
    expect.arrayContaining([
      ['follow-ups', 1],
      ['contacts', 1],
      ['activities', 1],
      ['customers', 2],
      ['files', 1],
    ]),
  )
  expect(Object.values(moved).reduce((sum, count) => sum + count)).toBe(6)
})
