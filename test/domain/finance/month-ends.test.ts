import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkBooks, openAsOf } from '../../../domain/finance/index.ts'
import { post } from '../../../domain/finance/ledger/posting.table.ts'
import { keepMonthEnds } from '../../../domain/finance/month-end/keep-month-ends.ts'
import { readMonthEnds, writeMonth } from '../../../domain/finance/month-end/month-end.table.ts'
import { startMonthEnds } from '../../../domain/finance/month-end/start-month-ends.ts'
import { createTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import type { Context, SystemContext } from '../../../domain/kernel/context.ts'
import { addDays } from '../../../domain/kernel/dates.ts'
import { newId } from '../../../domain/kernel/ids.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { commit, retryStale } from '../../../domain/store/commit.ts'
import { bareContext, systemContext, tenantContext } from '../../../functions/runtime.ts'
import { Crash, crashingAt } from '../../support/crashing.ts'
import { firmOwed, shares } from '../../support/finance.ts'
import { countMonths } from '../../support/month-ends.ts'
import { firstPoint, seed, step, tries } from '../../support/share.ts'
import { newTenant } from '../../support/tenant.ts'

/** A firm that has been here since a day, and a clock for what is entered in it. */
async function firmSince(opened: string) {
  const id = newId('test', opened)
  const at = (moment: string) => ({ now: () => moment })
  await createTenant(
    { ...bareContext(id), ...at(opened) },
    {
      settings: { name: 'Old Trading', currency: 'CNY' },
      admin: { name: 'Ada', email: 'ada@test.example', roles: ['admin'] },
    },
  )
  const ctx = await tenantContext(id)
  return { ctx, at: (moment: string): Context => ({ ...ctx, ...at(moment) }) }
}

interface Line {
  on: string
  receivable: number
  units: number
}

const home = newId('cus', '2024-01-01T00:00:00.000Z')
const receivables = Array.from({ length: 6 }, () => newId('rcv', '2024-01-01T00:00:00.000Z', home))

/** One posting, entered at a moment; of several days when its lines are. */
async function enter(ctx: Context, lines: Line[]): Promise<void> {
  const on = lines
    .map((line) => line.on)
    .sort()
    .at(-1)!
  const parts = lines.map(({ on: since, receivable, units }) => {
    const what = { receivableId: receivables[receivable]!, amount: units, base: units, issuedOn: '2024-01-01', dueOn: '2024-02-01' }
    return { ...what, ...(since === on ? {} : { on: since }) }
  })
  await commit(ctx, [post(ctx, home, { on, kind: 'write-off', customerId: home, currency: 'CNY', parts })], [])
}

const days = fc.integer({ min: 0, max: 300 }).map((n) => addDays('2024-01-01', n))
const lines = fc.array(fc.record({ on: days, receivable: fc.nat(5), units: fc.integer({ min: -500, max: 500 }) }), {
  minLength: 1,
  maxLength: 4,
})
/** What is entered, how many days after the last of its days, and whether the months are counted behind it. */
const entries = fc.array(fc.record({ lines, late: fc.constantFrom(0, 0, 1, 20, 200), isCounted: fc.boolean() }), {
  minLength: 3,
  maxLength: 14,
})

test(`the end of any month is the sum of what was entered for it, whenever that was, seed ${seed}`, async () => {
  await fc.assert(
    fc.asyncProperty(entries, fc.array(days, { minLength: 4, maxLength: 4 }), async (all, asked) => {
      const { ctx, at } = await firmSince('2024-01-01T00:00:00.000Z')
      let clock = Date.parse('2024-01-01T08:00:00.000Z')
      const entered: Line[] = []
      for (const { lines: some, late, isCounted } of all) {
        const last = some
          .map(({ on }) => on)
          .sort()
          .at(-1)!
        clock = Math.max(clock + 1, Date.parse(addDays(last, late)))
        await enter(at(new Date(clock).toISOString()), some)
        entered.push(...some)
        if (isCounted) while (await keepMonthEnds(ctx, new Date(clock).toISOString()));
      }

      for (const asOf of asked) {
        const open = await openAsOf(at(new Date(clock).toISOString()), asOf)
        const expected = receivables.map((id, i) => {
          const sum = entered.reduce((all, { on, receivable, units }) => (receivable === i && on <= asOf ? all + units : all), 0)
          return [id, sum] as const
        })
        const isKept = ((await readMonthEnds(ctx))?.through ?? '') >= asOf.slice(0, 7)
        if (isKept)
          expect(Object.fromEntries(open.map(({ id, balance }) => [id, balance]))).toEqual(
            Object.fromEntries(expected.filter(([, sum]) => sum !== 0)),
          )
      }
    }),
    { numRuns: tries({ test: 4, faults: 200, nightly: 3000 }), seed },
  )
})

/** Two years of ten postings a month, each entered on its day. */
async function fillYears(at: (moment: string) => Context, from: string, months: number, perMonth: number): Promise<void> {
  for (let month = 0; month < months; month++)
    for (let n = 0; n < perMonth; n++) {
      const on = addDays(from, month * 31 + n)
      await enter(at(`${on}T09:00:00.000Z`), [{ on, receivable: n % 6, units: 100 + month }])
    }
}

test('a day long ago costs the same however much was entered since; the months since need not be read', async () => {
  const { ctx, at } = await firmSince('2023-01-01T00:00:00.000Z')
  const asked = (now: string) => measure(() => openAsOf(at(now), '2023-02-20'))
  await fillYears(at, '2023-01-01', 3, 5)
  while (await keepMonthEnds(ctx, '2023-05-01T00:00:00.000Z'));
  const before = await asked('2023-05-01T09:00:00.000Z')
  await fillYears(at, '2023-05-01', 6, 10)
  while (await keepMonthEnds(ctx, '2024-01-01T00:00:00.000Z'));
  const after = await asked('2024-01-01T09:00:00.000Z')

  expect(after.result).toEqual(before.result)
  expect([after.spent.readUnits, after.spent.readUnits < 5]).toEqual([before.spent.readUnits, true])
})

test('a counting that dies at any call, or is done by several at once, ends in the same', async () => {
  const { ctx, at } = await firmSince('2024-01-01T00:00:00.000Z')
  const read = async () => (await openAsOf(at('2024-05-02T00:00:00.000Z'), '2024-02-28')).map(({ balance }) => balance)
  const moment = (n: number, second: string) =>
    `2024-04-30T${String(10 + Math.floor(n / 60))}:${String(n % 60).padStart(2, '0')}:${second}.000Z`
  const bump = (n: number) => enter(at(moment(n, '10')), [{ on: '2024-02-15', receivable: 0, units: 1 }])
  const count = async (on: Context, n: number) => {
    while (await retryStale(() => keepMonthEnds(on, moment(n, '20'))));
  }
  await enter(at('2024-03-02T00:00:00.000Z'), [{ on: '2024-03-02', receivable: 0, units: 5 }])
  await count(ctx, 0)

  let tried = 0
  for (const when of (['before', 'after'] as const).filter((_, i) => step === 1 || seed % 2 === i))
    for (let nth = firstPoint; ; nth += step) {
      await bump(++tried)
      const { ctx: dying, crashed } = crashingAt(ctx, nth, when)
      await count(dying, tried).catch((error) => expect(error).toBeInstanceOf(Crash))
      expect(await read()).toEqual([tried])
      await count(ctx, tried)
      expect(await read()).toEqual([tried])
      if (!crashed()) break
    }
  await bump(++tried)
  await Promise.all([count(ctx, tried), count(ctx, tried), count(ctx, tried)])

  expect(await read()).toEqual([tried])
  expect(tried).toBeGreaterThan(3)
})

test('whatever is entered for a month that was counted changes it; the check of the books finds what does not', async () => {
  const { ctx, owed, receive, faults } = await firmOwed([300, 50])
  await countMonths(ctx)
  // An advance of February that settles two receivables of different months since their own days.
  await receive(120)
  const asOf = async (on: string) =>
    (await openAsOf(ctx, on)).reduce((sum, { kind, balance }) => sum + (kind === 'credit' ? -balance : balance), 0)
  const before = [await asOf('2026-01-31'), await asOf('2026-02-10')]
  await countMonths(ctx)
  await receive(80, { receivedOn: '2026-01-31', allocations: shares([owed[0]!, 50, '2026-03-05'], [owed[1]!, 30, '2026-04-05']) })
  const days = ['2026-01-31', '2026-03-04', '2026-03-05', '2026-04-05']
  const late = await Promise.all(days.map(asOf))
  const parts = async (on: string) => (await openAsOf(ctx, on)).map(({ balance }) => balance).sort((a, b) => a - b)
  const lateParts = await Promise.all(days.map(parts))
  await countMonths(ctx)

  expect(before).toEqual([35000, 23000])
  expect(late).toEqual([27000, 15000, 15000, 15000])
  expect(lateParts).toEqual([
    [5000, 8000, 30000],
    [5000, 8000, 12000, 30000],
    [3000, 5000, 12000, 25000],
    [2000, 12000, 25000],
  ])
  expect(await Promise.all(days.map(parts))).toEqual(lateParts)
  expect(await faults()).toEqual([])
  const ends = (await readMonthEnds(ctx))!
  const month = Object.keys(ends.months).sort()[0]!
  await writeMonth(ctx, month, ends.months[month]!.cut, { open: new Map(), strays: [] })
  expect((await checkBooks(ctx)).filter(({ about }) => about === owed[0]!.id)).toEqual([
    { about: owed[0]!.id, what: `open at the end of ${month}`, kept: 0, computed: 30_000 },
    { about: owed[0]!.id, what: `open in base at the end of ${month}`, kept: 0, computed: 30_000 },
  ])
})

test('the daily run hands out every tenant, for what was entered until shortly before, and never for what is to come', async () => {
  const [tenant, moved] = [await newTenant({ timeZone: 'Pacific/Kiritimati' }), await newTenant({ timeZone: 'America/Los_Angeles' })]
  const sent: { tenantId: string; upTo: string }[] = []
  const enqueue = async (_queue: string, tasks: unknown[]) => void sent.push(...(tasks as typeof sent))
  const system = { ...systemContext(), enqueue } as SystemContext
  const ours = () => sent.splice(0).filter(({ tenantId }) => [tenant.id, moved.id].includes(tenantId))

  await startMonthEnds(system, '2026-03-01T01:20:00.000Z')
  const past = ours()
  await startMonthEnds(system, '2199-01-01T00:00:00.000Z')
  const ahead = ours()

  expect(past.map(({ upTo }) => upTo)).toEqual(Array(2).fill('2026-03-01T01:15:00.000Z'))
  expect(ahead).toHaveLength(2)
  for (const { upTo } of ahead) expect(Date.parse(upTo)).toBeLessThan(Date.now() - 4 * 60_000)
})
