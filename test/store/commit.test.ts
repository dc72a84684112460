import { describe, expect, test } from 'vitest'
import { StaleWrite } from '../../domain/kernel/errors.ts'
import { measure } from '../../domain/store/capacity.ts'
import { commit, mostActions, retryStale } from '../../domain/store/commit.ts'
import { findGuarded } from '../../domain/store/guard.ts'
import { outboxKeys } from '../../domain/store/outbox.ts'
import { queryAll } from '../../domain/store/query.ts'
import { find, get } from '../../domain/store/read.ts'
import type { Write } from '../../domain/store/write.ts'
import { context, happened, type Thing, thing, things } from '../support/things.ts'

describe('a record', () => {
  test('is created, replaced and removed, each time as the version that was read', async () => {
    const ctx = await context()

    const created = await commit(ctx, [things.create(thing(ctx, { name: 'a' }))], [])
    const changed = await commit(ctx, [things.replace(ctx, created, { ...created, name: 'b' })], [])
    const read = await get(ctx, things, created.id)
    const stale = [things.replace(ctx, created, { ...created, name: 'c' }), things.remove(created), things.create(created)]

    expect(read).toEqual(changed)
    expect(changed).toMatchObject({ name: 'b', version: 2, createdAt: created.createdAt })
    for (const write of stale) await expect(commit(ctx, [write], [])).rejects.toBeInstanceOf(StaleWrite)
    await commit(ctx, [things.remove(changed)], [])
    await expect(get(ctx, things, created.id)).rejects.toMatchObject({ kind: 'not-found', code: 'thing.not-found' })
  })

  test('is held to one of its fields: what else of it changes is no matter, whether it is still there is', async () => {
    const ctx = await context()
    const [owned, free] = [thing(ctx, { owner: 'usr_a' }), thing(ctx)]
    const read = [await commit(ctx, [things.create(owned), things.create(free)], []), free] as const
    const hold = (record: Thing) => commit(ctx, [things.create(thing(ctx)), things.keepField(record, 'owner')], [])
    const changed = await commit(ctx, [things.replace(ctx, read[0], { ...owned, name: 'b' })], [])
    const claimed = await commit(ctx, [things.replace(ctx, free, { ...free, name: 'b' })], [])

    await Promise.all(read.map(hold))
    await commit(ctx, [things.replace(ctx, changed, { ...changed, owner: 'usr_b' })], [])
    await commit(ctx, [things.replace(ctx, claimed, { ...claimed, owner: 'usr_b' })], [])

    for (const record of [...read, thing(ctx)]) await expect(hold(record)).rejects.toBeInstanceOf(StaleWrite)
  })

  test('is written with all events of its commit, those of a customer in their order', async () => {
    const ctx = await context()
    const customerId = ctx.newId('cus')
    const events = ['one', 'two', 'two', 'three'].map((name) => ({ ...happened(name), customerId }))

    await commit(ctx, [things.create(thing(ctx))], events)

    const written = await queryAll(ctx, { partition: outboxKeys.customer(customerId), prefix: ['EVT'] }, { consistent: true })
    expect(written.map(({ subject }) => (subject as { id: string }).id)).toEqual(['one', 'two', 'two', 'three'])
  })

  test('of another tenant is not there', async () => {
    const [ctx, other] = [await context(), await context()]
    const created = await commit(ctx, [things.create(thing(ctx))], [])

    expect(await find(other, things, created.id)).toBeUndefined()
    await expect(commit(other, [things.remove(created)], [])).rejects.toBeInstanceOf(StaleWrite)
    expect(await find(ctx, things, created.id)).toEqual(created)
  })

  test('that another rests on must still be as it was read', async () => {
    const ctx = await context()
    const ground = await commit(ctx, [things.create(thing(ctx))], [])
    await commit(ctx, [things.create(thing(ctx, { name: 'on it' })), things.keep(ground)], [])
    await commit(ctx, [things.replace(ctx, ground, { ...ground, name: 'moved' })], [])

    const late = commit(ctx, [things.create(thing(ctx, { name: 'late' })), things.keep(ground)], [])

    await expect(late).rejects.toBeInstanceOf(StaleWrite)
  })
})

describe('what stands beside a record moves with it', () => {
  const due = (ctx: Awaited<ReturnType<typeof context>>, owner: string) => queryAll(ctx, { partition: ['DUE', owner] })
  const listed = (ctx: Awaited<ReturnType<typeof context>>, owner: string) =>
    queryAll(ctx, { index: 'gsi2', partition: ['THING-OWNER', owner] })

  test('due entries, pointers and index entries', async () => {
    const ctx = await context()
    const created = await commit(ctx, [things.create(thing(ctx, { owner: 'ann', dueOn: '2026-12-01', sharedWith: ['cyd'] }))], [])
    const before = [await due(ctx, 'ann'), await listed(ctx, 'ann'), await listed(ctx, 'cyd')].map((list) => list.length)

    const moved = await commit(
      ctx,
      [things.replace(ctx, created, { ...created, owner: 'bob', dueOn: '2026-12-02', sharedWith: ['dan'] })],
      [],
    )
    const after = await Promise.all(['ann', 'cyd', 'bob', 'dan'].map(async (owner) => (await listed(ctx, owner)).length))

    expect(before).toEqual([1, 1, 1])
    expect(after).toEqual([0, 0, 1, 1])
    expect(await due(ctx, 'ann')).toEqual([])
    expect(await due(ctx, 'bob')).toMatchObject([{ on: '2026-12-02', kind: 'thing', id: created.id }])
    await commit(ctx, [things.remove(moved)], [])
    expect([...(await due(ctx, 'bob')), ...(await listed(ctx, 'bob')), ...(await listed(ctx, 'dan'))]).toEqual([])
  })

  test('what did not change is not written', async () => {
    const ctx = await context()
    const created = await commit(ctx, [things.create(thing(ctx, { code: 'c-1', owner: 'ann', dueOn: '2026-12-01' }))], [])

    const { spent } = await measure(() => commit(ctx, [things.replace(ctx, created, { ...created, code: 'c-1' })], []))

    expect(spent.byCommand).toEqual({ PutItemCommand: 1 })
  })
})

