import { OrderConfirmed, OrderHeld } from '../../../events/orders.ts'
import { type CreditVerdict, exposureKeys, raiseExposure, requireOpenDate } from '../../finance/index.ts'
import { allowed, readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { money } from '../../kernel/money.ts'
import { step } from '../../kernel/states.ts'
import { type Customer, writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { readAlong } from '../../store/read-along.ts'
import { hasProducts } from '../document/line.ts'
import { subjectOf } from './change-order.ts'
import { openUpFront } from './openings.ts'
import { orders } from './order.table.ts'
import type { Order } from './order.ts'
import { orderStates } from './order-states.ts'
import { settled } from './tally.ts'

/** Prepaid orders ask for no credit; who may approve and says why goes above the limit. */
export function creditPolicy(ctx: Context, order: Order, reason: string | null | undefined): 'check' | 'report' | 'skip' {
  if (order.paymentTerms?.kind === 'prepaid') return 'skip'
  return reason && allowed(ctx.actor, 'orders.approve') ? 'report' : 'check'
}

/** 409 `credit.over-limit`, with the figures. */
export function overLimit(ctx: Context, { limit, exposure }: CreditVerdict): Problem {
  const { currency } = ctx.tenant
  const detail = 'This goes over the credit limit of the customer. A manager may allow it, with a reason.'
  return new Problem('conflict', 'credit.over-limit', detail, {
    extra: { limit: limit === null ? null : money(limit, currency), exposure: money(exposure, currency) },
  })
}

/** The figures of a confirmed order, as its events tell them. */
export const agreed = (order: Order) => ({
  number: order.number,
  orderedOn: order.orderedOn,
  total: order.total,
  net: order.netTotal,
  currency: order.currency,
  exchangeRate: order.exchangeRate,
  base: order.base,
  terms: order.paymentTerms ?? null,
  ownerId: order.ownerId ?? null,
  salesRepId: order.salesRepId ?? null,
  withProducts: hasProducts(order.lines),
})

/** An order that waits for a manager stays where it is; one that does not yet, waits from now on. */
async function hold(ctx: Context, order: Order, verdict: CreditVerdict): Promise<Order> {
  const status = step('order', orderStates, order.status, 'hold')
  if (order.status === status) throw overLimit(ctx, verdict)
  const { number, base } = order
  const event = OrderHeld(subjectOf(order), { number, base, exposure: verdict.exposure, limit: verdict.limit })
  return commit(ctx, [orders.replace(ctx, order, { ...order, status })], [event])
}

/** Who sold it is fixed now: who was named, else the owner of the customer, else who confirms. */
function confirmed(ctx: Context, order: Order, customer: Customer) {
  const salesRepId = order.salesRepId ?? customer.ownerId ?? ctx.actor.userId ?? undefined
  const base: Order = { ...order, ...(salesRepId ? { salesRepId } : {}), confirmedAt: ctx.now() }
  const { order: opened, openings } = openUpFront(base)
  return { after: settled(opened), openings }
}

/**
 * Confirms an order: it counts against the credit of its customer in the same transaction. Over the limit, under the policy
 * `block`, it goes to credit-hold instead, and a manager (`orders.approve`) confirms it with a reason. 409 `period.closed`,
 * `order.state`, `credit.over-limit` for one that waits already.
 */
export async function confirmOrder(ctx: Context, { id, reason }: { id: string; reason?: string | null | undefined }): Promise<Order> {
  const along = readAlong(ctx, exposureKeys(id))
  const { record: order, customer } = await writableOfCustomer(along, orders, id)
  step('order', orderStates, order.status, 'confirm')
  requireOpenDate(ctx, await readTenant(ctx), order.orderedOn, '/orderedOn')
  const policy = creditPolicy(ctx, order, reason)
  const { writes, verdict } = await raiseExposure(along, { customer, of: order.id, by: order.base, policy })
  if (verdict.blocked) return hold(ctx, order, verdict)
  const { after, openings } = confirmed(ctx, order, customer)
  const event = OrderConfirmed(subjectOf(order), {
    ...agreed(after),
    on: after.orderedOn,
    openings,
    reason: reason ?? null,
    flags: verdict.flags,
  })
  return commit(ctx, [orders.replace(ctx, order, after), ...writes], [event])
}
