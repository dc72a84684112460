import type { DeliveredEvent } from '../../../events/define.ts'
import type { Context } from '../../kernel/context.ts'
import { find } from '../../store/read.ts'
import { orders } from '../order/order.table.ts'
import { quotes } from '../quote/quote.table.ts'
import { recordPrices } from './record-prices.ts'

async function ofQuote(ctx: Context, id: string, isAccepted: boolean): Promise<void> {
  const quote = await find(ctx, quotes, id, { consistent: true })
  const on = isAccepted ? quote?.decision?.on : quote?.sentOn
  if (quote && on) await recordPrices(ctx, quote, { kind: isAccepted ? 'quote-accepted' : 'quote-sent', on })
}

async function ofOrder(ctx: Context, id: string): Promise<void> {
  const order = await find(ctx, orders, id, { consistent: true })
  if (order) await recordPrices(ctx, order, { kind: 'order', on: order.orderedOn })
}

/** Writes the prices of what was sent, accepted or confirmed into the history of the customer (domain: Quote to cash). */
export async function recordPricesOf(ctx: Context, { name, subject }: DeliveredEvent<unknown>): Promise<void> {
  if (subject.type === 'order') await ofOrder(ctx, subject.id)
  else await ofQuote(ctx, subject.id, name === 'quote.accepted')
}