describe('a guarded value', () => {
  test('belongs to one record until that one lets it go', async () => {
    const ctx = await context()
    const holder = await commit(ctx, [things.create(thing(ctx, { code: 'c-1' }))], [])

    const second = commit(ctx, [things.create(thing(ctx, { code: 'c-1' }))], [])

    await expect(second).rejects.toMatchObject({ code: 'thing.code-taken', message: `${holder.id} has it.` })
    const changed = await commit(ctx, [things.replace(ctx, holder, { ...holder, code: 'c-2' })], [])
    await expect(commit(ctx, [things.create(thing(ctx, { code: 'c-1' }))], [])).resolves.toBeDefined()
    await commit(ctx, [things.remove(changed)], [])
    expect(await findGuarded(ctx, 'thing-code', 'c-2')).toBeUndefined()
  })

  test('goes to exactly one of many who want it at the same moment', async () => {
    const ctx = await context()
    const wanting = Array.from({ length: 20 }, () => commit(ctx, [things.create(thing(ctx, { code: 'wanted' }))], []))

    const outcomes = await Promise.allSettled(wanting)

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await queryAll(ctx, { partition: ['THINGS'] })).toHaveLength(1)
  })

  test('is the same for another tenant without harm', async () => {
    const [ctx, other] = [await context(), await context()]
    await commit(ctx, [things.create(thing(ctx, { code: 'c-1' }))], [])

    await expect(commit(other, [things.create(thing(other, { code: 'c-1' }))], [])).resolves.toBeDefined()
  })
})

describe('one transaction', () => {
  test('is all or nothing: with one write that fails nothing of the others is there, and no event', async () => {
    const ctx = await context()
    await commit(ctx, [things.create(thing(ctx, { code: 'taken' }))], [])
    const [good, bad] = [thing(ctx), thing(ctx, { code: 'taken' })]

    await expect(commit(ctx, [things.create(good), things.create(bad)], [happened('x')])).rejects.toMatchObject({
      code: 'thing.code-taken',
    })

    expect(await find(ctx, things, good.id, { consistent: true })).toBeUndefined()
    expect(await queryAll(ctx, { partition: outboxKeys.subject('tenant', 'x') })).toEqual([])
  })

  test('takes a hundred items and no more', async () => {
    const ctx = await context()
    const creating = (count: number) => Array.from({ length: count }, () => things.create(thing(ctx))) as [Write<Thing>, ...Write<Thing>[]]

    await expect(commit(ctx, creating(mostActions), [])).resolves.toBeDefined()
    await expect(commit(ctx, creating(mostActions + 1), [])).rejects.toMatchObject({ kind: 'invalid', code: 'batch.too-large-for-atomic' })
    await expect(commit(ctx, creating(mostActions), [happened('x')])).rejects.toMatchObject({ code: 'batch.too-large-for-atomic' })
    expect(await queryAll(ctx, { partition: ['THINGS'] })).toHaveLength(mostActions)
  })

  test('a single item costs no transaction', async () => {
    const ctx = await context()

    const one = await measure(() => commit(ctx, [things.create(thing(ctx))], []))
    const two = await measure(() => commit(ctx, [things.create(thing(ctx))], [happened('x')]))

    expect(one.spent.byCommand).toEqual({ PutItemCommand: 1 })
    expect(two.spent.byCommand).toEqual({ TransactWriteItemsCommand: 1 })
  })

  test('two different changes of one item are a mistake of the use case, the same change twice is one', async () => {
    const ctx = await context()
    const created = await commit(ctx, [things.create(thing(ctx))], [])
    const change = (name: string) => things.replace(ctx, created, { ...created, name })

    await expect(commit(ctx, [change('a'), change('b')], [])).rejects.toThrow('two different changes')
    const same = change('a')
    await expect(commit(ctx, [same, same], [])).resolves.toMatchObject({ name: 'a', version: 2 })
  })

  test('an id never changes', async () => {
    const ctx = await context()
    const created = thing(ctx)

    expect(() => things.replace(ctx, created, { ...created, id: 'thg_other' })).toThrow('never changes')
  })
})

describe('a use case that meets another version', () => {
  test('is run again until it has its turn', async () => {
    const ctx = await context()
    const { id } = await commit(ctx, [things.create(thing(ctx, { name: '' }))], [])
    const append = (letter: string) =>
      retryStale(async () => {
        const read = await get(ctx, things, id, { consistent: true })
        return commit(ctx, [things.replace(ctx, read, { ...read, name: `${read.name}${letter}` })], [])
      })

    await Promise.all([...'abcdefgh'].map(append))

    const { name, version } = await get(ctx, things, id, { consistent: true })
    expect([...name!].sort().join('')).toBe('abcdefgh')
    expect(version).toBe(9)
  })

  test('gives up after a while with a conflict that may be tried again', async () => {
    const stale = retryStale(() => Promise.reject(new StaleWrite()), 3)

    await expect(stale).rejects.toMatchObject({ kind: 'conflict', code: 'write.conflict', more: { retryable: true } })
  })

  test('is not run again for any other reason', async () => {
    let runs = 0
    const failing = retryStale(() => {
      runs += 1
      return Promise.reject(new Error('a bug'))
    })

    await expect(failing).rejects.toThrow('a bug')
    expect(runs).toBe(1)
  })
})
