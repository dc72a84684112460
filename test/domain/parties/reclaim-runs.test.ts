import { expect, test } from 'vitest'
import { reclaimTenantEntry } from '../../../domain/identity/tenant/tenant.table.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { reclaimCustomers, warnOfReclaims } from '../../../domain/parties/ownership/reclaim-customers.ts'
import { ruleLevels } from '../../../domain/parties/ownership/reclaim-rules.ts'
import { type ReclaimRun, startReclaims } from '../../../domain/parties/ownership/start-reclaims.ts'
import { runningBusiness } from '../../../domain/sales/running-business.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { dueKey } from '../../../domain/store/entity-definition.ts'
import { queryAll } from '../../../domain/store/query.ts'
import { systemRaise } from '../../../domain/store/system.ts'
import { bareContext, systemActor, systemContext, tenantContext } from '../../../functions/runtime.ts'
import { manyCustomers } from '../../support/parties.ts'
import { ownedBy, setPoolRules } from '../../support/pool.ts'
import { inDays, reclaimOn, reclaimsDueTo, reclaimWorld, rules, today } from '../../support/reclaim.ts'

test('many are reclaimed page by page; one that fails is tried by itself and stops no other', async () => {
  const { tenant, rep, ctx, create, owners } = await reclaimWorld()
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
  const { tenant, ctx: own, create } = await reclaimWorld({ levels: { small: { noContactDays: 300 } } })
  await manyCustomers(own, await create(), 60)
  const ctx = await tenantContext(tenant.id, systemActor)

  const { spent } = await measure(() => reclaimCustomers(ctx, { tenantId: tenant.id, day: inDays(5), part: 'small' }, runningBusiness))

  // The settings and one Query, nothing of the customers.
  expect(spent.byCommand).toEqual({ GetItemCommand: 1, QueryCommand: 1 })
})

test('customers that were there before the rules come under watch with the first run, page by page, and only once', async () => {
  const { tenant, rep, ctx, create, owners } = await reclaimWorld({})
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
  const { tenant } = await reclaimWorld()
  await systemRaise(systemContext(), reclaimTenantEntry(tenant.id), 'watchedSince', new Date(Date.now() + 120_000).toISOString())

  expect(await reclaimOn(tenant, inDays(1))).toEqual([...ruleLevels])
})

test('digests that are planned before the night’s run give the warnings themselves, and take nothing', async () => {
  const { tenant, rep, ctx, create, owners } = await reclaimWorld()
  const { id } = await create()

  await warnOfReclaims(await tenantContext(tenant.id, systemActor), inDays(20), runningBusiness)

  expect(await reclaimsDueTo(ctx, rep)).toMatchObject([{ on: inDays(20), reclaimOn: inDays(20) }])
  expect(await owners([id])).toEqual([rep.id])
})

test('tenants run once a local day, at its first hour or as soon as a missed run allows, and again for a repeated time', async () => {
  const { tenant } = await reclaimWorld()
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
