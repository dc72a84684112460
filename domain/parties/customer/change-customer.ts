import type * as z from 'zod'
import { CustomerChanged, CustomerCreated, CustomerDeleted, CustomerOwnerChanged } from '../../../events/parties.ts'
import { allowed, requireOwner, requireWritableFields } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/resource.ts'
import { commit } from '../../store/commit.ts'
import { newRecord, requireVersion } from '../../store/entity.ts'
import { defaultSubject, planNextContact, untouched } from '../follow-up/plan-next-contact.ts'
import { visibleCustomer, writableCustomer } from './access.ts'
import { customers } from './customer.table.ts'
import { type ChangeCustomer, type CreateCustomer, type Customer, CustomerRecord } from './customer.ts'
import { requireReferences } from './references.ts'

type NewCustomer = z.output<typeof CreateCustomer>

const subjectOf = (customer: Customer) => ({ type: 'customer', id: customer.id, customerId: customer.id })

/** Left out: the caller. An explicit null: the public pool. */
async function ownerOf(ctx: Context, named: string | null | undefined): Promise<string | null> {
  if (named === null) return null
  if (named === undefined) return ctx.actor.userId
  return (await requireOwner(ctx, named)).id
}

/** Adds a customer. 404 for references out of sight, 403 for an owner out of scope or a field above the role. */
export async function createCustomer(ctx: Context, input: NewCustomer): Promise<Customer> {
  requireWritableFields(ctx.actor, 'customer', input)
  const ownerId = await ownerOf(ctx, input.ownerId)
  await requireReferences(ctx, input)
  const { nextContactOn, ...rest } = input
  const base = newRecord(ctx, 'cus')
  const customer = { ...compact({ ...rest, ownerId }), ...base, ...(ownerId ? { ownedSince: base.createdAt } : {}) } as Customer
  const plan = nextContactOn ? await planNextContact(ctx, untouched(customer), nextContactOn, defaultSubject(ctx)) : untouched(customer)
  return commit(ctx, [customers.create(plan.customer), ...plan.writes], [CustomerCreated(subjectOf(customer), { ownerId }), ...plan.events])
}

/** Giving a customer away, or taking one, is for those who assign; everybody else works on what they have. */
async function requireMayAssign(ctx: Context, ownerId: string | null | undefined): Promise<void> {
  if (!allowed(ctx.actor, 'customers.assign'))
    throw new Problem('forbidden', 'customer.owner-fixed', 'Only a manager may change the owner of a customer.')
  if (ownerId) await requireOwner(ctx, ownerId)
}

/** Changes a customer by merge patch. Setting nextContactOn plans, moves or cancels follow-ups. */
export async function changeCustomer(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeCustomer>; ifMatch?: string | undefined },
): Promise<Customer> {
  requireWritableFields(ctx.actor, 'customer', changes)
  const before = await writableCustomer(ctx, id)
  requireVersion(before, ifMatch)
  const { nextContactOn, ...others } = changes
  const merged = mergePatch(CustomerRecord, before, others)
  const from = before.ownerId ?? null
  const to = merged.ownerId ?? null
  if (from !== to) await requireMayAssign(ctx, to)
  await requireReferences(ctx, others, id)
  const { ownedSince: _since, ...rest } = merged
  const after = from === to ? merged : ({ ...rest, ...(to ? { ownedSince: ctx.now() } : {}) } as Customer)
  const plan =
    nextContactOn === undefined ? untouched(after) : await planNextContact(ctx, untouched(after), nextContactOn, defaultSubject(ctx))
  const changed = changedFields(before, plan.customer)
  if (changed.length === 0) return before
  const fields = changed.filter((field) => field !== 'openFollowUps')
  const events = [
    ...(fields.length > 0 ? [CustomerChanged(subjectOf(before), { changed: fields })] : []),
    ...(from === to ? [] : [CustomerOwnerChanged(subjectOf(before), { from, to })]),
    ...plan.events,
  ]
  return commit(ctx, [customers.replace(ctx, before, plan.customer), ...plan.writes], events)
}

export const getCustomer = (ctx: Context, { id }: { id: string }): Promise<Customer> => visibleCustomer(ctx, id)

/**
 * Deletes a customer. What belonged to it is out of sight at once, since all of it is reached through the customer, and
 * is removed by the consumer of the event. The audit entries stay.
 */
export async function deleteCustomer(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const customer = await writableCustomer(ctx, id)
  requireVersion(customer, ifMatch)
  await commit(ctx, [customers.remove(customer)], [CustomerDeleted(subjectOf(customer), {})])
}
