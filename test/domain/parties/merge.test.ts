import { expect, test } from 'vitest'
import { listActivities } from '../../../domain/parties/activity/list-activities.ts'
import { changeContact, createContact, getContact } from '../../../domain/parties/contact/change-contact.ts'
import { listContacts } from '../../../domain/parties/contact/list-contacts.ts'
import { changeCustomer, createCustomer, deleteCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { removeRecords } from '../../../domain/parties/customer/remove-records.ts'
import { summariseCustomer } from '../../../domain/parties/customer/summarise-customer.ts'
import { createFollowUp, getFollowUp } from '../../../domain/parties/follow-up/change-follow-up.ts'
import { listFollowUps } from '../../../domain/parties/follow-up/list-follow-ups.ts'
import { getMerge, undoMerge } from '../../../domain/parties/merge/undo-merge.ts'
import { searchActivities } from '../../../domain/parties/search/search-activities.ts'
import { listTimeline } from '../../../domain/parties/timeline/list-timeline.ts'
import { getFile, listFiles } from '../../../domain/platform/file/read-files.ts'
import { thingsOfSales } from '../../../domain/sales/things-of-customer.ts'
import { findByExternalId } from '../../../domain/store/external-id.ts'
import { referrers } from '../../../functions/referrers.ts'
import { carryOut, merged, start, twoCustomers } from '../../support/merge.ts'
import { whatIsOpen } from '../../support/next-contact.ts'

const page = (sort: string, filter = {}) => ({ limit: 100, sort, filter })
const of = (id: string) => ({ customerId: { eq: id } })
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()

test('the survivor keeps its values, gains what it lacked, and the names of the duplicate become aliases', async () => {
  const { ctx, survivor, duplicate, anna, own } = await twoCustomers()

  await merged(ctx, survivor.id, { duplicateId: duplicate.id })

  expect(await getCustomer(ctx, survivor)).toMatchObject({
    name: '明辉贸易有限公司',
    shortName: '明辉',
    aliases: ['明辉贸易'],
    externalId: 'ERP-2',
    email: 'info@minghui.example',
    level: 'key-major',
    tags: ['fair', 'oem'],
    ownerId: anna.id,
    primaryContactId: own.contact,
    lastContactAt: '2026-11-02T00:00:00.000Z',
  })
})

test('a value is chosen field by field, and an owner with it', async () => {
  const { ctx, survivor, duplicate, ben } = await twoCustomers()

  await merged(ctx, survivor.id, { duplicateId: duplicate.id, choices: { name: 'duplicate', ownerId: 'duplicate' } })

  const result = await getCustomer(ctx, survivor)
  expect(result).toMatchObject({ name: '明辉贸易', aliases: ['明辉贸易有限公司'], ownerId: ben.id })
})

test("all that belonged to the duplicate is found as the survivor's, by either id, at once and when the job is done", async () => {
  const world = await twoCustomers()
  const { ctx, survivor, duplicate, own, theirs } = world
  const { id: mergeId } = await start(ctx, survivor.id, { duplicateId: duplicate.id })
  const look = async (isDone: boolean) => {
    for (const id of [survivor.id, duplicate.id]) {
      const lists = await Promise.all([
        listContacts(ctx, page('-createdAt', of(id))),
        listActivities(ctx, page('-at', of(id))),
        listFollowUps(ctx, page('dueOn', { ...of(id), status: { eq: 'open' } })),
        listFollowUps(ctx, page('-createdAt', of(id))),
        listFiles(ctx, page('-createdAt', of(id))),
        listFiles(ctx, page('-createdAt', { 'on.id': { eq: id } })),
      ])
      const kinds = ['contact', 'activity', 'followUp', 'followUp', 'file', 'file'] as const
      // The list of a record's files is an index, which follows by the job.
      for (const [i, { data }] of lists.slice(0, isDone ? 6 : 5).entries()) {
        expect(ids(data), kinds[i]!).toEqual([own[kinds[i]!], theirs[kinds[i]!]].sort())
        expect(new Set((data as { customerId: string }[]).map((row) => row.customerId))).toEqual(new Set([survivor.id]))
      }
      const summary = await summariseCustomer(ctx, { id })
      expect(summary.customer.id).toBe(survivor.id)
      expect([summary.contacts!.map(({ id }) => id), ids(summary.recentActivities!), ids(summary.openFollowUps!)]).toEqual([
        [own.contact, theirs.contact],
        [own.activity, theirs.activity].sort(),
        [own.followUp, theirs.followUp].sort(),
      ])
    }
    expect((await getContact(ctx, { id: theirs.contact })).customerId).toBe(survivor.id)
    expect((await getFollowUp(ctx, { id: theirs.followUp })).customerId).toBe(survivor.id)
    expect((await getFile(ctx, { id: theirs.file })).customerId).toBe(survivor.id)
  }

  await look(false)
  await carryOut(ctx, mergeId)
  await look(true)

  const merge = await getMerge(ctx, { id: mergeId })
  expect(merge).toMatchObject({ status: 'done', progress: { done: referrers.length, of: referrers.length }, errors: [] })
  expect(merge.report.moved.filter(({ count }) => count > 0)).toEqual([
    { kind: 'activities', count: 1 },
    { kind: 'contacts', count: 1 },
    { kind: 'customers', count: 2 },
    { kind: 'files', count: 1 },
    { kind: 'follow-ups', count: 1 },
  ])
})

test('what is planned stands in all its places, with whoever sees the survivor, and nothing dangles', async () => {
  const { ctx, survivor, duplicate, anna, ben } = await twoCustomers()

  await merged(ctx, survivor.id, { duplicateId: duplicate.id })

  const open = await whatIsOpen(ctx, survivor.id, [anna.id, ben.id])
  const left = await whatIsOpen(ctx, duplicate.id, [anna.id, ben.id])
  expect(open.customer).toHaveLength(2)
  expect(open.due).toEqual(open.customer)
  expect(open.customer.map(({ ownerId }) => ownerId)).toEqual([anna.id, anna.id])
  expect(left.due).toEqual([])
})

test('who referred to the duplicate refers to the survivor, without a circle in the group', async () => {
  const { ctx, survivor, duplicate, child, referred } = await twoCustomers()
  await changeCustomer(ctx, { id: survivor.id, changes: { parentCustomerId: child.id } })

  const mergeId = await merged(ctx, survivor.id, { duplicateId: duplicate.id })

  expect(await getCustomer(ctx, referred)).toMatchObject({ parentCustomerId: survivor.id, referredById: survivor.id })
  const both = [await getCustomer(ctx, survivor), await getCustomer(ctx, child)]
  expect(both.map(({ parentCustomerId }) => parentCustomerId)).toEqual([undefined, survivor.id])
  expect((await getMerge(ctx, { id: mergeId })).errors).toEqual([])
})

test('the external id of the duplicate leads to the survivor, also where that has one of its own', async () => {
  const { ctx, survivor, duplicate } = await twoCustomers()
  await changeCustomer(ctx, { id: survivor.id, changes: { externalId: 'ERP-1' } })

  await merged(ctx, survivor.id, { duplicateId: duplicate.id })

  const found = await Promise.all(
    ['ERP-1', 'ERP-2'].map(async (key) => getCustomer(ctx, { id: (await findByExternalId(ctx, 'customer', key))! })),
  )
  expect(found.map(({ id, externalId }) => [id, externalId])).toEqual([
    [survivor.id, 'ERP-1'],
    [survivor.id, 'ERP-1'],
  ])
})

test('writes to the old id land on the survivor; deleting by it is refused', async () => {
  const { ctx, survivor, duplicate, theirs } = await twoCustomers()
  await merged(ctx, survivor.id, { duplicateId: duplicate.id })

  await changeCustomer(ctx, { id: duplicate.id, changes: { industry: 'valves' } })
  const contact = await createContact(ctx, { customerId: duplicate.id, name: '王' })
  const followUp = await createFollowUp(ctx, { customerId: duplicate.id, dueOn: '2026-12-24', subject: 'x' })
  const changed = await changeContact(ctx, { id: theirs.contact, changes: { primary: true } })

  const after = await getCustomer(ctx, survivor)
  expect(after).toMatchObject({ industry: 'valves', primaryContactId: theirs.contact })
  expect([contact, followUp, changed].map(({ customerId }) => customerId)).toEqual([survivor.id, survivor.id, survivor.id])
  await expect(deleteCustomer(ctx, { id: duplicate.id })).rejects.toMatchObject({ code: 'customer.merged' })
})

test('the timeline of the survivor tells what happened to both', async () => {
  const { ctx, survivor, duplicate } = await twoCustomers()
  const before = await Promise.all([survivor, duplicate].map(({ id }) => listTimeline(ctx, { id, ...page('-at') })))

  await merged(ctx, survivor.id, { duplicateId: duplicate.id })

  const { data } = await listTimeline(ctx, { id: duplicate.id, ...page('-at') })
  const told = new Set(data.map(({ id }) => id))
  expect(before.flatMap(({ data }) => data).every(({ id }) => told.has(id))).toBe(true)
  expect(data.map(({ type }) => type)).toContain('customer.merged')
  expect(ids(data).reverse()).toEqual(data.map(({ id }) => id))
})

test('a chain of merges leads every old id to the last survivor, and is undone from its end', async () => {
  const { ctx, survivor, duplicate, theirs } = await twoCustomers()
  const last = await createCustomer(ctx, { name: '集团' })
  const first = await merged(ctx, survivor.id, { duplicateId: duplicate.id })
  const second = await merged(ctx, last.id, { duplicateId: survivor.id })

  expect((await getCustomer(ctx, duplicate)).id).toBe(last.id)
  expect((await getContact(ctx, { id: theirs.contact })).customerId).toBe(last.id)
  await expect(undoMerge(ctx, { id: first })).rejects.toMatchObject({ code: 'merge.undo-blocked' })

  for (const id of [second, first]) {
    await undoMerge(ctx, { id })
    await carryOut(ctx, id)
  }
  expect((await getContact(ctx, { id: theirs.contact })).customerId).toBe(duplicate.id)
  expect((await getCustomer(ctx, last)).absorbed).toBeUndefined()
})

test('with a deleted survivor all goes that was merged into it, and its external ids are free again', async () => {
  const { ctx, survivor, duplicate, theirs } = await twoCustomers()
  await changeCustomer(ctx, { id: survivor.id, changes: { externalId: 'ERP-1' } })
  await merged(ctx, survivor.id, { duplicateId: duplicate.id })
  await deleteCustomer(ctx, { id: survivor.id })

  const event = { subject: { type: 'customer', id: survivor.id }, data: {} } as never
  await removeRecords(ctx, event, thingsOfSales)

  await expect(getCustomer(ctx, duplicate)).rejects.toMatchObject({ code: 'customer.not-found' })
  await expect(getContact(ctx, { id: theirs.contact })).rejects.toMatchObject({ code: 'contact.not-found' })
  expect(await Promise.all(['ERP-1', 'ERP-2'].map((key) => findByExternalId(ctx, 'customer', key)))).toEqual([undefined, undefined])
})

test('a full team goes over and comes back', async () => {
  const { tenant, ctx, anna, survivor, duplicate } = await twoCustomers()
  const people = await Promise.all(Array.from({ length: 20 }, () => tenant.user('rep')))
  const team = people.map(({ id }) => ({ userId: id, access: 'read' as const }))
  await changeCustomer(ctx, { id: duplicate.id, changes: { teamMembers: team } })

  const id = await merged(ctx, survivor.id, { duplicateId: duplicate.id })
  const together = await getCustomer(ctx, survivor)
  await undoMerge(ctx, { id })
  await carryOut(ctx, id)

  expect(together.teamMembers).toEqual(team)
  expect([(await getCustomer(ctx, survivor)).teamMembers, (await getCustomer(ctx, duplicate)).teamMembers]).toEqual([undefined, team])
  expect(together.ownerId).toBe(anna.id)
})

test('a search of activities by either id finds those of both customers, while the merge is carried out and afterwards', async () => {
  const { ctx, survivor, duplicate, own, theirs } = await twoCustomers()
  const found = async (customerId: string, op: 'eq' | 'in' = 'eq') => {
    const where = { field: 'customerId', op, value: op === 'in' ? [customerId] : customerId }
    const { data, total } = await searchActivities(ctx, { where })
    return { total, ids: data.map(({ id }) => id).sort(), of: [...new Set(data.map((activity) => activity.customerId))] }
  }
  const merge = await start(ctx, survivor.id, { duplicateId: duplicate.id })

  const during = [await found(survivor.id), await found(duplicate.id), await found(duplicate.id, 'in')]
  await carryOut(ctx, merge.id)
  const afterwards = [await found(survivor.id), await found(duplicate.id)]

  const both = { total: 2, ids: [own.activity, theirs.activity].sort(), of: [survivor.id] }
  expect(during).toEqual([both, both, both])
  expect(afterwards).toEqual([both, both])
})
