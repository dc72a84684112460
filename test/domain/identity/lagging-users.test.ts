import { expect, test } from 'vitest'
import { requireOwner } from '../../../domain/identity/index.ts'
import { changeUser, createUser } from '../../../domain/identity/user/change-user.ts'
import { forgetUsers } from '../../../domain/identity/user/team.ts'
import type { User } from '../../../domain/identity/user/user.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { newTenant } from '../../support/tenant.ts'

interface Query {
  input: { ConsistentRead?: boolean; KeyConditionExpression?: string }
}

/** The context as on a replica that lags behind: reads that are not consistent still show these users as they were, or not at all. */
function lagging(ctx: Context, former: Record<string, User | undefined>): Context {
  const asItWas = (item: { id: string }) => (item.id in former ? (former[item.id] ? [{ ...item, ...former[item.id] }] : []) : [item])
  const send: Context['db']['send'] = async (command, tenantId) => {
    const answer = (await ctx.db.send(command, tenantId)) as { Items?: { id: string }[] }
    const { input } = command as Query
    const isLate = input.KeyConditionExpression !== undefined && !input.ConsistentRead
    return isLate && answer.Items ? { ...answer, Items: answer.Items.flatMap(asItWas) } : answer
  }
  return { ...ctx, db: { ...ctx.db, send } }
}

test('who was added or let in again a moment ago can be given a customer', async () => {
  const tenant = await newTenant()
  const [added, back] = [await tenant.user('rep'), await tenant.user('rep')]
  const ctx = lagging(await tenant.as(tenant.admin), { [added.id]: undefined, [back.id]: { ...back, active: false } })
  forgetUsers(tenant.id)

  const owners = [await requireOwner(ctx, added.id), await requireOwner(ctx, back.id)]

  expect(owners.map(({ id }) => id)).toEqual([added.id, back.id])
})

test('who was added a moment ago can be a manager, and the admin who steps in', async () => {
  const tenant = await newTenant()
  const next = await tenant.user('admin')
  const ctx = lagging(await tenant.as(tenant.admin), { [next.id]: undefined })

  const report = await createUser(ctx, { name: 'r', email: 'r@test.example', roles: ['rep'], managerId: next.id })
  const former = await changeUser(ctx, { id: tenant.admin.id, changes: { roles: ['rep'] } })

  expect(report.managerId).toBe(next.id)
  expect(former.roles).toEqual(['rep'])
})
