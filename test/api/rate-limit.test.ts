import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Context } from '../../domain/kernel/context.ts'
import { newTenant } from '../support/tenant.ts'

type TakeRequest = (ctx: Context) => Promise<Record<string, string>>

let before: string | undefined
let made = 0

beforeEach(() => {
  before = process.env.RATE_LIMIT_PER_MINUTE
})
afterEach(() => {
  if (before === undefined) delete process.env.RATE_LIMIT_PER_MINUTE
  else process.env.RATE_LIMIT_PER_MINUTE = before
})

/** Processes of their own, as Lambda starts one for each request at the same time: the module once more for each. */
const processes = (count: number): Promise<TakeRequest[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      made += 1
      return (await import(/* @vite-ignore */ `../../functions/http/rate-limit.ts?process=${made}`)).takeRequest as TakeRequest
    }),
  )

async function limitedTo(limit: number): Promise<Context> {
  process.env.RATE_LIMIT_PER_MINUTE = String(limit)
  const { admin, as } = await newTenant()
  return { ...(await as(admin)), now: () => '2026-11-21T04:00:10.000Z' }
}

const isTaken = (request: Promise<unknown>) =>
  request.then(
    () => true,
    () => false,
  )

test('a burst over many processes is served: none keeps a large part of the minute for itself', async () => {
  const ctx = await limitedTo(6000)

  const taken = await Promise.all((await processes(200)).map((take) => isTaken(take(ctx))))

  expect(taken.filter(Boolean)).toHaveLength(200)
})

test('however many processes there are, a minute has never more requests than its limit, and one process may have them all', async () => {
  const [shared, alone] = [await limitedTo(100), await limitedTo(100)]
  const answered = async (ctx: Context, count: number) => {
    let sum = 0
    for (const take of await processes(count)) for (let i = 0; i < 150; i++) sum += (await isTaken(take(ctx))) ? 1 : 0
    return sum
  }

  expect(await answered(shared, 3)).toBe(100)
  expect(await answered(alone, 1)).toBe(100)
})

test('who is refused is told when to come again', async () => {
  const ctx = await limitedTo(1)
  const [take] = await processes(1)
  const headers = await take!(ctx)

  await expect(take!(ctx)).rejects.toMatchObject({ code: 'rate.exceeded', more: { retryable: true, headers: { 'retry-after': '50' } } })
  expect(headers).toEqual({ 'ratelimit-limit': '1', 'ratelimit-remaining': '0', 'ratelimit-reset': '50' })
})
