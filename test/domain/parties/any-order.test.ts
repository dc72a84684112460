import fc from 'fast-check'
import { expect, test } from 'vitest'
import { customers, customersOf, customersOwnedBy, publicPool } from '../../../domain/parties/customer/customer.table.ts'
import type { Customer } from '../../../domain/parties/customer/customer.ts'
import { readCount } from '../../../domain/store/count.ts'
import type { OutboxItem } from '../../../domain/store/outbox.ts'
import { queryAll } from '../../../domain/store/query.ts'
import { find } from '../../../domain/store/read.ts'
import { fromOwnSeeds } from '../../support/own-seeds.ts'
import { meant, openWorld, operations, play, type World } from '../../support/ownership-moves.ts'
import { type Firm, found, owned } from '../../support/ownership-oracle.ts'
import { eventsOf } from '../../support/sales.ts'
import { experiment, tries } from '../../support/share.ts'

const iso = (at: number) => new Date(at).toISOString()

/** What the rules say of a customer, as it is kept. */
const kept = ({ id, ownerId, ownedSince, pooled, lock, aliases = [], formerOwners = [] }: Customer) => ({
  id,
  owner: ownerId ?? null,
  term: ownerId ? ownedSince : undefined,
  pool: pooled && { how: pooled.how, by: pooled.by, from: pooled.from ?? null, since: pooled.since },
  locked: lock?.at ?? null,
  aliases: aliases.map(meant).sort(),
  former: Object.fromEntries([...formerOwners].sort((a, b) => (a.until < b.until ? -1 : 1)).map(({ userId, until }) => [userId, until])),
})

const due = ({ id, owner, term, pool, lock, aliases, former }: Firm): ReturnType<typeof kept> => ({
  id,
  owner,
  term: owner ? iso(term) : undefined,
  pool: pool ? { how: pool.how, by: pool.by, from: pool.from, since: iso(pool.since) } : undefined,
  locked: lock ? iso(lock) : null,
  aliases: [...aliases].sort(),
  former: Object.fromEntries(Object.entries(former).map(([id, until]) => [id, iso(until)])),
})

/** Every customer, every list and every count is as the oracle has it, and each change of owner was told once. */
async function expectSame({ book, ids, as }: World): Promise<void> {
  const ctx = as('system')
  for (const id of ids) {
    const [firm, customer] = [found(book, id), await find(ctx, customers, id, { consistent: true })]
    expect(customer && kept(customer)).toEqual(firm && due(firm))
    const told = (await eventsOf(ctx, id, 'customer.owner-changed')) as (OutboxItem & { data: { from: string; to: string; how: string } })[]
    const moves = told.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ data: { from, to, how } }) => ({ of: id, from, to, how }))
    expect(moves).toEqual(book.history.filter(({ of }) => of === id))
  }
  const all = [...book.firms.values()]
  const listed = async (partition: string[]) => (await queryAll(ctx, { index: 'gsi2', partition })).map(({ id }) => id).sort()
  const here = (owner: string | null) => all.flatMap((firm) => (firm.owner === owner ? [firm.id] : [])).sort()
  expect(await listed(publicPool())).toEqual(here(null))
  for (const { id } of book.people) {
    expect(await listed(customersOf(id))).toEqual(here(id))
    expect(await readCount(ctx, customersOwnedBy(id))).toBe(owned(book, id))
  }
}

/** Each of 11 to 24 operations. */
const numRuns = tries({ test: 3, faults: 2_000, nightly: 100_000 })

test(
  experiment(
    'R13',
    'whatever people do with customers in whatever order, each has the owner, term, lock and history that the rules give it',
    numRuns,
  ),
  async () => {
    await fromOwnSeeds(
      numRuns,
      fc.asyncProperty(operations, async (all) => {
        const world = await openWorld()

        for (const one of all) await play(world, one)

        await expectSame(world)
      }),
    )
  },
)
