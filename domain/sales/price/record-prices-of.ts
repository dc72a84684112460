import type { DeliveredEvent } from '../../../events/define.ts'
import type { Context } from '../../kernel/context.ts'
import { find } from '../../store/read.ts'
import { orders } from '../order/order.table.ts'
import { quotes } from '../quote/quote.table.ts'
import { shipments } from '../shipment/shipment.table.ts'
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

/** Of a shipment the lines without an order: those of an order were agreed there. */
async function ofShipment(ctx: Context, id: string): Promise<void> {
  const shipment = await find(ctx, shipments, id, { consistent: true })
  const lines = shipment?.lines.filter(({ orderLine }) => !orderLine) ?? []
  if (shipment && lines.length > 0) await recordPrices(ctx, { ...shipment, lines }, { kind: 'shipment', on: shipment.shippedOn })
}

/** Writes the prices of what was sent, accepted, confirmed, amended or shipped without an order into the history of the customer (domain: Quote to cash). */
export async function recordPricesOf(ctx: Context, { name, subject, data }: DeliveredEvent<unknown>): Promise<void> {
  const { withProducts, direct } = data as { withProducts?: boolean; direct?: boolean }
  if (withProducts === false || direct === false) return
  if (subject.type === 'order') await ofOrder(ctx, subject.id)
  else if (subject.type === 'shipment') await ofShipment(ctx, subject.id)
  else await ofQuote(ctx, subject.id, name === 'quote.accepted')
}
