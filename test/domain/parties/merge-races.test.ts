import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Context } from '../../../domain/kernel/context.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { changeContact, createContact } from '../../../domain/parties/contact/change-contact.ts'
import { changeCustomer, createCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { customerPartition } from '../../../domain/parties/customer/customer.table.ts'
import { changeFollowUp, createFollowUp } from '../../../domain/parties/follow-up/change-follow-up.ts'
import { undoMerge } from '../../../domain/parties/merge/undo-merge.ts'
import { assignCustomer } from '../../../domain/parties/ownership/assign-customer.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { readCount } from '../../../domain/store/count.ts'
import { queryAll } from '../../../domain/store/query.ts'
import { firmName } from '../../support/firm-names.ts'
import { carryOut, merged, start, type TwoCustomers, twoCustomers } from '../../support/merge.ts'
import { seed, tries } from '../../support/share.ts'

const numRuns = tries({ test: 4, faults: 100, nightly: 1_000 })

/** What people do to the duplicate while it is merged. */
const writes: Record<string, (world: TwoCustomers, ctx: Context) => Promise<unknown>> = {
  contact: ({ duplicate }, ctx) => createContact(ctx, { customerId: duplicate.id, name: '新', primary: true }),
  activity: ({ duplicate }, ctx) =>
    logActivity(ctx, { customerId: duplicate.id, kind: 'visit', at: ctx.now(), summary: 'x', nextContactOn: '2026-12-09' }),
  plan: ({ duplicate }, ctx) => createFollowUp(ctx, { customerId: duplicate.id, dueOn: '2026-12-02', subject: 'x' }),
  finish: ({ theirs }, ctx) => changeFollowUp(ctx, { id: theirs.followUp, changes: { status: 'done' } }),
  move: ({ theirs }, ctx) => changeFollowUp(ctx, { id: theirs.followUp, changes: { dueOn: '2026-12-20' } }),
  rename: ({ theirs }, ctx) => changeContact(ctx, { id: theirs.contact, changes: { title: 'x' } }),
  change: ({ duplicate }, ctx) => changeCustomer(ctx, { id: duplicate.id, changes: { notes: 'x' } }),
  assign: ({ survivor, ben }, ctx) => assignCustomer(ctx, { id: survivor.id, ownerId: ben.id }),
}

/** What lies in the partitions of both, and what must hold of it whatever happened before. */
async function expectConsistent({ ctx, survivor, duplicate, anna, ben, tenant }: TwoCustomers, owners: string[]): Promise<void> {
  const ids = [survivor.id, duplicate.id]
  const people = [anna.id, ben.id, tenant.admin.id]
  const items = (await Promise.all(ids.map((id) => queryAll(ctx, { partition: customerPartition(id) }, { consistent: true })))).flat()
  for (const [i, id] of owners.entries()) {
    const customer = await getCustomer(ctx, { id })
    const own = items.filter((item) => item.customerId === id && item.entity !== 'event')
    const inOrder = (all: { id: unknown; dueOn: unknown; ownerId: unknown }[]) =>
      all.map(({ id, dueOn, ownerId }) => `${id} ${dueOn} ${ownerId}`).sort()
    const open = own.filter((item) => item.entity === 'follow-up' && item.status === 'open')
    const due = (await Promise.all(people.map((person) => queryAll(ctx, { partition: ['DUE', person] }, { consistent: true }))))
      .flatMap((entries, person) => entries.map((entry) => ({ ...entry, ownerId: people[person] })))
      .filter((entry) => (entry as Record<string, unknown>).customerId === id)
      .map((entry) => entry as Record<string, unknown>)
    const known = inOrder((customer.openFollowUps ?? []) as never)
    expect(inOrder(open as never), `follow-ups of owner ${i}`).toEqual(known)
    expect(inOrder(due.map((entry) => ({ ...entry, dueOn: entry.on })) as never), `due entries of owner ${i}`).toEqual(known)
    const contacts = own.filter((item) => item.entity === 'contact')
    expect(contacts.filter(({ primary }) => primary).map(({ id }) => id)).toEqual(
      customer.primaryContactId ? [customer.primaryContactId] : [],
    )
    for (const contact of contacts) expect(contact.gsi2pk).toContain(customer.ownerId)
  }
  const things = items.filter((item) => ['contact', 'activity', 'follow-up', 'file'].includes(item.entity as string))
  expect(new Set(things.map((item) => item.customerId))).toEqual(new Set(owners))
}

test(`whatever is written to the duplicate meanwhile is the survivor's in the end, and comes apart again (seed ${seed})`, {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(Object.keys(writes), { minLength: 1 }), fc.nat(30), async (names, delay) => {
      const world = await twoCustomers()
      const { ctx, survivor, duplicate, anna, ben } = world
      let written = 0
      const write = async (name: string) => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * delay))
        await retryStale(() => writes[name]!(world, ctx)).catch((error) => {
          // What was finished meanwhile cannot be moved: the only refusal there may be.
          if (error.code !== 'follow-up.state') throw error
        })
        written += 1
      }
      const merging = retryStale(async () => {
        const { id } = await start(ctx, survivor.id, { duplicateId: duplicate.id })
        await carryOut(ctx, id)
        return id
      })

      const [id] = await Promise.all([merging, ...names.map(write)])

      expect(written).toBe(names.length)
      if (!names.includes('assign')) await expectConsistent(world, [survivor.id])
      const owned = await Promise.all([anna, ben].map((user) => readCount(ctx, { name: 'owned', of: user.id })))
      expect(owned[0]! + owned[1]!).toBe(3)

      if (names.includes('assign')) return
      const undoing = retryStale(() => undoMerge(ctx, { id })).then(() => carryOut(ctx, id))
      await Promise.all([undoing, ...names.map(write)])
      await expectConsistent(world, [survivor.id, duplicate.id])
    }),
    { numRuns, seed },
  )
})

test(`of merges that touch one customer at the same moment each customer is merged once (seed ${seed})`, { timeout: 300_000 }, async () => {
  const world = await twoCustomers()
  const { ctx } = world
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 3, max: 5 }), async (number) => {
      const all = await Promise.all(Array.from({ length: number }, () => retryStale(() => createCustomer(ctx, { name: firmName() }))))
      const around = all.map(({ id }, i) => [id, all[(i + 1) % number]!.id] as const)

      const outcomes = await Promise.all(
        around.map(([id, duplicateId]) =>
          retryStale(() => merged(ctx, id, { duplicateId })).then(
            () => 'merged',
            (error) => error.code as string,
          ),
        ),
      )

      const ends = new Set(await Promise.all(all.map(async ({ id }) => (await getCustomer(ctx, { id })).id)))
      expect(number - ends.size).toBe(outcomes.filter((outcome) => outcome === 'merged').length)
      for (const outcome of outcomes) expect(['merged', 'merge.running', 'customer.merged', 'merge.with-itself']).toContain(outcome)
    }),
    { numRuns, seed },
  )
})
