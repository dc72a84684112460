import { expect, test } from 'vitest'
import { StaleWrite } from '../../domain/kernel/errors.ts'
import { commit } from '../../domain/store/commit.ts'
import { defineEntity } from '../../domain/store/entity.ts'
import { itemKey, type Stored } from '../../domain/store/entity-definition.ts'
import { readItems } from '../../domain/store/read-items.ts'
import { newRecord } from '../../domain/store/record.ts'
import { openStage } from '../../domain/store/stage.ts'
import type { Write } from '../../domain/store/write.ts'
import { newTenant } from '../support/tenant.ts'

interface Thing extends Stored {
  name: string
  keys: string[]
}

const place = (key: string) => ({ pk: ['ENTRY-TEST', key], sk: ['ENTRY'] })

const things = defineEntity<Thing>({
  type: 'thing',
  prefix: 'thg',
  schemaVersion: 1,
  key: (id) => ({ pk: ['THING', id], sk: ['THING'] }),
  entries: ({ id, name, keys }) => keys.map((key) => ({ key: place(key), attribute: id, text: name })),
})

async function setUp() {
  const { as, admin } = await newTenant()
  const ctx = await as(admin)
  const thing = (name: string, ...keys: string[]): Thing => ({ ...newRecord(ctx, 'thg'), name, keys })
  const read = async (key: string) => (await readItems(ctx, [place(key)], { consistent: true }))[0]
  const unchangedSince = (key: string, seen: number): Write => ({
    result: undefined,
    actions: () => [{ ...itemKey(ctx, place(key)), entry: { set: {}, remove: [], seen } }],
  })
  return { ctx, thing, read, unchangedSince }
}

test('records stand together in an entry, follow a change and leave it when they are deleted', async () => {
  const { ctx, thing, read } = await setUp()
  const [a, b] = [thing('a', 'x', 'y'), thing('b', 'x')]

  await commit(ctx, [things.create(a)], [])
  await commit(ctx, [things.create(b)], [])
  const both = await read('x')
  const renamed = await commit(ctx, [things.replace(ctx, a, { ...a, name: 'A', keys: ['x'] })], [])
  const after = await read('x')
  await commit(ctx, [things.remove(renamed)], [])

  expect(both).toMatchObject({ [a.id]: 'a', [b.id]: 'b', v: 2 })
  expect(after).toMatchObject({ [a.id]: 'A', [b.id]: 'b', v: 3 })
  expect(await read('x')).toMatchObject({ [b.id]: 'b', v: 4 })
  expect(await read('x')).not.toHaveProperty(a.id)
  expect(await read('y')).not.toHaveProperty(a.id)
})

test('changes of one entry go into one transaction together', async () => {
  const { ctx, thing, read, unchangedSince } = await setUp()
  const [a, b] = [thing('a', 'x'), thing('b', 'x')]

  await commit(ctx, [things.create(a), things.create(b), unchangedSince('x', 0)], [])

  expect(await read('x')).toMatchObject({ [a.id]: 'a', [b.id]: 'b', v: 1 })
})

test('who read an entry before another one came does not get past it', async () => {
  const { ctx, thing, read, unchangedSince } = await setUp()
  await commit(ctx, [things.create(thing('a', 'x')), unchangedSince('x', 0)], [])

  const stale = commit(ctx, [things.create(thing('b', 'x')), unchangedSince('x', 0)], [])
  await expect(stale).rejects.toThrow(StaleWrite)
  await commit(ctx, [things.create(thing('b', 'x')), unchangedSince('x', 1)], [])

  expect(await read('x')).toMatchObject({ v: 2 })
})

test('a transaction in the making reads the entries as it will leave them', async () => {
  const { ctx, thing } = await setUp()
  const stage = openStage(ctx)
  const [a, b] = [thing('a', 'x'), thing('b', 'x', 'y')]

  await stage.attempt((staged) => commit(staged, [things.create(a)], []))
  const seen = await stage.attempt((staged) => readItems(staged, [place('x'), place('y')]))
  await stage.attempt((staged) => commit(staged, [things.create(b)], []))
  const both = await stage.attempt((staged) => readItems(staged, [place('x'), place('y')]))

  expect(seen).toMatchObject([{ [a.id]: 'a' }, undefined])
  expect(both).toMatchObject([{ [a.id]: 'a', [b.id]: 'b' }, { [b.id]: 'b' }])
})
