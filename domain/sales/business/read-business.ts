import { creditOf, latestReceiptOf, shownReceipt } from '../../finance/index.ts'
import { allowed } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { Customer } from '../../parties/index.ts'
import { type Latest, latestOf } from '../document/latest-of.ts'
import { listedOrders } from '../order/list-orders.ts'
import { shownRow } from '../order/show-order.ts'
import { listedQuotes } from '../quote/list-quotes.ts'
import { shownQuoteRow } from '../quote/show-quote.ts'
import { listedShipments } from '../shipment/list-shipments.ts'
import { shownShipmentRow } from '../shipment/show-shipment.ts'

const few = { show: 5, read: 6 }
/** Of a quote that was revised again and again only the latest revision is shown. */
const latestQuotes = { show: 5, read: 11 }

const shown = async <T, S>(found: Promise<Latest<T>>, show: (row: T) => S) => {
  const { rows, more } = await found
  return { data: rows.map(show), more }
}

async function moneyOf(ctx: Context, customer: Customer) {
  const [{ customerId: _known, ...credit }, receipt] = await Promise.all([
    creditOf(ctx, customer),
    allowed(ctx.actor, 'receipts.read') ? latestReceiptOf(ctx, customer) : undefined,
  ])
  return { ...credit, lastReceipt: receipt ? shownReceipt(receipt) : null }
}

/**
 * The latest business with a customer that the caller sees, and what it owes today, as far as the caller may read them: six
 * calls side by side, one query of the partition for each kind.
 */
export async function readBusiness(ctx: Context, customer: Customer) {
  const may = allowed.bind(null, ctx.actor)
  const [quotes, orders, shipments, money] = await Promise.all([
    may('quotes.read') ? shown(latestOf(ctx, listedQuotes, customer, latestQuotes), (quote) => shownQuoteRow(ctx, quote)) : null,
    may('orders.read') ? shown(latestOf(ctx, listedOrders, customer, few), shownRow) : null,
    may('shipments.read') ? shown(latestOf(ctx, listedShipments, customer, few), shownShipmentRow) : null,
    may('credit.read') ? moneyOf(ctx, customer) : null,
  ])
  return { quotes, orders, shipments, money }
}
