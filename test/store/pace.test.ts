import { expect, test } from 'vitest'
import { measure } from '../../domain/store/capacity.ts'
import { holdTurns, reserveTurns } from '../../domain/store/pace.ts'
import { context } from '../support/things.ts'

const start = Date.parse('2026-11-20T08:00:00.000Z')

test('turns lie apart by the rate whether they were free or queued, and who asks at the same pace again needs one write', async () => {
  const ctx = await context()
  const pace = { name: 'test', perSecond: 100 }
  const calls: number[] = []
  const reserve = async (at: number) => {
    const { result, spent } = await measure(() => reserveTurns(ctx, pace, 10, at))
    calls.push(spent.calls)
    return result
  }

  const free = [await reserve(start), await reserve(start + 1000), await reserve(start + 2000)]
  const queued = [await reserve(start + 2000), await reserve(start + 2000)]
  const freeAgain = [await reserve(start + 9000), await reserve(start + 10_000)]

  expect(free).toEqual([start, start + 1000, start + 2000])
  expect(queued).toEqual([start + 2100, start + 2200])
  expect(freeAgain).toEqual([start + 9000, start + 10_000])
  expect(calls).toEqual([2, 1, 1, 2, 1, 2, 1])
})

test('after a pause that was asked for the turns begin at its end; what is too far away is not given', async () => {
  const ctx = await context()
  const pace = { name: 'test', perSecond: 100 }
  await reserveTurns(ctx, pace, 10, start)
  await holdTurns(ctx, 'test', start + 5000)

  expect(await reserveTurns(ctx, pace, 10, start + 200)).toBe(start + 5000)
  await holdTurns(ctx, 'test', start + 60_000)
  expect(await reserveTurns(ctx, pace, 10, start + 300)).toBeUndefined()
})
