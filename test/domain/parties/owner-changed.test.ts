import { expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { contacts, contactsOf } from '../../../domain/parties/contact/contact.table.ts'
import { changeCustomer, createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { customers } from '../../../domain/parties/customer/customer.table.ts'
import type { Customer } from '../../../domain/parties/customer/customer.ts'
import { rekeyRecords } from '../../../domain/parties/customer/rekey-records.ts'
import { changeFollowUp, createFollowUp } from '../../../domain/parties/follow-up/change-follow-up.ts'
import { planned, untouched } from '../../../domain/parties/follow-up/plan-next-contact.ts'
import { commit, retryStale } from '../../../domain/store/commit.ts'
import { queryAll } from '../../../domain/store/query.ts'
import { newRecord } from '../../../domain/store/record.ts'
import { killedUntilDone } from '../../support/killed.ts'
import { whatIsOpen } from '../../support/next-contact.ts'
import { newTenant } from '../../support/tenant.ts'

let moment = Date.parse('2026-11-20T00:00:00.000Z')
/** Every look at the clock is a millisecond later, so that before and after are clear. */
const ticking = (ctx: Context): Context => ({ ...ctx, now: () => new Date(moment++).toISOString() })

const given = (customerId: string, from: User | null, to: User | null) => ({
  id: `evt_${customerId}_${moment}`,
  name: 'customer.owner-changed',
  version: 1,
  tenantId: 't',
  at: new Date(moment++).toISOString(),
  actor: { kind: 'user', id: 'usr_x' },
  subject: { type: 'customer', id: customerId },
  data: { from: from?.id ?? null, to: to?.id ?? null },
  requestId: 'req_x',
})

/** Contacts and follow-ups of the owner in one transaction. */
async function fill(ctx: Context, customer: Customer, contactCount: number, followUpCount: number): Promise<void> {
  const ownerId = customer.ownerId!
  const people = Array.from({ length: contactCount }, (_, i) =>
    contacts.create({ customerId: customer.id, ownerId, name: `c ${i}`, ...newRecord(ctx, 'con', customer.id) }),
  )
  let plan = untouched(customer)
  for (let i = 0; i < followUpCount; i++) plan = planned(ctx, plan, { dueOn: '2026-12-01', subject: 's', ownerId })
  await commit(ctx, [customers.replace(ctx, customer, plan.customer), ...people, ...plan.writes], [])
}

async function world(contactCount = 3, followUpCount = 3) {
  const tenant = await newTenant()
  const [a, b, c] = [await tenant.user('rep'), await tenant.user('rep'), await tenant.user('rep')]
  const ctx = ticking(await tenant.as(tenant.admin))
  const customer = await createCustomer(ctx, { name: 'x', ownerId: a.id })
  await fill(ctx, customer, contactCount, followUpCount)
  const plan = (user: User, dueOn = '2026-12-01') => createFollowUp(ctx, { customerId: customer.id, dueOn, subject: 's', ownerId: user.id })
  const give = async (from: User | null, to: User | null) => {
    await changeCustomer(ctx, { id: customer.id, changes: { ownerId: to?.id ?? null } })
    return given(customer.id, from, to)
  }
  const users = [a, b, c, tenant.admin].map((user) => user.id)
  const state = async () => {
    const open = await whatIsOpen(ctx, customer.id, users)
    expect(open.customer).toEqual(open.followUps)
    expect(open.due).toEqual(open.followUps)
    const owners = (await queryAll(ctx, contactsOf(customer.id), { consistent: true })).map((item) => [item.ownerId, item.gsi2pk])
    return { owners: open.followUps.map(({ ownerId }) => ownerId), contacts: new Set(owners.map(([owner]) => owner)), keys: owners }
  }
  const handle = (event: Parameters<typeof rekeyRecords>[1], as = ctx) => retryStale(() => rekeyRecords(as, event))
  return { ctx, admin: tenant.admin, customer, a, b, c, plan, give, state, handle }
}

test('contacts and open follow-ups go with the customer, again and again the same', async () => {
  const { a, b, give, state, handle } = await world()

  const event = await give(a, b)
  await handle(event)
  const once = await state()
  await handle(event)

  expect(once.owners).toEqual([b.id, b.id, b.id])
  expect(once.contacts).toEqual(new Set([b.id]))
  expect(once.keys.every(([owner, key]) => String(key).endsWith(`CON-OWNER#${owner}`))).toBe(true)
  expect(await state()).toEqual(once)
})

test('in the public pool contacts are in nobody’s list, and plans sleep until somebody else takes the customer', async () => {
  const { a, b, give, state, handle } = await world()

  await handle(await give(a, null))
  const pooled = await state()
  await handle(await give(null, b))
  const taken = await state()

  expect(pooled.owners).toEqual([a.id, a.id, a.id])
  expect(pooled.keys.every(([owner, key]) => owner === undefined && key === undefined)).toBe(true)
  expect(taken.owners).toEqual([])
  expect(taken.contacts).toEqual(new Set([b.id]))
})

test('who takes the customer back finds the plans as they were', async () => {
  const { a, give, state, handle } = await world()
  const before = await state()

  const release = await give(a, null)
  const undone = await give(null, a)
  await handle(undone)
  await handle(release)

  expect(await state()).toEqual(before)
})

test('events that overtake each other end where the customer is', async () => {
  const { a, b, c, give, state, handle } = await world()
  const first = await give(a, b)
  const second = await give(b, c)

  await handle(second)
  await handle(first)
  const after = await state()

  expect(after.owners).toEqual([c.id, c.id, c.id])
  expect(after.contacts).toEqual(new Set([c.id]))
})

test('what the former owner plans later stays, and so does what is handed back, also when the event comes again', async () => {
  const { ctx, customer, a, b, plan, give, state, handle } = await world(1, 0)
  const early = await plan(a)
  const event = await give(a, b)
  await changeCustomer(ctx, { id: customer.id, changes: { teamMembers: [{ userId: a.id, access: 'write' }] } })
  await plan(a, '2026-12-05')

  await handle(event)
  const once = await state()
  await changeFollowUp(ctx, { id: early.id, changes: { ownerId: a.id } })
  await handle(event)
  const again = await state()

  expect(once.owners).toEqual([b.id, a.id])
  expect(again.owners).toEqual([a.id, a.id])
})

test('a run that dies after each of its writes is finished by the next, and everything is right in between', async () => {
  const { ctx, a, b, give, state, handle } = await world(3, 20)
  const event = await give(a, b)

  const deaths = await killedUntilDone(ctx, (as) => handle(event, as), state)
  const after = await state()

  // The contacts in one transaction, the follow-ups in another: as many as a customer can have open.
  expect(deaths).toBe(2)
  expect(after.owners).toEqual(Array(20).fill(b.id))
  expect(after.contacts).toEqual(new Set([b.id]))
})

test('a customer that is gone, or that kept its owner, is left alone', async () => {
  const { a, b, customer, state, handle } = await world()
  const before = await state()

  await handle(given(customer.id, b, a))
  await handle(given('cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', a, b))

  expect(await state()).toEqual(before)
})
