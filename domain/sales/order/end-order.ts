import * as z from 'zod'
import { OrderCancelled, OrderClosed } from '../../../events/orders.ts'
import { requireOpenDate, settleEndedOrder } from '../../finance/index.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { BusinessDate, today } from '../../kernel/dates.ts'
import { step } from '../../kernel/states.ts'
import { line } from '../../kernel/text.ts'
import { type Customer, writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import type { Write } from '../../store/write.ts'
import { fromMicro, toMicro } from '../document/decimal.ts'
import { subjectOf } from './change-order.ts'
import { quoteChange } from './from-quote.ts'
import { orders } from './order.table.ts'
import type { Order } from './order.ts'
import { isRunning, orderStates } from './order-states.ts'
import { openedOf, openMicro, shippedGross, unopenedBase } from './tally.ts'

export const Ending = z
  .strictObject({
    reason: line(500).nullish(),
    on: BusinessDate.nullish().meta({ description: 'The business date; today when left out.' }),
  })
  .meta({ id: 'OrderEnding' })
export type Ending = z.output<typeof Ending>

/** What was not shipped is given back to the quote. */
const quoteLeft = (ctx: Context, order: Order): Promise<Write[]> =>
  quoteChange(
    ctx,
    order.quoteId,
    order.lines,
    order.lines.map((line) => ({ ...line, quantity: fromMicro(toMicro(line.quantity) - openMicro(order, line)) })),
  )

const nothing = { writes: [], events: [] }

/** What is not owed yet leaves the exposure of the customer; what was owed by instalments beyond what was shipped is taken back. */
async function takenBack(ctx: Context, customer: Customer, order: Order, on: string) {
  const [unopened, excess] = [unopenedBase(order), Math.max(0, openedOf(order).opened - shippedGross(order))]
  if (!isRunning(order) || unopened + excess === 0 || order.history) return nothing
  const announced = (order.instalments ?? []).flatMap(({ isFixed }, i) => (isFixed ? [i + 1] : []))
  return settleEndedOrder(ctx, { customer, order, on, unopened, excess, announced })
}

async function end(ctx: Context, { id, reason, on = today(ctx) }: Ending & { id: string }, action: 'cancel' | 'close'): Promise<Order> {
  const { record: order, customer } = await writableOfCustomer(ctx, orders, id)
  const status = step('order', orderStates, order.status, action)
  const day = on ?? today(ctx)
  requireOpenDate(ctx, await readTenant(ctx), day, '/on')
  const { nextDelivery: _none, ...rest } = order
  const books = await takenBack(ctx, customer, order, day)
  const writes = [...books.writes, ...(await quoteLeft(ctx, order))]
  const wasAgreed = isRunning(order)
  const facts = {
    number: order.number,
    on: day,
    reason: reason ?? null,
    givenBack: wasAgreed ? Math.max(0, order.total - shippedGross(order)) : 0,
    base: wasAgreed ? unopenedBase(order) : 0,
    currency: order.currency,
  }
  const event = action === 'cancel' ? OrderCancelled(subjectOf(order), facts) : OrderClosed(subjectOf(order), facts)
  const after: Order = { ...rest, status, edition: order.edition + 1 }
  return commit(ctx, [orders.replace(ctx, order, after), ...writes], [event, ...books.events])
}

/** Cancels an order of which nothing was shipped; all of it is given back. 409 `order.state` once something was. */
export const cancelOrder = (ctx: Context, input: Ending & { id: string }): Promise<Order> => end(ctx, input, 'cancel')

/** Closes an order (short-close): what was not shipped is not owed any more. */
export const closeOrder = (ctx: Context, input: Ending & { id: string }): Promise<Order> => end(ctx, input, 'close')
