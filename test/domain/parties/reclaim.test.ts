import { expect, test } from 'vitest'
import { reclaimTenantEntry } from '../../../domain/identity/tenant/tenant.table.ts'
import type { User } from '../../../domain/identity/user/user.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { addDays, localDate } from '../../../domain/kernel/dates.ts'
import { changeActivity, deleteActivity } from '../../../domain/parties/activity/change-activity.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { changeCustomer, createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { customers, warningOf } from '../../../domain/parties/customer/customer.table.ts'
import type { Customer } from '../../../domain/parties/customer/customer.ts'
import { lockCustomer } from '../../../domain/parties/ownership/lock-customer.ts'
import { reclaimCustomers, warnOfReclaims } from '../../../domain/parties/ownership/reclaim-customers.ts'
import { ruleLevels } from '../../../domain/parties/ownership/reclaim-rules.ts'
import { type ReclaimRun, startReclaims } from '../../../domain/parties/ownership/start-reclaims.ts'
import { watchCustomers } from '../../../domain/parties/ownership/watch-customers.ts'
import { createPool, deletePool } from '../../../domain/parties/pool/change-pool.ts'
import { runningBusiness } from '../../../domain/sales/running-business.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { commit, retryStale } from '../../../domain/store/commit.ts'
import { dueKey } from '../../../domain/store/entity-definition.ts'
import { queryAll } from '../../../domain/store/query.ts'
import { findMany, get } from '../../../domain/store/read.ts'
import { systemRaise } from '../../../domain/store/system.ts'
import { bareContext, systemActor, systemContext, tenantContext } from '../../../functions/runtime.ts'
import { receivableOf } from '../../support/finance.ts'
import { firmName } from '../../support/firm-names.ts'
import { manyCustomers } from '../../support/parties.ts'
import { ownedBy, setPoolRules, tenantWithPool } from '../../support/pool.ts'
import { confirmedOrder, lineOf, salesAs } from '../../support/sales.ts'
import type { TestTenant } from '../../support/tenant.ts'

const today = localDate(new Date().toISOString(), 'Asia/Shanghai')
const inDays = (days: number) => addDays(today, days)
const rules = { warnDays: 3, levels: { small: { noContactDays: 10 } } }

/** Runs a day's reclaim as its schedule and its queue do, page by page; answers the parts that it took. */
async function reclaimOn(tenant: TestTenant, day: string, as: (ctx: Context) => Context = (ctx) => ctx): Promise<string[]> {
  const queue: ReclaimRun[] = []
  const enqueue = async (_queue: string, messages: unknown[]) =>
    void queue.push(...(messages as ReclaimRun[]).filter(({ tenantId }) => tenantId === tenant.id))
  await startReclaims(systemContext({ enqueue }), `${day}T01:00:00.000Z`)
  const ctx = as(await tenantContext(tenant.id, systemActor, undefined, { enqueue }))
  const parts: string[] = []
  for (let run = queue.shift(); run; run = queue.shift()) {
    const { part } = run
    parts.push(part)
    if (part === 'watch') await watchCustomers(ctx, systemContext(), run)
    else await reclaimCustomers(ctx, { ...run, part }, runningBusiness)
  }
  return parts
}

async function world(poolRules = rules as Parameters<typeof setPoolRules>[1]) {
  const tenant = await tenantWithPool(poolRules)
  const rep = await tenant.user('rep')
  const [ctx, admin] = await Promise.all([tenant.as(rep), tenant.as(tenant.admin)])
  const create = (more: object = {}, as = ctx) => retryStale(() => createCustomer(as, { name: firmName(), level: 'small', ...more }))
  const read = (id: string) => get(admin, customers, id, { consistent: true })
  const owners = async (ids: string[]) => {
    const found = await findMany(
      admin,
      ids.map((id) => ({ entity: customers, id })),
      { consistent: true },
    )
    return ids.map((id) => (found.get(id) as Customer).ownerId)
  }
  return { tenant, rep, ctx, admin, create, read, owners }
}

