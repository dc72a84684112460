import * as z from 'zod'
import { OrderAmended } from '../../../events/orders.ts'
import { raiseExposure, requireOpenDate } from '../../finance/index.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { BusinessDate, today } from '../../kernel/dates.ts'
import { changedFields } from '../../kernel/merge-patch.ts'
import { step } from '../../kernel/states.ts'
import { line } from '../../kernel/text.ts'
import { type Customer, writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { itemKey } from '../../store/entity-definition.ts'
import { requireVersion } from '../../store/record.ts'
import type { Write } from '../../store/write.ts'
import { toMicro } from '../document/decimal.ts'
import { Discount } from '../document/discount.ts'
import { LineChange, linesOf } from '../document/line.ts'
import { placesKept } from '../document/line-ids.ts'
import { subjectOf } from './change-order.ts'
import { agreed, creditPolicy, overLimit } from './confirm-order.ts'
import { quoteChange } from './from-quote.ts'
import { amendedInstalments } from './instalment.ts'
import { openUpFront } from './openings.ts'
import { orders, orderVersionKey } from './order.table.ts'
import type { Order } from './order.ts'
import type { OrderLineRecord } from './order-line.ts'
import { orderStates } from './order-states.ts'
import { type Composed, composeLines, pricedLines } from './price-order.ts'
import { requireAsDear, requireKept } from './require-kept.ts'
import { openedOf, settled, shippedOf } from './tally.ts'

export const Amendment = z
  .strictObject({
    reason: line(500).meta({ description: 'Why; it stays with the former version.' }),
    on: BusinessDate.nullish().meta({ description: 'The business date of the change; today when left out.' }),
    lines: linesOf(LineChange).optional().meta({ description: 'All lines as they shall be; those with their id stay the same lines.' }),
    deliverOn: BusinessDate.nullish(),
    discount: Discount.nullish(),
  })
  .meta({ id: 'OrderAmendment' })
export type Amendment = z.output<typeof Amendment>

/** Lines that are shipped whole as they shall be: they are worth what was shipped, or, when more was, what they were. */
function frozenLines(order: Order, lines: readonly Composed[]): Map<string, OrderLineRecord> {
  const former = new Map(order.lines.map((line) => [line.id, line]))
  const frozen = lines.flatMap((line): OrderLineRecord[] => {
    const { quantity, gross, net } = shippedOf(order, line)
    const [ordered, before] = [toMicro(line.quantity), former.get(line.id)]
    if (quantity === 0 || quantity < ordered) return []
    if (quantity === ordered) return [{ ...line, net, tax: gross - net, gross }]
    return before && before.quantity === line.quantity ? [{ ...line, net: before.net, tax: before.tax, gross: before.gross }] : []
  })
  return new Map(frozen.map((line) => [line.id, line]))
}

/** What was shipped above the order may be within it now, and is counted there. */
function recounted(order: Order): Order {
  const { opened, openedBase, over, overBase } = openedOf(order)
  if (over === 0) return order
  const now = order.lines.reduce((sum, line) => sum + Math.max(0, shippedOf(order, line).gross - line.gross), 0)
  const nowBase = Math.round((overBase * now) / over)
  const counts = { opened: opened + over - now, over: now, openedBase: openedBase + overBase - nowBase, overBase: nowBase }
  return { ...order, ...counts }
}

/** What an order adds to the exposure at most: its total and what was delivered above it. */
const committedBase = (order: Order): number => order.base + openedOf(order).overBase

async function amended(ctx: Context, customer: Customer, before: Order, { lines, deliverOn, discount }: Amendment): Promise<Order> {
  const { deliverOn: formerDay, discount: formerDiscount, ...rest } = before
  const day = deliverOn === undefined ? formerDay : deliverOn
  const off = discount === undefined ? formerDiscount : discount
  const head: Order = { ...rest, ...(day ? { deliverOn: day } : {}), ...(off ? { discount: off } : {}) }
  if (!lines && discount === undefined) return settled(head)
  const composed = lines ? await composeLines(ctx, { ...head, customer }, lines, before.lines) : before.lines
  requireKept(before, head, composed)
  const priced = placesKept(before, { ...head, ...pricedLines(ctx, head, composed, frozenLines(before, composed)) })
  const { instalments } = before
  return settled(recounted(instalments ? { ...priced, instalments: amendedInstalments(instalments, priced.total) } : priced))
}

/** The order as it was, kept beside it. */
const formerVersion = (order: Order, reason: string): Write => ({
  result: undefined,
  actions: (ctx) => [
    {
      ...itemKey(ctx, orderVersionKey(order.id, order.edition)),
      put: { Item: { entity: 'order-version', schema: 1, ...order, amendedAt: ctx.now(), amendedBy: ctx.actor.id, reason } },
    },
  ],
})

/**
 * Changes lines, dates and discount of a confirmed order, with a reason: never below what is shipped, exposure and credit in the
 * same transaction, the former version kept. 409 `order.state`, `order.below-shipped`, `credit.over-limit`.
 */
export async function amendOrder(
  ctx: Context,
  { id, ifMatch, ...amendment }: Amendment & { id: string; ifMatch?: string | undefined },
): Promise<Order> {
  const { record: before, customer } = await writableOfCustomer(ctx, orders, id)
  requireVersion(before, ifMatch)
  step('order', orderStates, before.status, 'amend')
  const on = amendment.on ?? today(ctx)
  requireOpenDate(ctx, await readTenant(ctx), on, '/on')
  const changedOrder = await amended(ctx, customer, before, amendment)
  requireAsDear(before, changedOrder)
  const changed = changedFields(before, changedOrder)
  if (changed.length === 0) return before
  const { order: after, openings } = openUpFront({ ...changedOrder, edition: before.edition + 1 })
  const by = committedBase(after) - committedBase(before)
  const policy = by > 0 ? creditPolicy(ctx, before, amendment.reason) : 'skip'
  const { writes, verdict } = await raiseExposure(ctx, { customer, of: id, by, policy })
  if (verdict.blocked) throw overLimit(ctx, verdict)
  const event = OrderAmended(subjectOf(before), { ...agreed(after), on, openings, reason: amendment.reason, changed })
  const ofQuote = await quoteChange(ctx, before.quoteId, before.lines, after.lines)
  return commit(ctx, [orders.replace(ctx, before, after), formerVersion(before, amendment.reason), ...writes, ...ofQuote], [event])
}
