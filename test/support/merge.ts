import type { Context, FileStore } from '../../domain/kernel/context.ts'
import { logActivity } from '../../domain/parties/activity/log-activity.ts'
import { createContact } from '../../domain/parties/contact/change-contact.ts'
import { createCustomer } from '../../domain/parties/customer/change-customer.ts'
import { customerPartition } from '../../domain/parties/customer/customer.table.ts'
import { createFollowUp } from '../../domain/parties/follow-up/change-follow-up.ts'
import type { MergeRequest } from '../../domain/parties/merge/merge.ts'
import { runMerge } from '../../domain/parties/merge/run-merge.ts'
import { startMerge } from '../../domain/parties/merge/start-merge.ts'
import { createFile } from '../../domain/platform/file/add-file.ts'
import { readCount } from '../../domain/store/count.ts'
import { queryAll } from '../../domain/store/query.ts'
import { referrers } from '../../functions/referrers.ts'
import { createAnyway } from './duplicates.ts'
import { newTenant } from './tenant.ts'

export const start = (ctx: Context, id: string, asked: MergeRequest) => startMerge(ctx, { id, ...asked }, referrers.length)

/** Carries out what was started, to the end. */
export async function carryOut(ctx: Context, mergeId: string): Promise<void> {
  while (!(await runMerge(ctx, mergeId, referrers)));
}

export async function merged(ctx: Context, id: string, asked: MergeRequest): Promise<string> {
  const merge = await start(ctx, id, asked)
  await carryOut(ctx, merge.id)
  return merge.id
}

/** A firm with two people and a customer of each, one of everything on both, and customers that refer to the second. */
export async function twoCustomers() {
  const tenant = await newTenant()
  const [anna, ben] = [await tenant.user('rep'), await tenant.user('rep')]
  const files = { uploadUrl: async () => 'https://x', remove: async () => undefined } as unknown as FileStore
  const ctx = await tenant.as(tenant.admin, { files })
  const survivor = await createCustomer(ctx, { name: '明辉贸易有限公司', phones: ['021-6543 2100'], tags: ['fair'], ownerId: anna.id })
  const duplicate = await createAnyway(ctx, {
    name: '明辉贸易',
    shortName: '明辉',
    externalId: 'ERP-2',
    email: 'info@minghui.example',
    phones: ['021-6543 2100', '+86 138 0013 8000'],
    tags: ['oem'],
    level: 'key-major',
    ownerId: ben.id,
  })
  const things = async (customerId: string, name: string, ownerId: string) => {
    const contact = await createContact(ctx, { customerId, name, primary: true, externalId: `${name} c` })
    const followUp = await createFollowUp(ctx, { customerId, dueOn: '2026-12-01', subject: name, ownerId, externalId: `${name} f` })
    const at = name === '张' ? '2026-11-01T00:00:00.000Z' : '2026-11-02T00:00:00.000Z'
    const activity = await logActivity(ctx, { customerId, kind: 'call', at, summary: name, contactId: contact.id, externalId: `${name} a` })
    const file = await createFile(ctx, { name: 'a.pdf', contentType: 'application/pdf', size: 9, on: { type: 'customer', id: customerId } })
    return { contact: contact.id, followUp: followUp.id, activity: activity.id, file: file.id }
  }
  const own = await things(survivor.id, '张', anna.id)
  const theirs = await things(duplicate.id, '李', ben.id)
  const child = await createAnyway(ctx, { name: '明辉上海', parentCustomerId: duplicate.id, ownerId: ben.id })
  const referred = await createCustomer(ctx, { name: '朋友', referredById: duplicate.id, parentCustomerId: duplicate.id, ownerId: anna.id })
  return { tenant, ctx, anna, ben, survivor, duplicate, own, theirs, child, referred }
}
export type TwoCustomers = Awaited<ReturnType<typeof twoCustomers>>

const fleeting = new Set(['updatedAt', 'version', 'finishedAt', 'createdAt', 'expiresAt', 'at', 'until', 'mergeId'])

const steady = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(steady)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !fleeting.has(name))
      .map(([name, inner]) => [name, steady(inner)]),
  )
}

/** All that a merge may touch, without times and versions and without audit entries: what two ways to the end must agree in. */
export async function everything({ ctx, anna, ben, survivor, duplicate, child, referred }: TwoCustomers) {
  const partitions = [survivor, duplicate, child, referred].map(({ id }) => customerPartition(id))
  const due = [anna, ben].map(({ id }) => ['DUE', id])
  const cards = [anna, ben].map(({ id }) => ['CUS-CARD', id])
  const all = await Promise.all([...partitions, ...due, ...cards].map((partition) => queryAll(ctx, { partition }, { consistent: true })))
  const counts = await Promise.all([anna, ben].map(({ id }) => readCount(ctx, { name: 'owned', of: id })))
  const kept = all.map((items) => items.filter((item) => !String(item.sk).startsWith('EVT#')))
  return { items: kept.map(steady), counts }
}