const dueOf = async (ctx: Context, user: User) =>
  (await queryAll(ctx, { partition: dueKey({ owner: user.id, on: '', kind: '', id: '' }).pk })).filter((item) => item.kind === 'reclaim')

test('reclaims on the day after the last one allowed, not before, with the reason on the timeline and the count right', async () => {
  const { tenant, rep, admin, create, read, owners } = await world()
  const [small, ordinary] = [(await create()).id, (await create({ level: 'ordinary' })).id]

  await reclaimOn(tenant, inDays(10))
  const before = await owners([small, ordinary])
  await reclaimOn(tenant, inDays(11))
  await reclaimOn(tenant, inDays(11))

  expect(before).toEqual([rep.id, rep.id])
  const { ownerId, pooled } = await read(small)
  expect(ownerId).toBeUndefined()
  expect(pooled).toMatchObject({ how: 'reclaimed', from: rep.id, by: 'system', reason: `自 ${today} 起 11 个自然日未联系，规则为 10 天` })
  expect((await read(ordinary)).ownerId).toBe(rep.id)
  expect(await ownedBy(tenant, rep)).toEqual({ counted: 1, listed: 1 })
  const events = (await queryAll(admin, { index: 'gsi1', partition: ['EVT', 'customer.owner-changed'] })).map((event) => event.data)
  expect(events).toEqual([{ from: rep.id, to: null, how: 'reclaimed', reason: pooled!.reason, poolId: null }])
})

test('nobody loses a customer with an open order, an open receivable or a sent quote that has not expired, nor is warned', async () => {
  const { tenant, rep, create, read, owners, ctx } = await world()
  const [ordered, owing, quoted, expired, drafted] = [await create(), await create(), await create(), await create(), await create()]
  await confirmedOrder(tenant, rep, ordered.id)
  await receivableOf(tenant, tenant.admin, owing.id, 100)
  const quote = async (customerId: string, validUntil: string) => {
    const call = salesAs(tenant, rep)
    const { body } = await call('/v1/quotes', { body: { customerId, validUntil, lines: [lineOf(1, '10')] } })
    return async () => call(`/v1/quotes/${body.id}/send`, { body: { channel: 'paper' } })
  }
  await (await quote(quoted.id, inDays(11)))()
  await (await quote(expired.id, inDays(10)))()
  await quote(drafted.id, inDays(30))

  await reclaimOn(tenant, inDays(11))
  const first = await owners([ordered.id, owing.id, quoted.id, expired.id, drafted.id])
  await reclaimOn(tenant, inDays(12))

  expect(first).toEqual([rep.id, rep.id, rep.id, undefined, undefined])
  expect(await owners([ordered.id, owing.id, quoted.id])).toEqual([rep.id, rep.id, undefined])
  expect(warningOf(await read(ordered.id))).toBeUndefined()
  expect(await dueOf(ctx, rep)).toEqual([])
})

test('the owner is warned from the days before, once, and the warning goes with the next contact', async () => {
  const { tenant, rep, ctx, create, read } = await world()
  const { id } = await create()

  await reclaimOn(tenant, inDays(7))
  const early = await dueOf(ctx, rep)
  await reclaimOn(tenant, inDays(8))
  const warned = await read(id)
  const entries = await dueOf(ctx, rep)
  await reclaimOn(tenant, inDays(9))
  const again = await read(id)
  await logActivity(ctx, { customerId: id, kind: 'note', at: new Date().toISOString(), summary: 'x' })
  const afterNote = await dueOf(ctx, rep)
  await logActivity(ctx, { customerId: id, kind: 'call', at: new Date().toISOString(), summary: 'x' })

  expect(early).toEqual([])
  expect(entries).toMatchObject([{ on: inDays(8), id, customerId: id, reclaimOn: inDays(11) }])
  expect(again).toEqual(warned)
  expect(afterNote).toHaveLength(1)
  expect(await dueOf(ctx, rep)).toEqual([])
  expect(warningOf(await read(id))).toBeUndefined()
})

