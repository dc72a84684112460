import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { leftBehind, openSale, sell, sellingFirm, wrongInBooks } from '../support/quote-to-cash.ts'
import { experiment, randomOf, seed, tries } from '../support/share.ts'
import { inGroups } from '../support/side-by-side.ts'
import type { TestTenant } from '../support/tenant.ts'
import { faultKinds, overWire, type WireFault, wireOf } from '../support/wire.ts'

let undisturbed: Awaited<ReturnType<typeof soldOver>>

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  undisturbed = await soldOver(await sellingFirm(), [])
})
afterAll(() => void vi.restoreAllMocks())

/** A sale over a wire on which things go wrong as said; what it left, when all that was underway has arrived. */
async function soldOver(tenant: TestTenant, faults: WireFault[]) {
  const wire = wireOf(...faults)
  const sale = await openSale(tenant, (work) => overWire(wire, work))
  await sell(sale)
  await Promise.all(wire.underway)
  await sale.spread()
  return { left: await leftBehind(sale), calls: wire.calls, hit: wire.hit.size }
}

const nameOf = ({ kind, at, lasting }: WireFault) => `${kind} at call ${at}${lasting ? ', lasting' : ''}`

/** Sells over each of these wires, beside others in one firm; each must leave the same as a sale that nothing disturbed. */
async function expectSame(runs: readonly { name: string; faults: WireFault[] }[]): Promise<number> {
  let met = 0
  await inGroups(
    runs,
    tries({ test: 3, faults: 8, nightly: 8 }),
    sellingFirm,
    async ({ name, faults }, tenant) => {
      const { left, hit } = await soldOver(tenant, faults).catch((error) => {
        throw new Error(`${name}: ${faults.map(nameOf).join(' and ')}: ${error.message}`, { cause: error })
      })
      expect(left, `${name}: ${faults.map(nameOf).join(' and ')}`).toEqual(undisturbed.left)
      met += hit
    },
    async (tenant, members) => {
      expect(await wrongInBooks(await tenant.as(tenant.admin)), members.map(({ name }) => name).join(', ')).toEqual([])
    },
  )
  return met
}

test(
  experiment('R1', 'from quote to cash with each fault at every call of AWS nothing is lost or doubled, and the books balance'),
  async ({ task }) => {
    const all: WireFault[] = faultKinds.flatMap((kind) =>
      Array.from({ length: undisturbed.calls[kind] }, (_, i) => i + 1).flatMap((at) =>
        // A process dies once, and an index that is behind is behind for whoever asks.
        (kind.startsWith('killed') || kind === 'stale-index' ? [true] : [true, false]).map((lasting) => ({ kind, at, lasting })),
      ),
    )
    const random = randomOf(seed)
    const some = tries({ test: 3, faults: all.length, nightly: all.length })
    // Between the repetitions of what is throttled lie seconds.
    const quick = all.filter(({ kind, lasting }) => kind !== 'throttled' || !lasting)
    const chosen = some < all.length ? Array.from({ length: some }, () => quick[Math.floor(random() * quick.length)]!) : all

    const met = await expectSame(chosen.map((fault) => ({ name: 'R1', faults: [fault] })))

    task.meta.tries = chosen.length
    // A warm cache saves a call here and there, so that the last ones may not come.
    expect(met).toBeGreaterThanOrEqual(chosen.length * 0.9 - 1)
  },
)

const pairs = tries({ test: 2, faults: 200, nightly: 10_000 })

test(experiment('R2', 'the same with two faults at random', pairs), async () => {
  const faultsOf = (random: () => number): WireFault[] =>
    [0, 1].map(() => {
      const kind = faultKinds[Math.floor(random() * faultKinds.length)]!
      return { kind, at: 1 + Math.floor(random() * undisturbed.calls[kind]), lasting: random() < 0.5 }
    })
  const runs = Array.from({ length: pairs }, (_, i) => ({ name: `seed ${seed + i}`, faults: faultsOf(randomOf(seed + i)) }))

  const met = await expectSame(runs)

  expect(met).toBeGreaterThanOrEqual(pairs * 1.5 - 2)
})
