import { expect, test } from 'vitest'
import type { Context, FileStore } from '../../../domain/kernel/context.ts'
import { changeActivity } from '../../../domain/parties/activity/change-activity.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { contacts } from '../../../domain/parties/contact/contact.table.ts'
import { createCustomer, deleteCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { customerPartition } from '../../../domain/parties/customer/customer.table.ts'
import { removeRecords } from '../../../domain/parties/customer/remove-records.ts'
import { createFollowUp } from '../../../domain/parties/follow-up/change-follow-up.ts'
import { createFile } from '../../../domain/platform/file/add-file.ts'
import { removeFilesOf } from '../../../domain/platform/file/read-files.ts'
import { thingsOfSales } from '../../../domain/sales/things-of-customer.ts'
import { commit } from '../../../domain/store/commit.ts'
import { findByExternalId } from '../../../domain/store/external-id.ts'
import { queryAll } from '../../../domain/store/query.ts'
import { newRecord } from '../../../domain/store/record.ts'
import { killedUntilDone } from '../../support/killed.ts'
import { newTenant } from '../../support/tenant.ts'

const event = (customerId: string) => ({
  id: 'evt_x',
  name: 'customer.deleted',
  version: 1,
  tenantId: 't',
  at: '2026-11-21T00:00:00.000Z',
  actor: { kind: 'user', id: 'usr_x' },
  subject: { type: 'customer', id: customerId },
  data: {},
  requestId: 'req_x',
})

async function world() {
  const tenant = await newTenant()
  const removed: string[] = []
  const files = { uploadUrl: async () => 'https://x', remove: async (key: string) => void removed.push(key) } as unknown as FileStore
  const ctx = await tenant.as(tenant.admin, { files })
  const other = await tenant.user('rep')
  const customer = await createCustomer(ctx, { name: 'x', externalId: 'e', teamMembers: [{ userId: other.id, access: 'read' }] })
  const customerId = customer.id
  const contact = (i: number) => contacts.create({ customerId, name: `c ${i}`, externalId: `e ${i}`, ...newRecord(ctx, 'con', customerId) })
  await commit(ctx, [contact(0), ...Array.from({ length: 32 }, (_, i) => contact(i + 1))], [])
  for (let i = 0; i < 3; i++) {
    const at = `2026-11-1${i}T00:00:00.000Z`
    const { id } = await logActivity(ctx, { customerId, kind: 'call', at, summary: 'x', externalId: `e ${i}` })
    await changeActivity(ctx, { id, changes: { at: `2026-10-1${i}T00:00:00.000Z` } })
  }
  for (let i = 0; i < 3; i++)
    await createFollowUp(ctx, { customerId, dueOn: '2026-12-01', subject: 's', ownerId: tenant.admin.id, externalId: `e ${i}` })
  const file = await createFile(ctx, { name: 'a.pdf', contentType: 'application/pdf', size: 9, on: { type: 'customer', id: customerId } })
  const left = async () => ({
    kinds: new Set((await queryAll(ctx, { partition: customerPartition(customerId) })).map((item) => String(item.sk).split('#')[0])),
    due: (await queryAll(ctx, { partition: ['DUE', tenant.admin.id] })).length,
    guards: await Promise.all(
      ['customer', 'contact', 'activity', 'follow-up'].map((type) => findByExternalId(ctx, type, type === 'customer' ? 'e' : 'e 1')),
    ),
  })
  const clean = async (as: Context) => {
    if (await removeRecords(as, event(customerId), thingsOfSales)) await removeFilesOf(as, customerId)
  }
  return { ctx, customerId, file, removed, left, clean }
}

test('a deleted customer takes everything along but the audit entries; a second run finds nothing', async () => {
  const { ctx, customerId, file, removed, left, clean } = await world()
  await deleteCustomer(ctx, { id: customerId })

  await clean(ctx)
  const after = await left()
  await clean(ctx)

  expect(after).toEqual({ kinds: new Set(['EVT']), due: 0, guards: [undefined, undefined, undefined, undefined] })
  expect(await left()).toEqual(after)
  expect(removed).toEqual([expect.stringContaining(file.id)])
})

test('a customer that is there loses nothing', async () => {
  const { ctx, left, clean, removed } = await world()
  const before = await left()

  await clean(ctx)

  expect(await left()).toEqual(before)
  expect(removed).toEqual([])
})

test('a removal that dies after each of its writes is finished by the next', async () => {
  const { ctx, customerId, left, clean } = await world()
  await deleteCustomer(ctx, { id: customerId })

  const deaths = await killedUntilDone(ctx, clean, left)

  // Follow-ups, activities, 35 contacts in three, the file.
  expect(deaths).toBe(6)
  expect((await left()).kinds).toEqual(new Set(['EVT']))
})
