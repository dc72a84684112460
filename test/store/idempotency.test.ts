import { expect, test } from 'vitest'
import type { Context, IdempotentRequest } from '../../domain/kernel/context.ts'
import { commit } from '../../domain/store/commit.ts'
import { findAnswer, keepAnswer } from '../../domain/store/idempotency.ts'
import { context, type Thing, thing, things } from '../support/things.ts'

const request = (key = 'k', hash = 'h'): IdempotentRequest => ({
  key,
  hash,
  answer: (result) => ({ status: 201, headers: { etag: '"1"' }, body: JSON.stringify({ id: (result as Thing).id }) }),
})
const create = (ctx: Context, keyed: IdempotentRequest) => commit({ ...ctx, idempotency: keyed }, [things.create(thing(ctx))], [])
const later = (ctx: Context, seconds: number): Context => ({ ...ctx, now: () => new Date(Date.now() + seconds * 1000).toISOString() })
const day = 24 * 60 * 60

test('the answer is kept with the work and found again, for the same request only', async () => {
  const ctx = await context()

  const created = await create(ctx, request())

  expect(await findAnswer(ctx, request())).toEqual({ status: 201, headers: { etag: '"1"' }, body: JSON.stringify({ id: created.id }) })
  expect(await findAnswer(ctx, request('other'))).toBeUndefined()
  await expect(findAnswer(ctx, request('k', 'another body'))).rejects.toMatchObject({ kind: 'invalid', code: 'idempotency.key-reused' })
})

test('work with a key that is taken is not done', async () => {
  const ctx = await context()
  await create(ctx, request())

  await expect(create(ctx, request())).rejects.toMatchObject({ kind: 'conflict', code: 'idempotency.running', more: { retryable: true } })
})

test('work that fails keeps no answer', async () => {
  const ctx = await context()
  const taken = await commit(ctx, [things.create(thing(ctx))], [])

  await expect(commit({ ...ctx, idempotency: request() }, [things.create(taken)], [])).rejects.toThrow()

  expect(await findAnswer(ctx, request())).toBeUndefined()
})

test('keys are of their caller and tenant', async () => {
  const [ctx, other] = [await context(), await context()]
  const colleague = { ...ctx, actor: { ...ctx.actor, id: 'usr_colleague' } }
  await create(ctx, request())

  expect(await findAnswer(colleague, request())).toBeUndefined()
  expect(await findAnswer(other, request())).toBeUndefined()
  await expect(create(colleague, request())).resolves.toBeDefined()
})

test('after a day the key is free, whether or not the table has tidied up', async () => {
  const ctx = await context()
  await create(ctx, request())

  expect(await findAnswer(later(ctx, day - 10), request())).toBeDefined()
  expect(await findAnswer(later(ctx, day + 10), request())).toBeUndefined()
  const again = await create(later(ctx, day + 10), request())

  expect((await findAnswer(later(ctx, day + 20), request()))?.body).toContain(again.id)
})

test('an answer without work is kept once', async () => {
  const ctx = await context()
  const answer = { status: 200, headers: {}, body: '{}' }

  await keepAnswer(ctx, request(), answer)

  expect(await findAnswer(ctx, request())).toEqual(answer)
  await expect(keepAnswer(ctx, request(), { ...answer, body: '{"other":true}' })).rejects.toMatchObject({ code: 'idempotency.running' })
})

test('of many requests with one key one is done', async () => {
  const ctx = await context()

  const outcomes = await Promise.allSettled(Array.from({ length: 15 }, () => create(ctx, request('race'))))

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('an answer larger than an item of the table is kept all the same, as a batch of a hundred may have', async () => {
  const ctx = await context()
  const rows = Array.from({ length: 100 }, (_, i) => ({ name: `客户 ${i}`, notes: `第 ${i} 次拜访：${'要五百套的报价。'.repeat(300)}` }))
  const body = JSON.stringify({ results: rows })
  const large: IdempotentRequest = { ...request(), answer: () => ({ status: 200, headers: {}, body }) }

  await create(ctx, large)
  await keepAnswer(ctx, { ...large, key: 'unchanged' }, large.answer(undefined))

  expect(await findAnswer(ctx, large)).toEqual({ status: 200, headers: {}, body })
  expect(await findAnswer(ctx, { ...large, key: 'unchanged' })).toEqual({ status: 200, headers: {}, body })
})
