import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Context } from '../../domain/kernel/context.ts'
import { Problem, StaleWrite } from '../../domain/kernel/errors.ts'
import { measure } from '../../domain/store/capacity.ts'
import { commit, retryStale } from '../../domain/store/commit.ts'
import { defineEntity } from '../../domain/store/entity.ts'
import type { Stored } from '../../domain/store/entity-definition.ts'
import { queryAll } from '../../domain/store/query.ts'
import { find } from '../../domain/store/read.ts'
import { readItems } from '../../domain/store/read-items.ts'
import { newRecord } from '../../domain/store/record.ts'
import { openStage } from '../../domain/store/stage.ts'
import { exactly, readTally, type TallyChange, tallyWrite } from '../../domain/store/tally.ts'
import { newTenant } from '../support/tenant.ts'

interface Bill extends Stored {
  paid?: number
}

const bills = defineEntity<Bill>({
  type: 'bill',
  prefix: 'bil',
  schemaVersion: 1,
  key: (id) => ({ pk: ['TALLY-TEST'], sk: ['BIL', id] }),
})

const key = { pk: ['TALLY-TEST'], sk: ['SUMS'] }
const full = () => new Problem('conflict', 'sums.full', 'No more.')
const add = (by: Record<string, number>, more: Partial<TallyChange> = {}) => tallyWrite({ key, add: by, ...more })
const most = (limit: number, of = 'a') => ({ limits: [{ of, most: limit, broken: full }] })

const context = async (): Promise<Context> => {
  const { admin, as } = await newTenant()
  return as(admin)
}

test('several numbers of one item are changed together, and by several changes of one commit', async () => {
  const ctx = await context()

  await commit(ctx, [add({ a: 5, b: -2 }, { set: { entity: 'sums' } })], [])
  await commit(ctx, [add({ a: 1 }), add({ a: 2, b: 2 })], [])

  expect(await readTally(ctx, key)).toEqual({ a: 8, b: 0 })
  expect((await readItems(ctx, [key]))[0]).toMatchObject({ entity: 'sums' })
})

test('a change of nothing is no action', async () => {
  const ctx = await context()

  const { spent } = await measure(() => commit(ctx, [add({ a: 0 })], []))

  expect(spent.calls).toBe(0)
})

test('a limit holds for the number as it will be, above and below, also where nothing was counted yet', async () => {
  const ctx = await context()
  const least = { limits: [{ of: 'a', least: -1, broken: full }] }

  await expect(commit(ctx, [add({ a: 4 }, most(3))], [])).rejects.toMatchObject({ code: 'sums.full' })
  await expect(commit(ctx, [add({ a: -2 }, least)], [])).rejects.toMatchObject({ code: 'sums.full' })
  await commit(ctx, [add({ a: 3 }, most(3))], [])
  await commit(ctx, [add({ a: -4 }, least)], [])

  expect(await readTally(ctx, key)).toEqual({ a: -1 })
})

test('a limit without an addition holds the commit to the number as it stands', async () => {
  const ctx = await context()
  await commit(ctx, [add({ a: 3 })], [])
  const bill = () => bills.create({ ...newRecord(ctx, 'bil') })

  await expect(commit(ctx, [bill(), add({}, most(2))], [])).rejects.toMatchObject({ code: 'sums.full' })
  await expect(commit(ctx, [bill(), add({}, most(3))], [])).resolves.toBeDefined()
  await expect(commit(ctx, [bill(), add({}, { limits: [exactly('a', 2)] })], [])).rejects.toThrow(StaleWrite)
})

test('what is told of a broken limit knows the numbers that stood in the way', async () => {
  const ctx = await context()
  await commit(ctx, [add({ a: 3, b: 7 })], [])
  const limits = [{ of: 'a', most: 3, broken: (found: Record<string, number>) => new Problem('conflict', 'full', `${found.a} ${found.b}`) }]

  const refused = commit(ctx, [add({ a: 1 }, { limits })], [])

  await expect(refused).rejects.toMatchObject({ message: '3 7' })
})

test('of two changes in one commit each limit holds after its own', async () => {
  const ctx = await context()
  await commit(ctx, [add({ a: 10 })], [])

  await commit(ctx, [add({ a: 5 }, { limits: [exactly('a', 15)] }), add({ a: 5 }, { limits: [exactly('a', 20)] })], [])
  const refused = commit(ctx, [add({ a: 5 }, most(25)), add({ a: 5 }, most(25))], [])

  await expect(refused).rejects.toMatchObject({ code: 'sums.full' })
  expect(await readTally(ctx, key)).toEqual({ a: 20 })
})

test('a transaction in the making reads numbers as it will leave them, of tallies and of records it puts', async () => {
  const ctx = await context()
  await commit(ctx, [add({ a: 1 })], [])
  const stage = openStage(ctx)
  const bill: Bill = { ...newRecord(ctx, 'bil'), paid: 1 }
  const pay = (by: number) =>
    tallyWrite({ key: bills.key(bill.id), add: { paid: by }, limits: [{ of: 'paid', most: 5, broken: full }], set: { note: 'x' } })

  await stage.attempt((staged) => commit(staged, [add({ a: 2 }, most(3))], []))
  const read = await readTally(stage.ctx, key)
  await stage.attempt((staged) => commit(staged, [bills.create(bill)], []))
  await stage.attempt((staged) => commit(staged, [pay(2)], []))
  const refused = await stage.attempt((staged) => commit(staged, [pay(3)], [])).catch((problem) => problem.code)

  await stage.attempt((staged) => commit(staged, [add({ a: 1 }, most(3))], []))

  expect(read).toEqual({ a: 3 })
  expect(refused).toBe('sums.full')
  expect(await find(stage.ctx, bills, bill.id)).toMatchObject({ paid: 3, note: 'x' })
  expect(await queryAll(stage.ctx, { partition: ['TALLY-TEST'], prefix: ['BIL'] })).toMatchObject([{ paid: 3 }])
  await expect(stage.commit('done')).rejects.toMatchObject({ code: 'sums.full' })
  await expect(stage.judge(stage.actions())).rejects.toMatchObject({ code: 'sums.full' })
})

test('whoever adds at the same moment, the limit holds and the sum is exact', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 40 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 20, maxLength: 20 }),
      async (room, parts) => {
        const ctx = await context()

        const tries = parts.map((by) =>
          retryStale(() => commit(ctx, [bills.create(newRecord(ctx, 'bil')), add({ a: by }, most(room))], [])),
        )
        const done = await Promise.allSettled(tries)

        const taken = parts.filter((_, i) => done[i]!.status === 'fulfilled').reduce((sum, by) => sum + by, 0)
        expect((await readTally(ctx, key)).a ?? 0).toBe(taken)
        expect(taken).toBeLessThanOrEqual(room)
        const smallest = Math.min(...parts.filter((_, i) => done[i]!.status === 'rejected'), 99)
        expect(taken + smallest).toBeGreaterThan(room)
      },
    ),
    { numRuns: 6 },
  )
})
