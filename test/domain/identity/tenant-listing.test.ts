import { expect, test } from 'vitest'
import { type ReclaimTenant, reclaimTenantEntry, reclaimTenants, reminderHourPartition } from '../../../domain/identity/index.ts'
import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { systemQuery, systemRaise } from '../../../domain/store/system.ts'
import { systemContext } from '../../../functions/runtime.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

const nameOf = (command: unknown) => (command as object).constructor.name

/** The context, held up before its first command of that name: `meanwhile` runs to its end first. */
function heldUpBefore(ctx: Context, name: string, meanwhile: () => Promise<unknown>): Context {
  let isHeld = false
  const send: Context['db']['send'] = async (command, tenantId) => {
    if (!isHeld && nameOf(command) === name) {
      isHeld = true
      await meanwhile()
    }
    return ctx.db.send(command, tenantId)
  }
  return { ...ctx, db: { ...ctx.db, send } }
}

const isListed = async ({ id }: TestTenant, partition: readonly string[]) =>
  (await systemQuery<{ tenantId: string }>(systemContext(), partition)).some(({ tenantId }) => tenantId === id)

const rules = { levels: { ordinary: { noContactDays: 30 } } }

test('a tenant that moves away and back at once stays listed, though the first change tidies up last', async () => {
  const tenant = await newTenant({ reminderHour: 8 })
  const ctx = await tenant.as(tenant.admin)
  const back = () => changeTenant(ctx, { changes: { reminderHour: 8 } })

  await changeTenant(heldUpBefore(ctx, 'DeleteCommand', back), { changes: { reminderHour: 9 } })

  expect(await isListed(tenant, reminderHourPartition('Asia/Shanghai', 8))).toBe(true)
  expect(await isListed(tenant, reminderHourPartition('Asia/Shanghai', 9))).toBe(false)
})

test('a tenant whose rules are dropped and set again at once is still found by the run that reclaims', async () => {
  const tenant = await newTenant({ poolRules: rules })
  const ctx = await tenant.as(tenant.admin)
  const again = () => changeTenant(ctx, { changes: { poolRules: rules } })

  await changeTenant(heldUpBefore(ctx, 'DeleteCommand', again), { changes: { poolRules: null } })

  expect(await isListed(tenant, reclaimTenants)).toBe(true)
})

test('a change that was overtaken before it listed the tenant does not make the newer listing look old', async () => {
  const tenant = await newTenant({ reminderHour: 8 })
  const ctx = await tenant.as(tenant.admin)
  const change = (as: Context, reminderHour: number) => changeTenant(as, { changes: { reminderHour } })
  const overtaken = Promise.withResolvers<void>()
  let away: Promise<unknown> | undefined
  const thereAwayAndBack = async () => {
    const isBack = Promise.withResolvers<void>()
    const back = async () => {
      await change(ctx, 9)
      isBack.resolve()
      await overtaken.promise
    }
    await change(ctx, 9)
    away = change(heldUpBefore(ctx, 'DeleteCommand', back), 10)
    await isBack.promise
  }

  await expect(change(heldUpBefore(ctx, 'PutCommand', thereAwayAndBack), 9)).rejects.toThrow()
  overtaken.resolve()
  await away

  expect(await isListed(tenant, reminderHourPartition('Asia/Shanghai', 9))).toBe(true)
})

test('a tenant with rules that moves to another zone keeps what its runs have come to; with new rules they begin anew', async () => {
  const tenant = await newTenant({ poolRules: rules })
  const ctx = await tenant.as(tenant.admin)
  const entry = async () =>
    (await systemQuery<ReclaimTenant>(systemContext(), reclaimTenants)).find(({ tenantId }) => tenantId === tenant.id)
  const known = { watchedSince: '2026-11-20T16:00:00.000Z', lastRun: '2026-11-20T16:00:00.000Z' }
  for (const [name, value] of Object.entries(known)) await systemRaise(systemContext(), reclaimTenantEntry(tenant.id), name, value)

  await changeTenant(ctx, { changes: { timeZone: 'Asia/Tokyo' } })
  const moved = await entry()
  await changeTenant(ctx, { changes: { poolRules: { levels: { ordinary: { noContactDays: 20 } } } } })
  const renewed = await entry()

  expect(moved).toMatchObject({ timeZone: 'Asia/Tokyo', ...known })
  expect(renewed).toMatchObject({ timeZone: 'Asia/Tokyo' })
  expect([renewed?.watchedSince, renewed?.lastRun]).toEqual([undefined, undefined])
})
