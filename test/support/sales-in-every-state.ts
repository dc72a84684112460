import { createQuote } from '../../domain/sales/quote/change-quote.ts'
import { sendQuote } from '../../domain/sales/quote/send-quote.ts'
import { handler as openOnDispatched } from '../../functions/consumers/finance/open-receivables-on-shipment-dispatched.ts'
import { type Call, callAs } from './api.ts'
import { deliver } from './deliver.ts'
import { cny } from './finance.ts'
import { customerOf, day } from './parties.ts'
import { confirmedOrder, lineOf, orderOf, shipmentOf } from './sales.ts'
import { newTenant } from './tenant.ts'

/** A line that says all that it must. */
export const plainLine = { description: 'x', quantity: 1, unitPrice: 1 }

async function firm() {
  const tenant = await newTenant({ currency: 'CNY' })
  const [rep, other] = [await tenant.user('rep'), await tenant.user('rep')]
  const customer = await customerOf(tenant, rep)
  return { tenant, rep, other, customer, call: callAs(tenant.id, rep) }
}
type Firm = Awaited<ReturnType<typeof firm>>

async function quotesOf({ tenant, rep, other, customer, call }: Firm) {
  const quoteOf = async (by: Call, customerId: string) =>
    (await by('/v1/quotes', { body: { customerId, lines: [lineOf('10', '5'), lineOf('2', '7')] } })).body
  const sent = async (by: Call, customerId: string) => {
    const quote = await quoteOf(by, customerId)
    return (await by(`/v1/quotes/${quote.id}/send`, { body: { channel: 'paper' } })).body
  }
  const superseded = await sent(call, customer.id)
  await call(`/v1/quotes/${superseded.id}/revise`, { method: 'POST' })
  const accepted = await sent(call, customer.id)
  await call(`/v1/quotes/${accepted.id}/accept`, { method: 'POST' })
  const ids = {
    draft: (await quoteOf(call, customer.id)).id,
    sent: (await sent(call, customer.id)).id,
    foreign: (await sent(callAs(tenant.id, other), (await customerOf(tenant, other)).id)).id,
    superseded: superseded.id,
    expired: await expiredQuote(await tenant.as(rep), customer.id),
    accepted: accepted.id,
  }
  return { ids, lines: { quoted: accepted.lines[0].id } }
}

/** One that was valid ten days, a month ago. */
async function expiredQuote(ctx: Awaited<ReturnType<Firm['tenant']['as']>>, customerId: string): Promise<string> {
  const then = { ...ctx, now: () => new Date(Date.now() - 30 * 86_400_000).toISOString() }
  const { id } = await createQuote(then, { customerId, validUntil: day(-20), lines: [{ ...plainLine, quantity: '1', unitPrice: '1' }] })
  await sendQuote(then, { id, channel: 'paper' })
  return id
}

async function ordersOf({ tenant, rep, customer, call }: Firm) {
  const draft = await orderOf(tenant, rep, customer.id)
  const order = await confirmedOrder(tenant, rep, customer.id, { lines: [lineOf('10', '5'), lineOf('2', '7')] })
  const ended = await confirmedOrder(tenant, rep, customer.id)
  await call(`/v1/orders/${ended.id}/cancel`, { body: {} })
  const inDollars = await confirmedOrder(tenant, rep, customer.id, { currency: 'USD', exchangeRate: '7' })
  const [shipped, whole] = order.lines
  return {
    ids: { draftOrder: draft.id, order: order.id, ended: ended.id },
    lines: { shipped: shipped.id, whole: whole.id, ended: ended.lines[0].id, dollars: inDollars.lines[0].id },
  }
}

/** Six of ten pieces of an order's line have left; of what left without an order one is paid, one came back. */
async function shipmentsOf({ tenant, rep, customer, call }: Firm, orderLine: string) {
  const ship = (more: object) => shipmentOf(tenant, rep, { customerId: customer.id, dispatch: true, ...more })
  const note = await ship({ lines: [{ orderLine, quantity: '6' }] })
  const draft = await shipmentOf(tenant, rep, { customerId: customer.id, lines: [plainLine] })
  const paid = await ship({ lines: [plainLine] })
  const returned = await ship({ lines: [plainLine] })
  await call(`/v1/shipments/${returned.id}/return`, { body: { mode: 'refund' } })
  return {
    ids: { shipment: note.id, draftShipment: draft.id, paid: paid.id, returned: returned.id },
    lines: { note: note.lines[0].id },
  }
}

async function pay({ tenant, customer }: Firm, shipment: string): Promise<void> {
  const admin = callAs(tenant.id, tenant.admin)
  await deliver(await tenant.as(tenant.admin), openOnDispatched, ['shipment.dispatched'])
  const owed = (await admin(`/v1/customers/${customer.id}/receivables`)).body.data
  const receivableId = owed.find(({ shipmentId }: { shipmentId: string }) => shipmentId === shipment).id
  const receipt = { customerId: customer.id, receivedOn: day(), amount: cny(1), method: 'cash' }
  await admin('/v1/receipts', { body: { ...receipt, allocations: [{ receivableId, amount: cny(1) }] } })
}

/** Quotes, orders and shipments of one customer in every state, by what they are, with lines of them; calls are of the rep who made them. */
export async function salesInEveryState(): Promise<{ call: Call; ids: Record<string, string>; lines: Record<string, string> }> {
  const world = await firm()
  const quotes = await quotesOf(world)
  const orders = await ordersOf(world)
  const shipments = await shipmentsOf(world, orders.lines.shipped)
  await pay(world, shipments.ids.paid)
  const { tenant, rep, customer, call } = world
  await callAs(tenant.id, tenant.admin)('/v1/tenant', { method: 'PATCH', body: { closedThrough: day(-20) } })
  const customers = { customer: customer.id, another: (await customerOf(tenant, rep)).id }
  return {
    call,
    ids: { ...customers, ...quotes.ids, ...orders.ids, ...shipments.ids },
    lines: { ...quotes.lines, ...orders.lines, ...shipments.lines },
  }
}
