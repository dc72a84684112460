import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import type { Context } from '../../../domain/kernel/context.ts'
import { nextNumber, numberFor, numberGuard } from '../../../domain/platform/index.ts'
import { commit, retryStale } from '../../../domain/store/commit.ts'
import { defineEntity } from '../../../domain/store/entity.ts'
import type { Stored } from '../../../domain/store/entity-definition.ts'
import { newRecord } from '../../../domain/store/record.ts'
import { Crash } from '../../support/crashing.ts'
import { isSecondEngine } from '../../support/engine.ts'
import { cancelled, withFaults } from '../../support/faults.ts'
import { experiment, tries } from '../../support/share.ts'
import { newTenant } from '../../support/tenant.ts'
import { happened } from '../../support/things.ts'

const day = '2026-11-21'

interface Paper extends Stored {
  number: string
}

/** A document with a number and nothing else. */
const papers = defineEntity<Paper>({
  type: 'paper',
  prefix: 'ppr',
  schemaVersion: 1,
  key: (id) => ({ pk: ['PAPERS'], sk: [id] }),
  guards: ({ number }) => [numberGuard('quote', number)],
})

async function writePaper(ctx: Context, given?: string): Promise<string> {
  const number = await numberFor(ctx, 'quote', day, given)
  return (await commit(ctx, [papers.create({ ...newRecord(ctx, 'ppr'), number })], [happened('x')])).number
}

/** Runs so many pieces of work, a few at a time. */
async function atOnce<T>(many: number, clients: number, work: (i: number) => Promise<T>): Promise<T[]> {
  const done: T[] = []
  let next = 0
  const client = async () => {
    while (next < many) done.push(await work(next++))
  }
  await Promise.all(Array.from({ length: clients }, client))
  return done
}

async function world(settings: Record<string, unknown> = {}) {
  const { admin, as } = await newTenant(settings)
  return as(admin)
}

/** Of those who ask, every twentieth dies when its number is taken and not yet known. */
function dying(ctx: Context): Context {
  let asked = 0
  const send = async (command: unknown) => {
    const nth = command instanceof UpdateCommand ? ++asked : 0
    const answer = await ctx.db.send(command)
    if (nth % 20 === 19) throw new Crash()
    return answer
  }
  return { ...ctx, db: { ...ctx.db, send } }
}

const many = tries({ test: 1_000, faults: 10_000, nightly: 100_000 })

test(experiment('R6', 'of numbers asked for at once and by some who die over it none comes twice', many), {
  timeout: (isSecondEngine ? 600 : 30) * many + 30_000,
}, async () => {
  const ctx = dying(await world())

  const numbers = await atOnce(many, 32, () => nextNumber(ctx, 'quote', day).catch(() => undefined))

  const got = numbers.filter((number) => number !== undefined)
  expect(got).toHaveLength(many * 0.95)
  expect(new Set(got).size).toBe(got.length)
})

test('documents written at once under conflicts are numbered without a gap, whoever takes numbers of their own', async () => {
  const ctx = await world()
  const busy = withFaults(ctx, (operation, nth) =>
    operation === 'TransactWriteItems' && nth % 5 === 0 ? cancelled('TransactionConflict', 'None', 'None') : undefined,
  )

  await writePaper(busy, 'QT202611-0010')
  const numbers = await atOnce(40, 8, (i) => retryStale(() => writePaper(busy, i % 10 === 3 ? `OWN-${i}` : undefined)))

  const ours = numbers.filter((number) => number.startsWith('QT')).sort()
  expect(ours).toEqual(Array.from({ length: 36 }, (_, i) => `QT202611-00${i + 11}`))
})

test('a number that a caller gives is taken once, and not given again by us', async () => {
  const ctx = await world()
  await writePaper(ctx, 'QT202611-0002')

  const [again, next] = [writePaper(ctx, 'QT202611-0002'), writePaper(ctx)]

  await expect(again).rejects.toMatchObject({ kind: 'conflict', code: 'quote.number-taken', more: { errors: [{ pointer: '/number' }] } })
  expect(await next).toBe('QT202611-0003')
})

test('of two who give one number at once the second is told', async () => {
  const ctx = await world()

  const outcomes = await Promise.allSettled([1, 2, 3].map(() => retryStale(() => writePaper(ctx, 'A-1'))))

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'quote.number-taken' })
})

test('where numbers of a former pattern are in the way, they are passed', async () => {
  const ctx = await world({ numbering: { quote: { pattern: 'Q-{N}', reset: 'never' } } })
  await commit(ctx, [papers.create({ ...newRecord(ctx, 'ppr'), number: 'Q-1' })], [happened('x')])

  const number = await retryStale(() => writePaper(ctx))

  expect(number).toBe('Q-2')
})

test('each kind and each period counts by itself, by the business date', async () => {
  const ctx = await world({ numbering: { order: { pattern: '{YYYY}.{N}', reset: 'yearly' } } })

  const numbers = [
    await nextNumber(ctx, 'quote', '2026-11-30'),
    await nextNumber(ctx, 'quote', '2026-12-01'),
    await nextNumber(ctx, 'quote', '2026-11-01'),
    await nextNumber(ctx, 'creditNote', '2026-11-01'),
    await nextNumber(ctx, 'order', '2025-12-31'),
    await nextNumber(ctx, 'order', '2026-01-01'),
    await nextNumber(ctx, 'order', '2026-12-31'),
  ]

  expect(numbers).toEqual(['QT202611-0001', 'QT202612-0001', 'QT202611-0002', 'CN202611-0001', '2025.1', '2026.1', '2026.2'])
})