test('a contact, not a note, starts the days anew; corrected or deleted it is as if it had not been', async () => {
  const { tenant, rep, ctx, admin, create, read, owners } = await world({ ...rules, warnDays: 0 })
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  // Nine days ago, as the clock cannot be turned back for a use case.
  const contacted = async (kind: 'call' | 'note') => {
    const before = await read((await create()).id)
    await commit(admin, [customers.replace(admin, before, { ...before, ownedSince: daysAgo(9) })], [])
    return logActivity(ctx, { customerId: before.id, kind, at: daysAgo(5), summary: 'x' })
  }
  const all = [await contacted('call'), await contacted('note'), await contacted('call'), await contacted('call')]
  const [, , corrected, deleted] = all
  await changeActivity(ctx, { id: corrected!.id, changes: { kind: 'note' } })
  await deleteActivity(ctx, { id: deleted!.id })
  const ids = all.map(({ customerId }) => customerId)

  await reclaimOn(tenant, inDays(2))
  const first = await owners(ids)
  await reclaimOn(tenant, inDays(6))

  expect(first).toEqual([rep.id, undefined, undefined, undefined])
  expect(await owners(ids)).toEqual([undefined, undefined, undefined, undefined])
})

test('what is locked stays and gets the days of the warning when unlocked; a new level and new rules do the same', async () => {
  const { tenant, rep, admin, create, owners } = await world()
  const ids = [(await create()).id, (await create()).id, (await create({ level: 'ordinary' })).id]
  const [locked, unlocked, regraded] = ids as [string, string, string]
  for (const id of [locked, unlocked]) await lockCustomer(admin, { id, locked: true, reason: 'x' })

  await reclaimOn(tenant, inDays(30))
  const kept = await owners(ids)
  await lockCustomer(admin, { id: unlocked, locked: false })
  await changeCustomer(admin, { id: regraded, changes: { level: 'small' } })
  await reclaimOn(tenant, inDays(11))

  expect(kept).toEqual([rep.id, rep.id, rep.id])
  expect(await owners(ids)).toEqual([rep.id, undefined, undefined])
})

test('rules that are changed hold from the next run on, without any entry being moved', async () => {
  const { tenant, rep, create, owners, ctx } = await world({ levels: { small: { noContactDays: 300 } } })
  const { id } = await create()
  await reclaimOn(tenant, inDays(40))
  const under300 = await owners([id])

  await setPoolRules(tenant, rules)
  await reclaimOn(tenant, inDays(9))
  const warned = await dueOf(ctx, rep)
  await setPoolRules(tenant, { levels: { small: null } })
  await reclaimOn(tenant, inDays(40))
  const without = await owners([id])
  await setPoolRules(tenant, rules)
  await reclaimOn(tenant, inDays(11))

  expect(under300).toEqual([rep.id])
  expect(warned).toMatchObject([{ reclaimOn: inDays(11) }])
  expect(without).toEqual([rep.id])
  expect(await owners([id])).toEqual([undefined])
})

test('a reclaimed customer goes to its own pool, and to everybody’s when that is gone', async () => {
  const { tenant, admin, create, read } = await world()
  const [kept, gone] = [await createPool(admin, { name: 'kept' }), await createPool(admin, { name: 'gone' })]
  const [a, b] = [await create({ poolId: kept.id }), await create({ poolId: gone.id })]
  await deletePool(admin, { id: gone.id })

  await reclaimOn(tenant, inDays(11))

  expect([(await read(a.id)).poolId, (await read(b.id)).poolId]).toEqual([kept.id, undefined])
})

test('many are reclaimed page by page; one that fails is tried by itself and stops no other', async () => {
  const { tenant, rep, ctx, create, owners } = await world()
  const ids = await manyCustomers(ctx, await create(), 105)
  const bad = ids[60]!
  let failures = 0
  const failing = (ctx: Context): Context => ({
    ...ctx,
    db: {
      ...ctx.db,
      send: async (command) => {
        if (failures === 0 && command!.constructor.name === 'TransactWriteCommand' && JSON.stringify(command).includes(bad)) {
          failures += 1
          throw new Error('The database is not there.')
        }
        return ctx.db.send(command)
      },
    },
  })

  const parts = await reclaimOn(tenant, inDays(11), failing)

  expect(failures).toBe(1)
  // Its first page, the one that failed, its second page.
  expect(parts.filter((part) => part === 'small')).toHaveLength(3)
  expect(new Set(await owners(ids))).toEqual(new Set([undefined]))
  // The one that the others are like is among them.
  expect(await ownedBy(tenant, rep)).toEqual({ counted: 0, listed: 0 })
})

