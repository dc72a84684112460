import { expect, test } from 'vitest'
import type { Context, FileStore } from '../../../domain/kernel/context.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { createContact } from '../../../domain/parties/contact/change-contact.ts'
import { changeCustomer, createCustomer, deleteCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { customerPartition } from '../../../domain/parties/customer/customer.table.ts'
import { createFollowUp } from '../../../domain/parties/follow-up/change-follow-up.ts'
import { createFile } from '../../../domain/platform/file/add-file.ts'
import { listAgenda } from '../../../domain/reminders/agenda/list-agenda.ts'
import { commit, retryStale } from '../../../domain/store/commit.ts'
import { dueKey, itemKey } from '../../../domain/store/entity-definition.ts'
import { queryAll } from '../../../domain/store/query.ts'
import { newTenant } from '../../support/tenant.ts'

/** A context in which somebody else acts between the reads and the first write. */
function interrupted(ctx: Context, other: () => Promise<unknown>): Context {
  let done = false
  const send = async (command: unknown) => {
    if (!done && /Write|Put/.test((command as object).constructor.name)) {
      done = true
      await other()
    }
    return ctx.db.send(command)
  }
  return { ...ctx, db: { ...ctx.db, send } }
}

const at = '2026-11-20T17:30:00.000Z'

const files = { uploadUrl: async () => 'https://upload.example' } as unknown as FileStore

async function world() {
  const tenant = await newTenant()
  const rep = await tenant.user('rep')
  const ctx: Context = { ...(await tenant.as(tenant.admin, { files })), now: () => '2026-11-21T04:00:00.000Z' }
  const { id: customerId } = await createCustomer(ctx, { name: 'x' })
  const kinds = async () =>
    new Set((await queryAll(ctx, { partition: customerPartition(customerId) }, { consistent: true })).map((item) => item.entity))
  return { ctx, rep, customerId, kinds }
}

const additions: Record<string, (ctx: Context, customerId: string) => Promise<unknown>> = {
  contact: (ctx, customerId) => createContact(ctx, { customerId, name: 'A' }),
  activity: (ctx, customerId) => logActivity(ctx, { customerId, kind: 'call', at, summary: 'x' }),
  'follow-up': (ctx, customerId) => createFollowUp(ctx, { customerId, dueOn: '2026-12-01', subject: 's' }),
  'past follow-up': (ctx, customerId) => createFollowUp(ctx, { customerId, dueOn: '2026-12-01', subject: 's', status: 'done' }),
  file: (ctx, id) => createFile(ctx, { name: 'a.pdf', contentType: 'application/pdf', size: 9, on: { type: 'customer', id } }),
}

test.each(Object.entries(additions))('a customer deleted meanwhile gets no %s', async (_, add) => {
  const { ctx, customerId, kinds } = await world()
  const racing = interrupted(ctx, () => deleteCustomer(ctx, { id: customerId }))

  const outcome = retryStale(() => add(racing, customerId))

  await expect(outcome).rejects.toMatchObject({ code: 'customer.not-found' })
  expect(await kinds()).toEqual(new Set(['event']))
})

test('a contact added while the customer changes hands is listed under the new owner', async () => {
  const { ctx, rep, customerId } = await world()
  const racing = interrupted(ctx, () => changeCustomer(ctx, { id: customerId, changes: { ownerId: rep.id } }))

  const contact = await retryStale(() => createContact(racing, { customerId, name: 'A' }))

  expect(contact).toMatchObject({ ownerId: rep.id })
})

test('an activity settles what was due by its day in the zone of the firm, whatever day it is elsewhere', async () => {
  const { ctx, customerId } = await world()
  await createFollowUp(ctx, { customerId, dueOn: '2026-11-21', subject: 'due in Shanghai' })
  await createFollowUp(ctx, { customerId, dueOn: '2026-11-22', subject: 'due tomorrow' })

  await logActivity(ctx, { customerId, kind: 'call', at, summary: 'x' })
  const open = (await queryAll(ctx, { partition: customerPartition(customerId), prefix: ['FUP'] })).filter((item) => item.status === 'open')

  expect(open).toMatchObject([{ subject: 'due tomorrow' }])
})

test('an agenda leaves out a due entry that its customer knows nothing of', async () => {
  const { ctx, customerId } = await world()
  const followUp = await createFollowUp(ctx, { customerId, dueOn: '2026-11-21', subject: 'real' })
  const key = itemKey(ctx, dueKey({ owner: ctx.actor.id, on: '2026-11-20', kind: 'contact', id: followUp.id }))
  const stale = { ...key, put: { Item: { entity: 'due', on: '2026-11-20', kind: 'contact', id: followUp.id, customerId, subject: 'old' } } }
  await commit(ctx, [{ result: undefined, actions: () => [stale] }], [])

  const { data } = await listAgenda(ctx, { limit: 25, sort: 'on', filter: {} })

  expect(data).toMatchObject([{ followUpId: followUp.id, on: '2026-11-21', subject: 'real' }])
})
