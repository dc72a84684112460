import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Context } from '../../domain/kernel/context.ts'
import { measure } from '../../domain/store/capacity.ts'
import { commit } from '../../domain/store/commit.ts'
import { listPage, mergedPage } from '../../domain/store/list.ts'
import { queryAll, queryPage, type Range } from '../../domain/store/query.ts'
import { find, findMany } from '../../domain/store/read.ts'
import type { Write } from '../../domain/store/write.ts'
import { meanwhile } from '../support/meanwhile.ts'
import { context, type Thing, thing, things } from '../support/things.ts'

const owned = (owner: string, reverse = false): Range => ({ index: 'gsi2', partition: ['THING-OWNER', owner], reverse })
const input = (limit: number, cursor?: string, sort = 'createdAt') => ({ limit, cursor, sort, filter: {} })

async function create(ctx: Context, owners: string[]): Promise<Thing[]> {
  const all = owners.map((owner) => thing(ctx, { owner }))
  for (let i = 0; i < all.length; i += 50) {
    const [first, ...rest] = all.slice(i, i + 50).map((one) => things.create(one)) as [Write, ...Write[]]
    await commit(ctx, [first, ...rest], [])
  }
  // Of one millisecond, the records of different customers have no order of their own.
  return all.sort((a, b) => (a.id < b.id ? -1 : 1))
}

async function walk(ctx: Context, ranges: Range[], limit: number): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await listPage(ctx, 'things', ranges, input(limit, cursor))
    expect(page.data.length).toBeLessThanOrEqual(limit)
    if (cursor) expect(page.data.length).toBeGreaterThan(0)
    ids.push(...page.data.map((item) => item.id as string))
    cursor = page.page.next ?? undefined
  } while (cursor)
  return ids
}

test('lists of several owners are one list: whatever the page size and the direction, each record once and in order', async () => {
  const ctx = await context()
  const owners = ['ann', 'bob', 'cyd', 'dan']
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...owners), { maxLength: 12 }),
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      async (belongings, limit, reverse) => {
        const tag = ctx.newId('tag')
        const made = await create(
          ctx,
          belongings.map((owner) => `${owner}-${tag}`),
        )

        const seen = await walk(
          ctx,
          owners.map((owner) => owned(`${owner}-${tag}`, reverse)),
          limit,
        )

        const ids = made.map(({ id }) => id)
        expect(seen).toEqual(reverse ? ids.reverse() : ids)
      },
    ),
    { numRuns: 15 },
  )
})

test('a list goes on behind its cursor also when that record is gone and others have come', async () => {
  const ctx = await context()
  const made = await create(ctx, Array(6).fill('ann'))
  const first = await listPage(ctx, 'things', [owned('ann')], input(3))
  await commit(ctx, [things.remove(made[2]!)], [])
  const [later] = await create(ctx, ['ann'])

  const second = await listPage(ctx, 'things', [owned('ann')], input(10, first.page.next!))

  expect(second.data.map((item) => item.id)).toEqual([made[3]!.id, made[4]!.id, made[5]!.id, later!.id])
})

test('what moves from one of the lists to another while they are read stands there once', async () => {
  const ctx = await context()
  const tag = ctx.newId('tag')
  const [own, moving] = [`ann-${tag}`, `bob-${tag}`]
  const made = await create(ctx, [own, own, moving])
  const moved = made.find(({ owner }) => owner === own)!
  const firstIsRead = Promise.withResolvers<void>()
  const send: Context['db']['send'] = async (command, tenantId) => {
    const answer = await ctx.db.send(command, tenantId)
    if (JSON.stringify(command).includes(own)) firstIsRead.resolve()
    return answer
  }
  const reading = meanwhile(
    { ...ctx, db: { ...ctx.db, send } },
    (command, said) => command === 'QueryCommand' && said.includes(moving),
    async () => {
      await firstIsRead.promise
      await commit(ctx, [things.replace(ctx, moved, { ...moved, owner: moving })], [])
    },
  )

  const ids = await walk(reading, [owned(own), owned(moving)], 5)

  expect(ids).toEqual(made.map(({ id }) => id))
})

test('a list reads little more than it answers', async () => {
  const ctx = await context()
  await create(ctx, Array(60).fill('ann'))

  const one = await measure(() => listPage(ctx, 'things', [owned('ann')], input(25)))
  const merged = await measure(() => mergedPage(ctx, [owned('ann'), owned('bob'), owned('cyd')], 25, undefined))

  expect(one.spent).toMatchObject({ calls: 1, itemsRead: 26 })
  expect(merged.result).toHaveLength(25)
  expect(merged.spent.itemsRead).toBeLessThanOrEqual(50)
})

describe('a range', () => {
  test('has bounds that belong to it, and a prefix that ends where the part ends', async () => {
    const ctx = await context()
    const [first, ...rest] = ['ab', 'abc', 'b', 'c'].map((name) => things.create(thing(ctx, { name }))) as [Write, ...Write[]]
    await commit(ctx, [first, ...rest], [])
    const names = async (range: Partial<Range>) =>
      (await queryAll(ctx, { index: 'gsi1', partition: ['THING-NAMES'], ...range })).map((item) => item.name)

    expect(await names({})).toEqual(['ab', 'abc', 'b', 'c'])
    expect(await names({ prefix: ['ab'] })).toEqual(['ab'])
    expect(await names({ from: 'abc', to: 'b#\uffff' })).toEqual(['abc', 'b'])
    expect(await names({ from: 'c', to: 'b' })).toEqual([])
    expect(await names({ prefix: ['nothing'] })).toEqual([])
  })

  test('says whether it goes on', async () => {
    const ctx = await context()
    await create(ctx, ['ann', 'ann', 'ann'])

    const two = await queryPage(ctx, owned('ann'), { limit: 2 })
    const last = await queryPage(ctx, owned('ann'), { limit: 5, after: two.items[1]!.gsi2sk as string })

    expect([two.items.length, two.more]).toEqual([2, true])
    expect([last.items.length, last.more]).toEqual([1, false])
  })
})

describe('records by id', () => {
  test('many, in calls of a hundred; what does not exist is missing', async () => {
    const ctx = await context()
    const made = await create(ctx, Array(150).fill('ann'))
    const wanted = [...made.map(({ id }) => id), 'thg_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', 'nonsense', 'thg_#', made[0]!.id]

    const { result, spent } = await measure(() =>
      findMany(
        ctx,
        wanted.map((id) => ({ entity: things, id })),
      ),
    )

    expect(result.size).toBe(150)
    expect(result.get(made[149]!.id)).toEqual(made[149])
    expect(spent.byCommand).toEqual({ BatchGetItemCommand: 2 })
  })

  test.each([
    '',
    'nonsense',
    'thg_',
    'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    'thg_01JD8ZQ4T5M6N7P8Q9R0S1T2V3#',
    'thg_01jd8zq4t5m6n7p8q9r0s1t2v3',
    '\u0000',
  ])('%j is asked of nobody', async (id) => {
    const ctx = await context()

    const { result, spent } = await measure(() => find(ctx, things, id))

    expect(result).toBeUndefined()
    expect(spent.calls).toBe(0)
  })

  test('a record of an older schema is brought up to date when it is read', async () => {
    const ctx = await context()
    const old = { ...things, schemaVersion: 1 }
    const record = thing(ctx, { name: 'made long ago' })
    const { create: createOld } = (await import('../../domain/store/entity.ts')).defineEntity<Thing>(old)
    await commit(ctx, [createOld(record)], [])

    expect(await find(ctx, things, record.id)).toMatchObject({ name: 'made long ago of version 1' })
  })
})
