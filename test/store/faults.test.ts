import { describe, expect, test } from 'vitest'
import type { Context } from '../../domain/kernel/context.ts'
import { StaleWrite } from '../../domain/kernel/errors.ts'
import { commit } from '../../domain/store/commit.ts'
import { outboxKeys } from '../../domain/store/outbox.ts'
import { queryAll } from '../../domain/store/query.ts'
import { find, findMany } from '../../domain/store/read.ts'
import { cancelled, type Plan, withFaults } from '../support/faults.ts'
import { context, happened, thing, things } from '../support/things.ts'

const transactions =
  (plan: (nth: number) => ReturnType<Plan>): Plan =>
  (operation, nth) =>
    operation === 'TransactWriteItems' ? plan(nth) : undefined
const events = (ctx: Context) => queryAll(ctx, { partition: outboxKeys.subject('tenant', 'x') })

describe('a transaction that meets others', () => {
  test('is repeated until they have passed, and done once', async () => {
    const ctx = await context()
    const faulty = withFaults(
      ctx,
      transactions((nth) => (nth <= 3 ? cancelled('TransactionConflict', 'None') : undefined)),
    )

    const created = await commit(faulty, [things.create(thing(ctx))], [happened('x')])

    expect(await find(ctx, things, created.id)).toEqual(created)
    expect(await events(ctx)).toHaveLength(1)
  })

  test('gives up with a conflict when they do not pass', async () => {
    const ctx = await context()
    let asked = 0
    const faulty = withFaults(
      ctx,
      transactions((nth) => {
        asked = nth
        return cancelled('TransactionConflict', 'ThrottlingError')
      }),
    )

    await expect(commit(faulty, [things.create(thing(ctx))], [happened('x')])).rejects.toBeInstanceOf(StaleWrite)

    expect(asked).toBe(6)
    expect(await events(ctx)).toEqual([])
  })

  test('is not repeated when a condition failed as well: that is the answer', async () => {
    const ctx = await context()
    let asked = 0
    const faulty = withFaults(
      ctx,
      transactions((nth) => {
        asked = nth
        return cancelled('TransactionConflict', 'ConditionalCheckFailed', 'None')
      }),
    )

    await expect(commit(faulty, [things.create(thing(ctx, { code: 'c' }))], [happened('x')])).rejects.toMatchObject({
      code: 'thing.code-taken',
    })

    expect(asked).toBe(1)
  })

  test('that is still running from an earlier try is waited for', async () => {
    const ctx = await context()
    const faulty = withFaults(
      ctx,
      transactions((nth) => (nth === 1 ? { refuse: 'TransactionInProgressException' } : undefined)),
    )

    await commit(faulty, [things.create(thing(ctx))], [happened('x')])

    expect(await events(ctx)).toHaveLength(1)
  })

  test('that can never work is our mistake, not a conflict', async () => {
    const ctx = await context()
    const faulty = withFaults(
      ctx,
      transactions(() => cancelled('ValidationError', 'None')),
    )

    await expect(commit(faulty, [things.create(thing(ctx))], [happened('x')])).rejects.toThrow('cancelled with ValidationError')
  })
})

describe('a write without a transaction that meets one', () => {
  const updates =
    (plan: (nth: number) => ReturnType<Plan>): Plan =>
    (operation, nth) =>
      /^(Put|Update)Item$/.test(operation) ? plan(nth) : undefined
  const held = { refuse: 'TransactionConflictException' }

  test('is repeated until it has passed', async () => {
    const ctx = await context()
    const faulty = withFaults(
      ctx,
      updates((nth) => (nth <= 3 ? held : undefined)),
    )

    const created = await commit(faulty, [things.create(thing(ctx))], [])

    expect(await find(ctx, things, created.id)).toEqual(created)
  })

  test('gives up with a conflict when it does not pass', async () => {
    const ctx = await context()
    const faulty = withFaults(
      ctx,
      updates(() => held),
    )

    await expect(commit(faulty, [things.create(thing(ctx))], [])).rejects.toBeInstanceOf(StaleWrite)
  })
})

describe('a transaction whose answer was lost', () => {
  test('is not done a second time', async () => {
    const ctx = await context()
    const created = await commit(ctx, [things.create(thing(ctx, { name: 'a' }))], [])
    const faulty = withFaults(
      ctx,
      transactions((nth) => (nth === 1 ? 'lost-reply' : undefined)),
    )

    const changed = await commit(faulty, [things.replace(ctx, created, { ...created, name: 'b' })], [happened('x')])

    expect(await find(ctx, things, created.id, { consistent: true })).toEqual(changed)
    expect(changed.version).toBe(2)
    expect(await events(ctx)).toHaveLength(1)
  })

  test('is not done a second time either when others are met in between', async () => {
    const ctx = await context()
    const created = await commit(ctx, [things.create(thing(ctx, { name: 'a' }))], [])
    const faults = ['lost-reply' as const, cancelled('TransactionConflict', 'None')]
    const faulty = withFaults(
      ctx,
      transactions((nth) => faults[nth - 1]),
    )

    const changed = await commit(faulty, [things.replace(ctx, created, { ...created, name: 'b' })], [happened('x')])

    expect(changed.version).toBe(2)
    expect(await events(ctx)).toHaveLength(1)
  })

  test('is known as done when its new record and guard are there', async () => {
    const ctx = await context()
    const faulty = withFaults(
      ctx,
      transactions((nth) => (nth === 1 ? 'lost-reply' : undefined)),
    )

    await expect(commit(faulty, [things.create(thing(ctx, { code: 'c' }))], [happened('x')])).resolves.toMatchObject({ code: 'c' })
  })
})

test('a read that was answered in part is completed', async () => {
  const ctx = await context()
  const created = await Promise.all(Array.from({ length: 5 }, () => commit(ctx, [things.create(thing(ctx))], [])))
  let asked = 0
  const db = {
    ...ctx.db,
    send: async (command: { input: { RequestItems: Record<string, { Keys: object[] }> } }) => {
      asked += 1
      const [table, request] = Object.entries(command.input.RequestItems)[0]!
      const rest = request.Keys.splice(2)
      const answer = (await ctx.db.send(command)) as object
      return { ...answer, UnprocessedKeys: rest.length > 0 ? { [table]: { Keys: rest } } : {} }
    },
  } as Context['db']

  const found = await findMany(
    { ...ctx, db },
    created.map(({ id }) => ({ entity: things, id })),
  )

  expect([...found.keys()].sort()).toEqual(created.map(({ id }) => id).sort())
  expect(asked).toBe(3)
})
