import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { addDays } from '../../../domain/kernel/dates.ts'
import { Problem } from '../../../domain/kernel/errors.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { changeCustomer, createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { rekeyRecords } from '../../../domain/parties/customer/rekey-records.ts'
import { changeFollowUp, createFollowUp, deleteFollowUp, postponeFollowUp } from '../../../domain/parties/follow-up/change-follow-up.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { firmName } from '../../support/firm-names.ts'
import { whatIsOpen } from '../../support/next-contact.ts'
import { newTenant } from '../../support/tenant.ts'

const today = '2026-11-21'
const now = `${today}T04:00:00.000Z`
const offset = fc.integer({ min: -20, max: 20 })
const which = fc.nat({ max: 9 })
const who = fc.nat({ max: 2 })

const Operation = fc.oneof(
  fc.record({ op: fc.constant('plan' as const), days: offset, owner: who, status: fc.constantFrom('open', 'open', 'done' as const) }),
  fc.record({ op: fc.constant('move' as const), which, days: offset }),
  fc.record({ op: fc.constant('state' as const), which, status: fc.constantFrom('open', 'done', 'cancelled' as const) }),
  fc.record({ op: fc.constant('hand on' as const), which, owner: who }),
  fc.record({ op: fc.constant('postpone' as const), which, days: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ op: fc.constant('delete' as const), which }),
  fc.record({
    op: fc.constant('log' as const),
    by: who,
    daysAgo: fc.nat({ max: 20 }),
    named: fc.option(which, { nil: undefined }),
    next: fc.option(offset, { nil: undefined }),
  }),
  fc.record({ op: fc.constant('set' as const), days: fc.option(offset, { nil: null }) }),
  fc.record({ op: fc.constant('give' as const), owner: fc.option(who, { nil: null }) }),
)
type Operation = typeof Operation extends fc.Arbitrary<infer T> ? T : never

interface World {
  ctx: Context
  as: Context[]
  users: User[]
  customerId: string
  planned: string[]
}

async function run(world: World, operation: Operation): Promise<unknown> {
  const { ctx, as, users, customerId, planned } = world
  const at = (days: number) => addDays(today, days)
  const id = 'which' in operation ? (planned[operation.which % Math.max(1, planned.length)] ?? 'fup_none') : ''
  switch (operation.op) {
    case 'plan': {
      const input = { customerId, dueOn: at(operation.days), subject: 's', ownerId: users[operation.owner]!.id }
      return planned.push((await createFollowUp(ctx, { ...input, status: operation.status as 'open' })).id)
    }
    case 'move':
      return changeFollowUp(ctx, { id, changes: { dueOn: at(operation.days) } })
    case 'state':
      return changeFollowUp(ctx, { id, changes: { status: operation.status as 'open' } })
    case 'hand on':
      return changeFollowUp(ctx, { id, changes: { ownerId: users[operation.owner]!.id } })
    case 'postpone':
      return postponeFollowUp(ctx, { id, days: operation.days, from: today })
    case 'delete':
      return deleteFollowUp(ctx, { id })
    case 'log': {
      const { named, next } = operation
      return logActivity(as[operation.by]!, {
        ...{ customerId, kind: 'call', summary: 'x', at: `${at(-operation.daysAgo)}T03:00:00.000Z` },
        ...(named === undefined ? {} : { followUpId: planned[named % Math.max(1, planned.length)] }),
        ...(next === undefined ? {} : { nextContactOn: at(next) }),
      })
    }
    case 'set':
      return changeCustomer(ctx, { id: customerId, changes: { nextContactOn: operation.days === null ? null : at(operation.days) } })
    case 'give':
      return changeCustomer(ctx, { id: customerId, changes: { ownerId: operation.owner === null ? null : users[operation.owner]!.id } })
  }
}

/** A problem is an answer too; it must only leave everything right. */
async function tried(world: World, operation: Operation): Promise<void> {
  try {
    await retryStale(() => run(world, operation))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

test('whatever is done, two at a time: the next contact is the earliest open follow-up, and what is due is what is open', async () => {
  const tenant = await newTenant()
  const users = [tenant.admin, await tenant.user('assistant'), await tenant.user('assistant')]
  const as = (await Promise.all(users.map((user) => tenant.as(user)))).map((ctx) => ({ ...ctx, now: () => now }))
  const ctx = as[0]!
  const ids = users.map((user) => user.id)

  await fc.assert(
    fc.asyncProperty(fc.array(Operation, { minLength: 4, maxLength: 16 }), async (operations) => {
      const customer = await createCustomer(ctx, { name: firmName() })
      const world: World = { ctx, as, users, customerId: customer.id, planned: [] }
      for (let i = 0; i < operations.length; i += 2) {
        await Promise.all(operations.slice(i, i + 2).map((operation) => tried(world, operation)))

        const open = await whatIsOpen(ctx, customer.id, ids)
        expect(open.customer).toEqual(open.followUps)
        expect(open.due).toEqual(open.followUps)
        expect(open.next).toBe(open.followUps.map(({ dueOn }) => dueOn).sort()[0])
      }
      const event = { id: ctx.newId('evt'), name: 'customer.owner-changed', version: 1, tenantId: tenant.id, at: now, requestId: 'r' }
      const delivered = { ...event, actor: { kind: 'user', id: ids[0]! }, subject: { type: 'customer', id: customer.id } }
      await rekeyRecords(ctx, { ...delivered, data: { from: ids[0]!, to: ids[1]! } })

      const open = await whatIsOpen(ctx, customer.id, ids)
      expect(open.customer).toEqual(open.followUps)
      expect(open.due).toEqual(open.followUps)
    }),
    { numRuns: 10 },
  )
})
