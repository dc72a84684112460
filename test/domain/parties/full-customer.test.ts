import { expect, test } from 'vitest'
import { newUser } from '../../../domain/identity/user/change-user.ts'
import { users } from '../../../domain/identity/user/user.table.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { changeCustomer, createCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { createFollowUp } from '../../../domain/parties/follow-up/change-follow-up.ts'
import { mostOpen } from '../../../domain/parties/follow-up/follow-up.ts'
import { commit } from '../../../domain/store/commit.ts'
import { newTenant } from '../../support/tenant.ts'

/** A customer with everything a customer may have that a transaction about it writes: a full team, and all its follow-ups open and due. */
async function fullCustomer() {
  const tenant = await newTenant()
  const ctx: Context = { ...(await tenant.as(tenant.admin)), now: () => '2026-11-21T04:00:00.000Z' }
  const team = Array.from({ length: 20 }, (_, i) => newUser(ctx, { name: `m ${i}`, email: `m${i}@test.example`, roles: ['rep'] }))
  const [first, ...others] = team.map((user) => users.create(user))
  await commit(ctx, [first!, ...others], [])
  const { id } = await createCustomer(ctx, { name: 'x', teamMembers: team.map(({ id }) => ({ userId: id, access: 'write' as const })) })
  for (let i = 0; i < mostOpen; i++)
    await createFollowUp(ctx, { customerId: id, dueOn: '2026-11-01', subject: `s ${i}`, externalId: `e${i}` })
  const keyed = { ...ctx, idempotency: { key: 'k', hash: 'h', answer: () => ({ status: 200, headers: {}, body: '' }) } }
  return { ctx, keyed, id, team }
}

const activity = { kind: 'visit' as const, at: '2026-11-21T03:00:00.000Z', summary: 'x', externalId: 'a', nextContactOn: '2026-12-01' }

test('one visit settles everything that was due and plans the next contact', async () => {
  const { ctx, keyed, id } = await fullCustomer()

  await logActivity(keyed, { ...activity, customerId: id })

  expect((await getCustomer(ctx, { id })).openFollowUps).toMatchObject([{ dueOn: '2026-12-01' }])
})

test('one change cancels everything that was planned and gives the customer to somebody else', async () => {
  const { ctx, keyed, id, team } = await fullCustomer()

  await changeCustomer(keyed, { id, changes: { nextContactOn: null, name: 'y', ownerId: team[0]!.id } })

  expect((await getCustomer(ctx, { id })).openFollowUps).toBeUndefined()
})
