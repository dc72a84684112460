import type { Context } from '../../kernel/context.ts'
import { changedFields } from '../../kernel/merge-patch.ts'
import { commit } from '../../store/commit.ts'
import { customers } from './customer.table.ts'
import type { Customer } from './customer.ts'
import { rhythmOf, unitedOrderDays } from './order-rhythm.ts'

/** The days of the latest deals with a customer, and all on which it ordered; what is left out is not known, or never was. */
export type Deals = Pick<Customer, 'lastQuotedOn' | 'lastOrderedOn' | 'orderDays' | 'reorderOn'>

const later = (a: string | undefined, b: string | undefined) => (a === undefined || (b !== undefined && b > a) ? b : a)

/** Of each kind of deal the later day, of orders all of them. */
export function latestDeals(...all: Deals[]): Deals {
  const latest = all.reduce<{ [K in keyof Deals]?: string | undefined }>(
    (a, b) => ({
      lastQuotedOn: later(a.lastQuotedOn, b.lastQuotedOn),
      lastOrderedOn: later(a.lastOrderedOn, b.lastOrderedOn),
      orderDays: unitedOrderDays(a.orderDays, b.orderDays),
    }),
    {},
  )
  const reorderOn = rhythmOf(latest.orderDays)?.overdueOn
  return Object.fromEntries(Object.entries({ ...latest, reorderOn }).filter(([, day]) => day !== undefined))
}

async function write(ctx: Context, before: Customer, deals: Deals): Promise<void> {
  const { lastQuotedOn: _quoted, lastOrderedOn: _ordered, orderDays: _days, reorderOn: _next, ...rest } = before
  const after: Customer = { ...rest, ...deals }
  if (changedFields(before, after).length > 0) await commit(ctx, [customers.replace(ctx, before, after)], [])
}

/** A deal with the customer: the later day holds, in whatever order they are told, and a day that is known costs nothing. */
export const noteDeals = (ctx: Context, customer: Customer, deals: Deals): Promise<void> =>
  write(ctx, customer, latestDeals(customer, deals))

/** After a deal was taken back: the latest are those that are left, read after the customer was. */
export const recountDeals = (ctx: Context, customer: Customer, deals: Deals): Promise<void> => write(ctx, customer, deals)
