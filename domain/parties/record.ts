import type { Context } from '../kernel/context.ts'
import { notFound, Problem } from '../kernel/errors.ts'
import type { EntityDefinition, Stored } from '../store/entity-definition.ts'
import { activities } from './activity/activity.table.ts'
import { contacts } from './contact/contact.table.ts'
import { writableCustomer, writableOfCustomer } from './customer/access.ts'
import type { Customer } from './customer/customer.ts'
import { followUps } from './follow-up/follow-up.table.ts'

type OfCustomer = Stored & { customerId: string }

/** What belongs to a customer, by the name of its noun. */
const nouns = { contact: contacts, activity: activities, 'follow-up': followUps } as Record<string, EntityDefinition<OfCustomer>>

/**
 * The customer of a record that the actor may change: the customer itself or anything of it. 404 at `pointer` when the
 * record is out of sight, 403 when the customer is only to be read.
 */
export async function writableRecord(ctx: Context, { type, id }: { type: string; id: string }, pointer: string): Promise<Customer> {
  if (type === 'customer') return writableCustomer(ctx, id, pointer)
  const entity = nouns[type]
  if (!entity) throw notFound(type, pointer)
  try {
    return (await writableOfCustomer(ctx, entity, id)).customer
  } catch (error) {
    throw error instanceof Problem && error.kind === 'not-found' ? notFound(type, pointer) : error
  }
}
