import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Context } from '../../domain/kernel/context.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import { commit, retryStale } from '../../domain/store/commit.ts'
import { countAction, readCount, requireNone } from '../../domain/store/count.ts'
import { defineEntity } from '../../domain/store/entity.ts'
import type { Stored } from '../../domain/store/entity-definition.ts'
import { newRecord } from '../../domain/store/record.ts'
import type { Write } from '../../domain/store/write.ts'
import { newTenant } from '../support/tenant.ts'

interface Thing extends Stored {
  owner?: string
}

const things = defineEntity<Thing>({
  type: 'thing',
  prefix: 'thg',
  schemaVersion: 1,
  key: (id) => ({ pk: ['THING'], sk: [id] }),
  counts: (thing) => (thing.owner ? [{ name: 'things', of: thing.owner }] : []),
})

const thing = (ctx: Context, owner?: string): Thing => ({ ...newRecord(ctx, 'thg'), ...(owner ? { owner } : {}) })
const owned = (ctx: Context, owner: string) => readCount(ctx, { name: 'things', of: owner })
const full = () => new Problem('conflict', 'things.full', 'No more.')

const context = async () => {
  const { admin, as } = await newTenant()
  return as(admin)
}

test('a count follows its records through creation, change of owner and deletion', async () => {
  const ctx = await context()

  const created = await commit(ctx, [things.create(thing(ctx, 'a'))], [])
  const moved = await commit(ctx, [things.replace(ctx, created, { ...created, owner: 'b' })], [])
  const between = [await owned(ctx, 'a'), await owned(ctx, 'b')]
  await commit(ctx, [things.remove(moved)], [])

  expect(between).toEqual([0, 1])
  expect(await owned(ctx, 'b')).toBe(0)
})

test('several records of one owner in one transaction are all counted', async () => {
  const ctx = await context()
  const [first, ...rest] = Array.from({ length: 5 }, () => things.create(thing(ctx, 'a'))) as [Write, ...Write[]]

  await commit(ctx, [first, ...rest], [])

  expect(await owned(ctx, 'a')).toBe(5)
})

test('a limit holds for what joins a count, never for what leaves it', async () => {
  const ctx = await context()
  const limit = { most: 1, over: full }
  const one = await commit(ctx, [things.create(thing(ctx, 'a'))], [])
  const two = await commit(ctx, [things.create(thing(ctx))], [])

  const refused = commit(ctx, [things.replace(ctx, two, { ...two, owner: 'a' }, limit)], [])

  await expect(refused).rejects.toMatchObject({ code: 'things.full' })
  const { owner: _owner, ...nobody } = one
  await expect(commit(ctx, [things.replace(ctx, one, nobody, limit)], [])).resolves.toBeDefined()
  await expect(commit(ctx, [things.replace(ctx, two, { ...two, owner: 'a' }, limit)], [])).resolves.toBeDefined()
})

test('a limit smaller than one addition lets nothing in', async () => {
  const ctx = await context()
  const action = countAction(ctx, { name: 'things', of: 'a' }, 2, { most: 1, over: full })
  const write: Write = { result: undefined, actions: () => [action] }

  await expect(commit(ctx, [write], [])).rejects.toMatchObject({ code: 'things.full' })
})

test('a commit can be held to a count of nothing', async () => {
  const ctx = await context()
  const empty = (owner: string): Write => ({ result: undefined, actions: () => [requireNone(ctx, { name: 'things', of: owner }, full)] })
  await commit(ctx, [things.create(thing(ctx, 'a'))], [])

  const refused = commit(ctx, [things.create(thing(ctx)), empty('a')], [])

  await expect(refused).rejects.toMatchObject({ code: 'things.full' })
  await expect(commit(ctx, [things.create(thing(ctx)), empty('b')], [])).resolves.toBeDefined()
})

test('whoever races for the last places, never more are counted than there are, and all of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 2, max: 12 }), async (most, racers) => {
      const ctx = await context()
      const free = await Promise.all(Array.from({ length: racers }, () => commit(ctx, [things.create(thing(ctx))], [])))

      const tries = free.map((one) =>
        retryStale(() => commit(ctx, [things.replace(ctx, one, { ...one, owner: 'a' }, { most, over: full })], [])),
      )
      const won = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled').length

      expect(won).toBe(Math.min(most, racers))
      expect(await owned(ctx, 'a')).toBe(won)
    }),
    { numRuns: 10 },
  )
})
