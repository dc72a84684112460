import { expect, test } from 'vitest'
import type { Context } from '../../../domain/kernel/context.ts'
import { getActivity } from '../../../domain/parties/activity/change-activity.ts'
import { listActivities } from '../../../domain/parties/activity/list-activities.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { createContact } from '../../../domain/parties/contact/change-contact.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { summariseCustomer } from '../../../domain/parties/customer/summarise-customer.ts'
import { createFollowUp } from '../../../domain/parties/follow-up/change-follow-up.ts'
import { listFollowUps } from '../../../domain/parties/follow-up/list-follow-ups.ts'
import { listAgenda } from '../../../domain/reminders/agenda/list-agenda.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { newTenant } from '../../support/tenant.ts'

async function world() {
  const tenant = await newTenant()
  const rep = await tenant.user('rep')
  const ctx: Context = { ...(await tenant.as(rep)), now: () => '2026-11-21T04:00:00.000Z' }
  const customer = await createCustomer(ctx, { name: '上海明辉贸易有限公司', nextContactOn: '2026-11-20' })
  const { id: contactId } = await createContact(ctx, { customerId: customer.id, name: '王小姐' })
  const more = await createFollowUp(ctx, { customerId: customer.id, dueOn: '2026-12-20', subject: 's' })
  return { ctx, customerId: customer.id, contactId, more }
}

const calls = async (work: () => Promise<unknown>) => (await measure(work)).spent

test('logging an activity takes three calls: the customer, what is concerned, one transaction', async () => {
  const { ctx, customerId, contactId } = await world()
  const input = { customerId, kind: 'visit' as const, at: '2026-11-21T03:00:00.000Z', summary: 'x' }

  const full = await calls(() => logActivity(ctx, { ...input, contactId, nextContactOn: '2026-12-01' }))
  const bare = await calls(() => logActivity(ctx, input))

  expect(full.byCommand).toEqual({ GetItemCommand: 1, BatchGetItemCommand: 1, TransactWriteItemsCommand: 1 })
  expect(bare.byCommand).toEqual({ GetItemCommand: 1, TransactWriteItemsCommand: 1 })
})

test('one thing of a customer is read in one call, the customer at a glance too', async () => {
  const { ctx, customerId } = await world()
  const { id } = await logActivity(ctx, { customerId, kind: 'call', at: '2026-11-21T03:00:00.000Z', summary: 'x' })
  await summariseCustomer(ctx, { id: customerId })

  const one = await calls(() => getActivity(ctx, { id }))
  const summary = await calls(() => summariseCustomer(ctx, { id: customerId }))

  expect(one).toMatchObject({ calls: 1, readUnits: 1 })
  expect(summary).toMatchObject({ calls: 1, readUnits: 0.5 })
})

test('lists take one range and one look at the customers, the agenda a second range for what they owe', async () => {
  const { ctx, customerId } = await world()
  const page = { limit: 25, filter: {} }

  const agenda = await calls(() => listAgenda(ctx, { ...page, sort: 'on' }))
  const activities = await calls(() => listActivities(ctx, { ...page, sort: '-at', filter: { authorId: { eq: ctx.actor.id } } }))
  const open = await calls(() =>
    listFollowUps(ctx, { ...page, sort: 'dueOn', filter: { customerId: { eq: customerId }, status: { eq: 'open' } } }),
  )

  expect(agenda.byCommand).toEqual({ QueryCommand: 2, BatchGetItemCommand: 1 })
  expect(activities.calls).toBe(1)
  expect(open.byCommand).toEqual({ GetItemCommand: 1, BatchGetItemCommand: 1 })
})
