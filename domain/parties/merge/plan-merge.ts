import { allowed, knownUsers, requireWritableFields } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { find } from '../../store/read.ts'
import { reachOfUser, sightOf, writableCustomer } from '../customer/access.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { mergedAway, requireNotMerging } from '../customer/merging.ts'
import { partitionsOf } from '../customer/partitions.ts'
import { mostOpen } from '../follow-up/follow-up.ts'
import type { Choices, MergeRequest } from './merge.ts'
import { type United, united } from './united.ts'

export interface MergePlan extends United {
  survivor: Customer
  duplicate: Customer
}

/** Each costs a Query in every list of the survivor's things. */
const mostAbsorbed = 10
const deepestGroup = 10

/** Both, to be changed by the caller and merged with no other at the moment. */
async function bothOf(ctx: Context, id: string, duplicateId: string): Promise<[Customer, Customer]> {
  const survivor = await writableCustomer(ctx, id)
  const duplicate = await writableCustomer(ctx, duplicateId, '/duplicateId')
  if (duplicateId === survivor.id)
    throw invalid('merge.with-itself', '/duplicateId', 'A customer cannot be merged with itself. Name another one.')
  if (duplicate.id !== duplicateId) throw mergedAway(duplicate, '/duplicateId')
  const { userId } = ctx.actor
  const ownsBoth = userId !== null && survivor.ownerId === userId && duplicate.ownerId === userId
  if (!ownsBoth && !allowed(ctx.actor, 'customers.assign'))
    throw new Problem('forbidden', 'merge.not-yours', 'Only who owns both customers, or a manager above, may merge them.')
  requireNotMerging(survivor)
  requireNotMerging(duplicate)
  return [survivor, duplicate]
}

function requireRoom(survivor: Customer, duplicate: Customer): void {
  const open = (survivor.openFollowUps ?? []).length + (duplicate.openFollowUps ?? []).length
  if (open > mostOpen)
    throw new Problem(
      'conflict',
      'merge.too-many-open',
      `Together they have ${open} open follow-ups; a customer has at most ${mostOpen}. Close ${open - mostOpen} first.`,
    )
  if (partitionsOf(survivor).length - 1 + partitionsOf(duplicate).length > mostAbsorbed)
    throw new Problem('conflict', 'merge.too-many', `At most ${mostAbsorbed} customers can be merged into one.`)
}

/** True when one of the two stands above that customer, or is it. */
async function leadsBack(ctx: Context, start: string, ids: Set<string>): Promise<boolean> {
  let above: Customer | undefined = await find(ctx, customers, start, { consistent: true })
  for (let level = 0; above && level <= deepestGroup; level++) {
    if (ids.has(above.id)) return true
    above = above.parentCustomerId ? await find(ctx, customers, above.parentCustomerId, { consistent: true }) : undefined
  }
  return above !== undefined
}

/** The customer without references that would lead from the merged one back to itself. */
async function withoutCircles(ctx: Context, customer: Customer, ids: Set<string>): Promise<Customer> {
  const { parentCustomerId, referredById, ...rest } = customer
  const parentStands = parentCustomerId !== undefined && !(await leadsBack(ctx, parentCustomerId, ids))
  const referrer = referredById === undefined ? undefined : await find(ctx, customers, referredById, { consistent: true })
  return {
    ...rest,
    ...(parentStands ? { parentCustomerId } : {}),
    ...(referredById !== undefined && !(referrer && ids.has(referrer.id)) ? { referredById } : {}),
  }
}

/** Who of those that planned something with the duplicate would see the survivor. */
async function seeing(ctx: Context, result: Customer, duplicate: Customer): Promise<ReadonlySet<string>> {
  const planners = new Set((duplicate.openFollowUps ?? []).map(({ ownerId }) => ownerId))
  const users = (await knownUsers(ctx)).filter(({ id }) => planners.has(id))
  const seen = await Promise.all(users.map(async (user) => sightOf(ctx, result, await reachOfUser(ctx, user)) === 'whole'))
  return new Set(users.filter((_, i) => seen[i]).map(({ id }) => id))
}

/** Whoever takes a value of the duplicate sets it; refused at the choice. */
function requireChoosable(ctx: Context, choices: Choices): void {
  const taken = Object.entries(choices).filter(([, side]) => side === 'duplicate')
  try {
    requireWritableFields(ctx.actor, 'customer', Object.fromEntries(taken))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const errors = (error.more.errors ?? []).map((one) => ({ ...one, pointer: `/choices${one.pointer}` }))
    throw new Problem(error.kind, error.code, error.message, { errors })
  }
}

/**
 * What a merge of `duplicateId` into `id` makes of the survivor; nothing is written.
 *
 * 404 for one out of sight, 403 for one that is only to be read or `merge.not-yours`, 422 `merge.with-itself`; 409
 * `customer.merged` for one that was merged away, `merge.running`, `merge.too-many-open`, `merge.too-many`.
 */
export async function planMerge(ctx: Context, { id, duplicateId, choices = {} }: MergeRequest & { id: string }): Promise<MergePlan> {
  requireChoosable(ctx, choices)
  const [survivor, duplicate] = await bothOf(ctx, id, duplicateId)
  requireRoom(survivor, duplicate)
  const ids = new Set([survivor.id, duplicate.id])
  const [own, other] = [await withoutCircles(ctx, survivor, ids), await withoutCircles(ctx, duplicate, ids)]
  const at = ctx.now()
  const { customer } = united(own, other, { choices, at, sees: () => true })
  const seen = await seeing(ctx, customer, duplicate)
  return { survivor, duplicate, ...united(own, other, { choices, at, sees: (userId) => seen.has(userId) }) }
}
