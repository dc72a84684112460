import { CustomerMerged } from '../../../events/parties.ts'
import { hiddenFields } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { changedFields } from '../../kernel/merge-patch.ts'
import { commit } from '../../store/commit.ts'
import { get } from '../../store/read.ts'
import { newRecord } from '../../store/record.ts'
import type { Write } from '../../store/write.ts'
import { customers } from '../customer/customer.table.ts'
import { type Customer, published } from '../customer/customer.ts'
import { partitionsOf } from '../customer/partitions.ts'
import { shownTo } from '../customer/shown-to.ts'
import { keptAfterMerge, keptInEntries } from '../duplicate/merged-places.ts'
import { ownerChanged } from '../ownership/owner-changed.ts'
import { handedOver, requireOneTransaction } from './handed-over.ts'
import { mergeStates, merges } from './merge.table.ts'
import { type MergeRecord, type MergeRequest, type ShownMerge, shownMerge } from './merge.ts'
import { type MergePlan, planMerge } from './plan-merge.ts'
import { absorbedMark, type CustomerRedirect, redirects } from './redirect.table.ts'

const day = 24 * 60 * 60 * 1000
/** How long a merge can be undone. */
const undoDays = 7

type Asked = MergeRequest & { id: string }

const gainedIn = ({ survivor, customer }: MergePlan) => published(changedFields(survivor, customer))

/** What a merge would make of the survivor, with both values wherever they differ. Refused as the merge would be. */
export async function previewMerge(ctx: Context, asked: Asked) {
  const plan = await planMerge(ctx, asked)
  const hidden = new Set(hiddenFields(ctx.actor, 'customer'))
  const inView = <T extends { field: string }>(all: T[]) => all.filter(({ field }) => !hidden.has(field))
  return {
    survivorId: plan.survivor.id,
    duplicateId: plan.duplicate.id,
    result: shownTo(ctx, plan.customer),
    gained: gainedIn(plan).filter((field) => !hidden.has(field)),
    conflicts: inView(plan.conflicts),
    leftOut: inView(plan.leftOut),
  }
}

/** The redirect in the place of the duplicate. What was read of the duplicate is stale by it. */
function redirectOf(duplicate: Customer, survivor: Customer, result: Customer, mergeId: string): CustomerRedirect {
  const { id, version, createdAt, createdBy, updatedAt } = duplicate
  const alias = [survivor.externalId, duplicate.externalId].find((value) => value !== undefined && value !== result.externalId)
  const base = { id, version: version + 1, createdAt, createdBy, updatedAt, of: customers.type, to: survivor.id, mergeId }
  const found = duplicate.foundBy ? { foundBy: duplicate.foundBy, foundAs: keptInEntries(duplicate) } : {}
  return { ...base, ...(alias === undefined ? {} : { externalId: alias }), ...found }
}

/** Those that were merged into the duplicate lead to the survivor now: a redirect never leads to another. */
export async function turned(ctx: Context, ids: readonly string[], to: string): Promise<Write[]> {
  const all = await Promise.all(ids.map((id) => get(ctx, redirects, id, { consistent: true })))
  return all.map((redirect) => redirects.replace(ctx, redirect, { ...redirect, to }))
}

function recordOf(ctx: Context, plan: MergePlan, base: Pick<MergeRecord, 'id'>, kinds: number): MergeRecord {
  const { survivor, duplicate, leftOut } = plan
  return {
    ...newRecord(ctx, 'mrg'),
    ...base,
    survivorId: survivor.id,
    duplicateId: duplicate.id,
    status: 'running',
    errors: leftOut.map(({ field, values }) => ({
      code: 'merge.no-room',
      on: field,
      message: `${values.length} of the duplicate found no room in the list of the survivor.`,
    })),
    undoUntil: new Date(Date.parse(ctx.now()) + undoDays * day).toISOString(),
    gained: gainedIn(plan),
    moved: {},
    returned: {},
    partitions: partitionsOf(duplicate),
    position: { kind: 0 },
    kinds,
  }
}

/**
 * Merges a customer into another one (domain: Merge). One transaction decides it all: the survivor has the values and what is
 * planned, the old id leads to it, unique values go over. The records are moved by a job then (run-merge.ts), which the
 * event starts; until it is done they are found as the survivor's all the same, since the redirect leads there.
 */
export async function startMerge(ctx: Context, asked: Asked, kinds: number): Promise<ShownMerge> {
  const plan = await planMerge(ctx, asked)
  const { survivor, duplicate } = plan
  const id = ctx.newId('mrg')
  const kept = keptAfterMerge(plan.customer, survivor, duplicate)
  const merged: Customer = { ...kept, merging: id }
  const merge = recordOf(ctx, plan, { id }, kinds)
  const expiresAt = Math.floor(Date.parse(merge.undoUntil) / 1000) + 86_400
  const states = { ...newRecord(ctx, 'mrg'), id, survivor, duplicate, merged: kept, expiresAt }
  const subject = { type: 'customer', id: survivor.id, customerId: survivor.id }
  const moved = merged.ownerId === survivor.ownerId ? [] : [ownerChanged(survivor, merged, 'merged')]
  const writes: [Write, ...Write[]] = [
    merges.create(merge),
    mergeStates.create(states),
    handedOver([
      customers.remove(duplicate),
      customers.replace(ctx, survivor, merged),
      redirects.create(redirectOf(duplicate, survivor, merged, id)),
    ]),
    ...(await turned(ctx, duplicate.absorbed ?? [], survivor.id)),
    ...partitionsOf(duplicate).map((absorbed) => absorbedMark(survivor.id, absorbed, true)),
  ]
  requireOneTransaction(ctx, writes)
  return commit(ctx, writes, [CustomerMerged(subject, { mergeId: id, duplicateId: duplicate.id, changed: merge.gained }), ...moved], {
    result: shownMerge(merge),
  }) as Promise<ShownMerge>
}
