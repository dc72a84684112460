import { expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { Problem } from '../../../domain/kernel/errors.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { customers } from '../../../domain/parties/customer/customer.table.ts'
import { rekeyRecords } from '../../../domain/parties/customer/rekey-records.ts'
import { createFollowUp } from '../../../domain/parties/follow-up/change-follow-up.ts'
import type { Mover } from '../../../domain/parties/handover/mover.ts'
import { runHandover } from '../../../domain/parties/handover/run-handover.ts'
import { startHandover } from '../../../domain/parties/handover/start-handover.ts'
import { lockCustomer } from '../../../domain/parties/ownership/lock-customer.ts'
import { releaseCustomer } from '../../../domain/parties/ownership/release-customer.ts'
import { createPool } from '../../../domain/parties/pool/change-pool.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { get } from '../../../domain/store/read.ts'
import type { DeliveredEvent } from '../../../events/define.ts'
import { handoverMovers } from '../../../functions/handover-movers.ts'
import { systemActor, systemContext, tenantContext } from '../../../functions/runtime.ts'
import { carryOut } from '../../support/handover.ts'
import { whatIsOpen } from '../../support/next-contact.ts'
import { ownedBy } from '../../support/pool.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

/** A leaver with customers, each with a plan; with places in teams and a pool. */
async function world(customersOfLeaver: number) {
  const tenant = await newTenant()
  const [leaver, next, other, colleague] = (await Promise.all([1, 2, 3, 4].map(() => tenant.user('rep')))) as [User, User, User, User]
  const [ctx, admin, theirs] = await Promise.all([tenant.as(leaver), tenant.as(tenant.admin), tenant.as(colleague)])
  const own: string[] = []
  for (let i = 0; i < customersOfLeaver; i++)
    own.push((await createCustomer(ctx, { name: `c${i}`, level: i % 3 ? 'small' : 'key-major', nextContactOn: '2027-01-01' })).id)
  const { id: helped } = await createCustomer(theirs, {
    name: 'h',
    teamMembers: [{ userId: leaver.id, access: 'write', until: '2099-01-01' }],
  })
  await createFollowUp(ctx, { customerId: helped, ownerId: leaver.id, dueOn: '2027-01-02', subject: 's' })
  const rule = { where: { field: 'level', op: 'eq' as const, value: 'key-major' }, toUserId: other.id }
  const start = () => startHandover(admin, { id: leaver.id, toUserId: next.id, rules: [rule] })
  const users = [leaver, next, other, colleague].map(({ id }) => id)
  /** Who has what by now; whatever is read besides must agree with it. */
  const state = async () => {
    const owners: (string | undefined)[] = []
    for (const id of own) {
      const open = await whatIsOpen(admin, id, users)
      expect(open.customer).toEqual(open.followUps)
      expect(open.due).toEqual(open.followUps)
      owners.push((await get(admin, customers, id, { consistent: true })).ownerId)
    }
    for (const user of [leaver, next, other]) {
      const { counted } = await ownedBy(tenant, user)
      expect(counted).toBe(owners.filter((owner) => owner === user.id).length)
    }
    return owners
  }
  return { tenant, leaver, next, other, colleague, ctx, admin, own, helped, start, state }
}

class Killed extends Error {}

/** A context that dies at its n-th call, before it is made or when it is done and nobody hears of it. */
function dyingAt(ctx: Context, n: number, when: 'before' | 'after'): { ctx: Context; died(): boolean } {
  let calls = 0
  let dead = false
  const send = async (command: unknown) => {
    calls += 1
    if (calls === n && when === 'before') {
      dead = true
      throw new Killed()
    }
    const answer = await ctx.db.send(command)
    if (calls === n) {
      dead = true
      throw new Killed()
    }
    return answer
  }
  return { ctx: { ...ctx, db: { ...ctx.db, send } }, died: () => dead }
}

test.each(['before', 'after'] as const)(
  'a job that dies at any call, %s it was made, is finished by the next, everything once',
  async (when) => {
    const { tenant, next, other, helped, admin, leaver, start, state } = await world(9)
    const { id } = await start()
    const job = await tenantContext(tenant.id, systemActor)
    let [deaths, steps] = [0, 0]
    for (let n = 1; ; n++) {
      const dying = dyingAt(job, n, when)
      try {
        if ((await runHandover(dying.ctx, systemContext(), id, handoverMovers, 1)) && !dying.died()) break
      } catch (error) {
        if (!(error instanceof Killed)) throw error
        deaths += 1
      }
      // Each step dies at its first call, then at its second, until it gets through once.
      if (dying.died()) continue
      n = 0
      steps += 1
      if (steps % 3 === 0) await state()
    }
    const handover = await carryOut(tenant, id)
    const owners = await state()

    expect(deaths).toBeGreaterThan(when === 'before' ? 20 : 15)
    expect(owners).toEqual(owners.map((_, i) => (i % 3 ? next.id : other.id)))
    expect(handover).toMatchObject({ status: 'done', errors: [], progress: { kind: null, customers: { moved: 9, of: 9 } } })
    const sums = Object.fromEntries(
      handover.report.map(({ kind, toUserId, count }) => [`${kind} ${toUserId === next.id ? 'next' : 'other'}`, count]),
    )
    expect(sums).toEqual({
      'customers next': 6,
      'customers other': 3,
      'team-memberships next': 1,
      'follow-ups next': 7,
      'follow-ups other': 3,
    })
    expect((await get(admin, customers, helped)).teamMembers).toEqual([{ userId: next.id, access: 'write', until: '2099-01-01' }])
    expect((await ownedBy(tenant, leaver)).listed).toBe(0)
  },
)

test('two workers on one job, and the consumers of its events beside them, move everything once', async () => {
  const { tenant, leaver, own, start, state } = await world(24)
  const { id } = await start()
  const ctx = await tenantContext(tenant.id, systemActor)
  const event = (customerId: string): DeliveredEvent<{ from: string | null; to: string | null }> => ({
    id: `evt_${customerId}`,
    name: 'customer.owner-changed',
    version: 1,
    tenantId: tenant.id,
    at: new Date().toISOString(),
    actor: { kind: 'system', id: 'system' },
    subject: { type: 'customer', id: customerId },
    data: { from: leaver.id, to: null },
    requestId: 'req_x',
  })

  await Promise.all([carryOut(tenant, id), carryOut(tenant, id), ...own.map((one) => retryStale(() => rekeyRecords(ctx, event(one))))])
  const { report, progress } = await carryOut(tenant, id)

  expect((await state()).includes(leaver.id)).toBe(false)
  expect(progress.customers).toEqual({ moved: 24, of: 24 })
  expect(report.filter(({ kind }) => kind === 'customers').reduce((sum, { count }) => sum + count, 0)).toBe(24)
})

test('what is locked goes too, what sleeps in the pool stays there, and what comes meanwhile is found by another round', async () => {
  const { tenant, leaver, next, ctx, admin, own, start } = await world(3)
  await lockCustomer(admin, { id: own[1]!, locked: true, reason: 'x' })
  await releaseCustomer(ctx, { id: own[2]!, reason: 'x' })
  const { id } = await start()
  const job = await tenantContext(tenant.id, systemActor)
  let late: string | undefined
  const latecomer: Mover = {
    kind: 'late',
    most: 1,
    async page() {
      // A request of the leaver that knew nothing yet.
      late ??= (await createCustomer(ctx, { name: 'late' })).id
      return { counts: {}, writes: [], events: [] }
    },
  }

  await runHandover(job, systemContext(), id, [...handoverMovers, latecomer])

  const owner = async (customerId: string) => (await get(admin, customers, customerId, { consistent: true })).ownerId
  expect(await owner(own[1]!)).toBe(next.id)
  expect(await owner(own[2]!)).toBeUndefined()
  expect(await owner(late!)).toBe(next.id)
  expect((await whatIsOpen(admin, own[2]!, [leaver.id])).followUps).toMatchObject([{ ownerId: leaver.id }])
})

test('one thing that cannot be moved is reported and passed over; the rest goes', async () => {
  const { tenant, leaver, own, admin, start } = await world(5)
  const { id } = await start()
  const job = await tenantContext(tenant.id, systemActor)
  const stubborn: Mover[] = handoverMovers.map((mover) => ({
    ...mover,
    async page(...args) {
      const page = await mover.page(...args)
      const refuse = {
        result: undefined,
        actions: () => {
          throw new Problem('conflict', 'test.stubborn', 'It does not want to.')
        },
      }
      const isBad = mover.kind === 'customers' && page.events.some((event) => event.subject.id === own[2])
      return isBad ? { ...page, writes: [...page.writes, refuse] } : page
    },
  }))

  await runHandover(job, systemContext(), id, stubborn)

  const handover = await carryOut(tenant, id)
  const owners = await Promise.all(own.map(async (one) => (await get(admin, customers, one)).ownerId))
  expect(handover).toMatchObject({ status: 'done', progress: { customers: { moved: 4, of: 5 } } })
  expect(new Set(handover.errors.map(({ kind, id, code }) => `${kind} ${id} ${code}`))).toEqual(
    new Set([`customers ${own[2]} test.stubborn`]),
  )
  expect(owners.map((owner) => owner === leaver.id)).toEqual([false, false, true, false, false])
})

test('many pools are gone through, and a job carries a few steps at a time', async () => {
  const { tenant, leaver, next, admin, start } = await world(1)
  const members = [leaver.id, next.id]
  for (let i = 0; i < 12; i++) await createPool(admin, { name: `p${i}`, memberIds: i % 2 ? members : [leaver.id] })

  const { id } = await start()
  const { report } = await carryOut(tenant, id, 1)

  expect(report).toContainEqual({ kind: 'pools', toUserId: next.id, count: 12 })
})

test('the job of another firm is not there', async () => {
  const [tenant, foreign]: TestTenant[] = [await newTenant(), await newTenant()]
  const [leaver, next] = [await tenant!.user('rep'), await tenant!.user('rep')]
  const { id } = await startHandover(await tenant!.as(tenant!.admin), { id: leaver.id, toUserId: next.id })

  const found = runHandover(await tenantContext(foreign!.id, systemActor), systemContext(), id, handoverMovers)

  expect(await found).toBe(true)
})
