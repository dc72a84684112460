import type * as z from 'zod'
import { CustomerChanged, CustomerCreated, CustomerDeleted } from '../../../events/parties.ts'
import { requireCustomerOwner, requireWritableFields } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import { commit } from '../../store/commit.ts'
import { findGuarded } from '../../store/guard.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { admitParty, isFoundOtherwise } from '../duplicate/admit-party.ts'
import type { DuplicateOverride } from '../duplicate/override.ts'
import { defaultSubject, planNextContact, untouched } from '../follow-up/plan-next-contact.ts'
import { createdInPool } from '../ownership/ownership.ts'
import { patchOwnership } from '../ownership/patch-ownership.ts'
import { factsToWatch } from '../ownership/reclaim-settings.ts'
import { heldPool } from '../ownership/release-customer.ts'
import { requirePool } from '../pool/known-pools.ts'
import { seenCustomer, writableCustomer } from './access.ts'
import { customers } from './customer.table.ts'
import { type ChangeCustomer, type CreateCustomer, type Customer, CustomerRecord, published } from './customer.ts'
import { mergedAway, requireNotMerging } from './merging.ts'
import { isThingOf } from './partitions.ts'
import { requireOwnCurrency, requireReferences } from './references.ts'
import { dormancyOfNew } from './watch-dormancy.ts'
import { withoutBooks } from './without-books.ts'

type NewCustomer = z.output<typeof CreateCustomer>

const subjectOf = (customer: Customer) => ({ type: 'customer', id: customer.id, customerId: customer.id })

/** Left out: the caller. An explicit null: the public pool. */
async function ownerOf(ctx: Context, named: string | null | undefined): Promise<string | null> {
  if (named === null) return null
  if (named === undefined) return ctx.actor.userId
  return (await requireCustomerOwner(ctx, named)).id
}

/**
 * Adds a customer. 404 for references out of sight, 403 for an owner out of scope or a field above the role, 409 when it seems
 * to be there already (`admitParty`).
 */
export async function createCustomer(ctx: Context, input: NewCustomer): Promise<Customer> {
  requireWritableFields(ctx.actor, 'customer', input)
  requireOwnCurrency(ctx, input)
  const ownerId = await ownerOf(ctx, input.ownerId)
  await requireReferences(ctx, input)
  const { duplicateOverride: override, ...body } = input
  const { nextContactOn, ...rest } = body
  const base = newRecord(ctx, 'cus')
  const pool = input.poolId ? await requirePool(ctx, input.poolId) : undefined
  const watched = await factsToWatch(ctx)
  const filled = { ...compact(rest), ...base, ...(watched.length > 0 ? { watched } : {}), ...(await dormancyOfNew(ctx)) } as Customer
  const placed = ownerId ? { ...filled, ownerId, ownedSince: base.createdAt } : createdInPool(filled, callerOf(ctx))
  const admitted = await admitParty(ctx, { party: placed, body, override })
  const customer = { ...placed, ...admitted.fields }
  const plan = nextContactOn ? await planNextContact(ctx, untouched(customer), nextContactOn, defaultSubject(ctx)) : untouched(customer)
  return commit(
    ctx,
    [customers.create(plan.customer), ...heldPool(pool), ...admitted.writes, ...plan.writes],
    [CustomerCreated(subjectOf(customer), { ownerId }), ...admitted.events, ...plan.events],
  )
}

/** The externalId of a customer that was merged away stays an alias of the one it was merged into, which keeps its own. */
async function withoutAlias<T extends { externalId?: string | null | undefined }>(
  ctx: Context,
  id: string,
  customer: Customer,
  changes: T,
) {
  if (id === customer.id || !changes.externalId) return changes
  const { externalId, ...others } = changes
  const holder = await findGuarded(ctx, 'customer-external-id', externalId, true)
  return holder && holder !== customer.id && isThingOf(customer, holder) ? (others as T) : changes
}

/** The customer with what the duplicate check keeps of it, where the change touches what it is found by. */
async function admittedChange(
  ctx: Context,
  before: Customer,
  after: Customer,
  body: object,
  override: DuplicateOverride | null | undefined,
) {
  if (!isFoundOtherwise(before, after)) return { party: after, writes: [], events: [] }
  const { fields, writes, events } = await admitParty(ctx, { party: after, before, body, override })
  const { foundBy: _keys, foundAs: _names, sharesName: _shares, ...rest } = after
  return { party: { ...rest, ...fields } as Customer, writes, events }
}

/**
 * Changes a customer by merge patch. Setting nextContactOn plans, moves or cancels follow-ups. 409 when by its new name,
 * numbers or e-mail it seems to be another customer (`admitParty`).
 */
export async function changeCustomer(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeCustomer>; ifMatch?: string | undefined },
): Promise<Customer> {
  requireWritableFields(ctx.actor, 'customer', changes)
  requireOwnCurrency(ctx, changes)
  const before = await writableCustomer(ctx, id)
  requireVersion(before, ifMatch)
  const { duplicateOverride: override, ...body } = changes
  const { nextContactOn, ...others } = await withoutAlias(ctx, id, before, body)
  const merged = mergePatch(CustomerRecord, before, others)
  await requireReferences(ctx, others, before.id)
  const { customer: moving, writes, events: moved, limit } = await patchOwnership(ctx, before, merged)
  const { party: after, ...admitted } = await admittedChange(ctx, before, moving, { id, ...body }, override)
  const plan =
    nextContactOn === undefined ? untouched(after) : await planNextContact(ctx, untouched(after), nextContactOn, defaultSubject(ctx))
  const changed = changedFields(before, plan.customer)
  if (changed.length === 0) return before
  const fields = published(changed)
  const told = fields.length > 0 ? [CustomerChanged(subjectOf(before), { changed: fields })] : []
  const write = customers.replace(ctx, before, plan.customer, limit)
  return commit(ctx, [write, ...writes, ...admitted.writes, ...plan.writes], [...told, ...moved, ...admitted.events, ...plan.events])
}

/** A customer as the caller sees it: of one in the pool, what the pool shows. */
export const getCustomer = async (ctx: Context, { id }: { id: string }): Promise<Customer> => (await seenCustomer(ctx, id)).customer

/**
 * Deletes a customer. What belonged to it is out of sight at once, since all of it is reached through the customer, and
 * is removed by the consumer of the event. The audit entries stay. 409 `customer.merged` for one that was merged into
 * another: an old id never deletes the survivor; 409 `merge.running` while a merge moves its records;
 * 409 `customer.has-books` once anything was ordered or posted.
 */
export async function deleteCustomer(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const customer = await writableCustomer(ctx, id)
  if (customer.id !== id) throw mergedAway(customer)
  requireNotMerging(customer)
  requireVersion(customer, ifMatch)
  await commit(ctx, [customers.remove(customer), ...withoutBooks(customer)], [CustomerDeleted(subjectOf(customer), {})])
}
