import type { Context } from '../../kernel/context.ts'
import { type DueEntry, dueKey } from '../../store/entity-definition.ts'
import { queryAll } from '../../store/query.ts'
import type { DueQuote } from '../agenda/due-quote.ts'
import type { ReclaimDue } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { type QuietKind, quietKinds } from '../customer/quiet.ts'
import { endOfDay } from '../due-range.ts'
import type { ContactDue } from './follow-up.table.ts'

/** A planned contact as its due entry tells it. Whether it still stands is known from the customer: `stillOpen`. */
export interface DueFollowUp extends ContactDue {
  id: string
  ownerId: string
  dueOn: string
}

/** A customer that its owner is about to lose to the pool. Whether it still is is known from the customer and the rules. */
export interface DueReclaim extends ReclaimDue {
  ownerId: string
}

/** An entry of what is due to a person, of any kind. */
export type DueItem = Pick<DueEntry, 'id' | 'on' | 'kind'> & Record<string, unknown>

/**
 * Access pattern: everything that is due to a person up to a day, oldest first: planned contacts, quotes, deliveries, customers that they
 * are warned of; one Query over the due entries, 0.5 RRU per 13. It costs what is due, not what exists.
 */
export async function dueItems(ctx: Context, ownerId: string, until: string): Promise<DueItem[]> {
  const { pk: partition } = dueKey({ owner: ownerId, on: until, kind: '', id: '' })
  return queryAll<DueItem>(ctx, { partition, to: endOfDay(until) })
}

/** A customer that its owner does not hear of. Whether that is still so is known from the customer: `stillQuiet`. */
export interface DueQuiet {
  kind: QuietKind
  ownerId: string
  dueOn: string
  customerId: string
}

/** Of what is due to a person, up to a day: what they planned, the customers that they are warned of or do not hear of, and their quotes. */
export function plannedIn(
  items: readonly DueItem[],
  ownerId: string,
  until: string,
): { followUps: DueFollowUp[]; reclaims: DueReclaim[]; quotes: DueQuote[]; quiet: DueQuiet[] } {
  const of = <D>(wanted: string) => items.filter(({ kind, on }) => kind === wanted && on <= until) as (DueItem & D)[]
  return {
    followUps: of<ContactDue>('contact').map(({ id, on, customerId, subject }) => ({ id, ownerId, dueOn: on, customerId, subject })),
    quotes: of<DueQuote>('quote').map(({ id, on, customerId, number, validUntil, why }) => ({
      id,
      ownerId,
      dueOn: on,
      customerId,
      number,
      validUntil,
      why,
    })),
    quiet: quietKinds.flatMap((kind) => of(kind).map(({ on, id }) => ({ kind, ownerId, dueOn: on, customerId: id }))),
    reclaims: of<ReclaimDue>('reclaim').map(({ customerId, reclaimOn }) => ({ ownerId, customerId, reclaimOn })),
  }
}

/** An entry may lag behind a change of owner; the customer knows what is open, and whose it is. */
export const stillOpen = (customer: Customer, due: Pick<DueFollowUp, 'id' | 'ownerId' | 'dueOn'>): boolean =>
  (customer.openFollowUps ?? []).some(({ id, ownerId, dueOn }) => id === due.id && ownerId === due.ownerId && dueOn === due.dueOn)
