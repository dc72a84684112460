import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { OutboxItem } from '../../domain/store/outbox.ts'
import { type Dealing, dealer } from '../support/dealings.ts'
import { messageOf } from '../support/deliver.ts'
import { eventsOf, sellingFirm, wrongInBooks } from '../support/quote-to-cash.ts'
import { experiment, randomOf, seed, tries } from '../support/share.ts'
import { inOrder, spoiledBus } from '../support/spoiled-bus.ts'

beforeAll(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))
afterAll(() => void vi.restoreAllMocks())

type Dealer = Awaited<ReturnType<typeof dealer>>

/** News that was not told yet, oldest first. */
function news({ ctx, customerId }: Dealer) {
  const told = new Set<string>()
  return async (): Promise<OutboxItem[]> => {
    const all = (await eventsOf(ctx, customerId)) as unknown as OutboxItem[]
    const fresh = all.filter(({ id }) => !told.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1))
    for (const { id } of fresh) told.add(id)
    return fresh
  }
}

/** Deals, and each thing is told before the next one is done. */
async function dealtInOrder(one: Dealer, dealings: Dealing[]): Promise<string[]> {
  const next = news(one)
  const answers: string[] = []
  for (const dealing of dealings) {
    answers.push(await one.deal(dealing))
    for (let items = await next(); items.length > 0; items = await next()) await inOrder(items, messageOf)
  }
  return answers
}

/** Deals, and the news goes round as it may. */
async function dealtInDisorder(one: Dealer, dealings: Dealing[], random: () => number): Promise<string[]> {
  const next = news(one)
  const bus = spoiledBus(random)
  const answers: string[] = []
  // What waits is told at last, and so is what that brings about.
  const settle = async () => {
    for (let items = await next(); items.length > 0 || bus.waits(); items = await next()) {
      await bus.publish(items)
      await bus.handOut(1)
    }
  }
  for (const dealing of dealings) {
    let answer = await one.deal(dealing)
    // Who takes back what is not in the books yet is told to come again.
    if (answer === '409 receivable.being-opened') {
      await settle()
      answer = await one.deal(dealing)
    }
    answers.push(answer)
    if (random() < 0.4) await bus.publish(await next())
    if (random() < 0.4) await bus.handOut(random())
  }
  await settle()
  return answers
}

const runs = tries({ test: 1, faults: 200, nightly: 10_000 })

test(
  experiment(
    'R10',
    'with the outbox published late, twice and in any order, to consumers that die, projections are those of a history told in order',
    runs,
  ),
  async () => {
    for (let run = 0; run < runs; run++) {
      const random = randomOf(seed + run)
      const dealings = Array.from({ length: 4 + Math.floor(random() * 6) }, () => {
        const [what, of, units, ago] = [random() * 8, random() * 6, 1 + random() * 300, random() * 60].map(Math.floor) as [
          number,
          number,
          number,
          number,
        ]
        return { what, of, units, ago }
      })
      const [calm, wild] = await Promise.all([dealer(await sellingFirm()), dealer(await sellingFirm())])

      const [told, spoiled] = [await dealtInOrder(calm, dealings), await dealtInDisorder(wild, dealings, random)]

      const at = `seed ${seed + run}: ${JSON.stringify(dealings)}`
      expect(spoiled, at).toEqual(told)
      expect(await wild.projections(), at).toEqual(await calm.projections())
      expect([await wrongInBooks(calm.ctx), await wrongInBooks(wild.ctx)], at).toEqual([[], []])
    }
  },
)
