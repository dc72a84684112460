import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { createCustomer, deleteCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { assignCustomer } from '../../../domain/parties/ownership/assign-customer.ts'
import { claimCustomer } from '../../../domain/parties/ownership/claim-customer.ts'
import { releaseCustomer } from '../../../domain/parties/ownership/release-customer.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { firmName } from '../../support/firm-names.ts'
import { ownedBy, setPoolRules, tenantWithPool } from '../../support/pool.ts'
import { experiment, seed, tries } from '../../support/share.ts'
import type { TestTenant } from '../../support/tenant.ts'

const numRuns = tries({ test: 15, faults: 500, nightly: 5_000 })

interface Outcome {
  won: boolean
  code?: string
}

const tried = async (work: () => Promise<unknown>): Promise<Outcome> => {
  try {
    await retryStale(work)
    return { won: true }
  } catch (error) {
    return { won: false, code: (error as { code: string }).code }
  }
}

const pooled = async (tenant: TestTenant, number: number): Promise<string[]> => {
  const ctx = await tenant.as(tenant.admin)
  const created = await Promise.all(
    Array.from({ length: number }, () => retryStale(() => createCustomer(ctx, { name: firmName(), ownerId: null }))),
  )
  return created.map(({ id }) => id)
}

const users = (tenant: TestTenant, number: number): Promise<User[]> => Promise.all(Array.from({ length: number }, () => tenant.user('rep')))

test(experiment('R4', 'of 2 to 20 reps who claim one customer exactly one wins, and the others are told', numRuns), async () => {
  const tenant = await tenantWithPool({ quotaPerDay: 1000, capPerUser: 1000 })
  const reps = await Promise.all((await users(tenant, 20)).map((user) => tenant.as(user)))

  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 20 }), async (racers) => {
      const [id] = (await pooled(tenant, 1)) as [string]

      const outcomes = await Promise.all(reps.slice(0, racers).map((rep) => tried(() => claimCustomer(rep, { id }))))

      expect(outcomes.filter(({ won }) => won)).toHaveLength(1)
      expect(new Set(outcomes.filter(({ won }) => !won).map(({ code }) => code))).toEqual(new Set(['customer.already-owned']))
    }),
    { numRuns, seed },
  )
})

test(`one rep's simultaneous claims, with undone releases among them, never pass quota or cap (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 2, max: 12 }),
      async (quotaPerDay, capPerUser, claims) => {
        const tenant = await tenantWithPool({ quotaPerDay, capPerUser })
        const rep = await tenant.user('rep')
        const ctx = await tenant.as(rep)
        const ids = await pooled(tenant, claims)

        const outcomes = await Promise.all(ids.map((id) => tried(() => claimCustomer(ctx, { id }))))

        expect(outcomes.filter(({ won }) => won)).toHaveLength(Math.min(quotaPerDay, capPerUser, claims))
        for (const { won, code } of outcomes) if (!won) expect(['pool.quota-reached', 'pool.cap-reached']).toContain(code)
        const { counted, listed } = await ownedBy(tenant, rep)
        expect([counted, listed]).toEqual([Math.min(quotaPerDay, capPerUser, claims), counted])
      },
    ),
    { numRuns: Math.max(5, Math.ceil(numRuns / 3)), seed },
  )
})

type Step = { kind: 'create' | 'claim' | 'release' | 'assign' | 'delete'; who: number; which: number; to: number }

const step = fc.record({
  kind: fc.constantFrom<Step['kind']>('create', 'claim', 'claim', 'release', 'assign', 'delete'),
  who: fc.nat(2),
  which: fc.nat(5),
  to: fc.nat(2),
})

async function play(admin: Context, reps: { user: User; ctx: Context }[], ids: string[], { kind, who, which, to }: Step): Promise<void> {
  const id = ids[which]!
  const { ctx } = reps[who]!
  const work = {
    create: async () => void ids.push((await createCustomer(ctx, { name: firmName() })).id),
    claim: () => claimCustomer(ctx, { id }),
    release: () => releaseCustomer(ctx, { id, reason: 'x' }),
    assign: () => assignCustomer(admin, { id, ownerId: reps[to]!.user.id }),
    delete: () => deleteCustomer(admin, { id }),
  }[kind]
  await tried(work)
}

test(`whatever is done at once, each user's count is what the user owns, and claims stop at the cap (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { maxLength: 6 }), async (rounds) => {
      const tenant = await tenantWithPool({})
      const admin = await tenant.as(tenant.admin)
      const reps = await Promise.all((await users(tenant, 3)).map(async (user) => ({ user, ctx: await tenant.as(user) })))
      const ids = await pooled(tenant, 6)
      await setPoolRules(tenant, { capPerUser: 3 })

      for (const round of rounds) await Promise.all(round.map((one) => play(admin, reps, ids, one)))

      for (const { user } of reps) {
        const { counted, listed } = await ownedBy(tenant, user)
        expect(counted).toBe(listed)
      }
    }),
    { numRuns: Math.max(5, Math.ceil(numRuns / 3)), seed },
  )
})