test('a run costs what may be due, not what exists', async () => {
  const { tenant, ctx: own, create } = await world({ levels: { small: { noContactDays: 300 } } })
  await manyCustomers(own, await create(), 60)
  const ctx = await tenantContext(tenant.id, systemActor)

  const { spent } = await measure(() => reclaimCustomers(ctx, { tenantId: tenant.id, day: inDays(5), part: 'small' }, runningBusiness))

  // The settings and one Query, nothing of the customers.
  expect(spent.byCommand).toEqual({ GetItemCommand: 1, QueryCommand: 1 })
})

test('customers that were there before the rules come under watch with the first run, page by page, and only once', async () => {
  const { tenant, rep, ctx, create, owners } = await world({})
  const before = await manyCustomers(ctx, await create(), 105)
  const unpaid = await queryAll(ctx, { partition: dueKey({ owner: 'pool.small', on: '', kind: '', id: '' }).pk })
  await setPoolRules(tenant, rules)
  const { id: since } = await create()

  const first = await reclaimOn(tenant, inDays(10))
  const kept = await owners([...before, since])
  await reclaimOn(tenant, inDays(11))

  expect(unpaid).toEqual([])
  expect(first.slice(0, 3)).toEqual(['watch', 'watch', 'key-major'])
  expect(new Set(kept)).toEqual(new Set([rep.id]))
  expect(new Set(await owners([...before, since]))).toEqual(new Set([undefined]))
})

test('once watched after everybody knows the rules, the customers are not gone through again', async () => {
  const { tenant } = await world()
  await systemRaise(systemContext(), reclaimTenantEntry(tenant.id), 'watchedSince', new Date(Date.now() + 120_000).toISOString())

  expect(await reclaimOn(tenant, inDays(1))).toEqual([...ruleLevels])
})

test('digests that are planned before the night’s run give the warnings themselves, and take nothing', async () => {
  const { tenant, rep, ctx, create, owners } = await world()
  const { id } = await create()

  await warnOfReclaims(await tenantContext(tenant.id, systemActor), inDays(20), runningBusiness)

  expect(await dueOf(ctx, rep)).toMatchObject([{ on: inDays(20), reclaimOn: inDays(20) }])
  expect(await owners([id])).toEqual([rep.id])
})

test('tenants run once a local day, at its first hour or as soon as a missed run allows, and again for a repeated time', async () => {
  const { tenant } = await world()
  const runs: ReclaimRun[] = []
  const enqueue = async (_queue: string, messages: unknown[]) =>
    void runs.push(...(messages as ReclaimRun[]).filter(({ tenantId, part }) => tenantId === tenant.id && part === 'watch'))
  const system = systemContext({ enqueue })
  const start = async (time: string) => {
    runs.length = 0
    await startReclaims(system, time)
    return runs.map(({ day }) => day)
  }

  const days = [
    await start('2027-03-01T15:00:00.000Z'),
    await start('2027-03-01T16:00:00.000Z'),
    await start('2027-03-01T17:00:00.000Z'),
    await start('2027-03-02T01:00:00.000Z'),
    await start('2027-03-01T16:00:00.000Z'),
    await start('2027-03-04T00:00:00.000Z'),
  ]
  await setPoolRules(tenant, { levels: { small: null } })
  const unlisted = await start('2027-03-06T00:00:00.000Z')

  expect(days).toEqual([['2027-03-01'], ['2027-03-02'], [], [], ['2027-03-02'], ['2027-03-04']])
  expect(unlisted).toEqual([])
})

test('a tenant that is gone is passed over', async () => {
  await expect(
    reclaimCustomers(bareContext('test-nobody', systemActor), { tenantId: 'test-nobody', day: today, part: 'small' }, runningBusiness),
  ).resolves.toBeUndefined()
})
