import { expect, test } from 'vitest'
import { changeActivity, deleteActivity } from '../../../domain/parties/activity/change-activity.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { changeCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { customers, warningOf } from '../../../domain/parties/customer/customer.table.ts'
import { lockCustomer } from '../../../domain/parties/ownership/lock-customer.ts'
import { createPool, deletePool } from '../../../domain/parties/pool/change-pool.ts'
import { commit } from '../../../domain/store/commit.ts'
import { queryAll } from '../../../domain/store/query.ts'
import { receivableOf } from '../../support/finance.ts'
import { ownedBy, setPoolRules } from '../../support/pool.ts'
import { inDays, reclaimOn, reclaimsDueTo, reclaimWorld, rules, today } from '../../support/reclaim.ts'
import { confirmedOrder, lineOf, salesAs } from '../../support/sales.ts'

test('reclaims on the day after the last one allowed, not before, with the reason on the timeline and the count right', async () => {
  const { tenant, rep, admin, create, read, owners } = await reclaimWorld()
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
  const { tenant, rep, create, read, owners, ctx } = await reclaimWorld()
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
  expect(await reclaimsDueTo(ctx, rep)).toEqual([])
})

test('the owner is warned from the days before, once, and the warning goes with the next contact', async () => {
  const { tenant, rep, ctx, create, read } = await reclaimWorld()
  const { id } = await create()

  await reclaimOn(tenant, inDays(7))
  const early = await reclaimsDueTo(ctx, rep)
  await reclaimOn(tenant, inDays(8))
  const warned = await read(id)
  const entries = await reclaimsDueTo(ctx, rep)
  await reclaimOn(tenant, inDays(9))
  const again = await read(id)
  await logActivity(ctx, { customerId: id, kind: 'note', at: new Date().toISOString(), summary: 'x' })
  const afterNote = await reclaimsDueTo(ctx, rep)
  await logActivity(ctx, { customerId: id, kind: 'call', at: new Date().toISOString(), summary: 'x' })

  expect(early).toEqual([])
  expect(entries).toMatchObject([{ on: inDays(8), id, customerId: id, reclaimOn: inDays(11) }])
  expect(again).toEqual(warned)
  expect(afterNote).toHaveLength(1)
  expect(await reclaimsDueTo(ctx, rep)).toEqual([])
  expect(warningOf(await read(id))).toBeUndefined()
})

test('a contact, not a note, starts the days anew; corrected or deleted it is as if it had not been', async () => {
  const { tenant, rep, ctx, admin, create, read, owners } = await reclaimWorld({ ...rules, warnDays: 0 })
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
  const { tenant, rep, admin, create, owners } = await reclaimWorld()
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
  const { tenant, rep, create, owners, ctx } = await reclaimWorld({ levels: { small: { noContactDays: 300 } } })
  const { id } = await create()
  await reclaimOn(tenant, inDays(40))
  const under300 = await owners([id])

  await setPoolRules(tenant, rules)
  await reclaimOn(tenant, inDays(9))
  const warned = await reclaimsDueTo(ctx, rep)
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
  const { tenant, admin, create, read } = await reclaimWorld()
  const [kept, gone] = [await createPool(admin, { name: 'kept' }), await createPool(admin, { name: 'gone' })]
  const [a, b] = [await create({ poolId: kept.id }), await create({ poolId: gone.id })]
  await deletePool(admin, { id: gone.id })

  await reclaimOn(tenant, inDays(11))

  expect([(await read(a.id)).poolId, (await read(b.id)).poolId]).toEqual([kept.id, undefined])
})
