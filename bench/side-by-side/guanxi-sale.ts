import type { Call, Sent } from './client.ts'
import type { Step } from './crm.ts'

const shippedOn = '2026-10-01'
const lines = Array.from({ length: 5 }, (_, i) => ({
  description: `连接器 ${i + 1}`,
  quantity: 100 * (i + 1),
  unitPrice: `1.${i}5`,
  unit: '只',
  taxRate: '13',
}))

/** The most times a client looks whether the receivable of a shipment is there. */
const mostLooks = 1000

/**
 * The ten steps of a sale: quote of five lines, sent by link, accepted, ordered, confirmed, shipment, dispatched, the receivable is
 * there, paid in full, settled.
 */
export async function sellHere(call: Call, customerId: string, step: Step): Promise<void> {
  const post = (path: string, body: object) => () => call('POST', path, body)
  const quote = await step('quote of 5 lines', post('/v1/quotes', { customerId, lines }))
  await step('send', post(`/v1/quotes/${quote.id}/send`, { channel: 'link' }))
  await step('accept', post(`/v1/quotes/${quote.id}/accept`, { by: '王总' }))
  const order = await step('order', post(`/v1/quotes/${quote.id}/order`, {}))
  const confirmed = await step('confirm', post(`/v1/orders/${order.id}/confirm`, {}))
  const all = (confirmed.lines as { id: string; quantity: string }[]).map(({ id, quantity }) => ({ orderLine: id, quantity }))
  const shipment = await step('shipment', post('/v1/shipments', { customerId, shippedOn, lines: all }))
  await step('dispatch', post(`/v1/shipments/${shipment.id}/dispatch`, {}))
  await step('receivable there', () => receivableThere(call, customerId))
  const receipt = { customerId, receivedOn: shippedOn, amount: order.total, method: 'bank', allocate: 'oldest-first' }
  await step('receipt', post('/v1/receipts', receipt))
  const { receivable } = await step('settled', () => call('GET', `/v1/customers/${customerId}/credit`))
  const { amount } = receivable as { amount: string }
  if (Number(amount) !== 0) throw new Error(`${amount} is still owed`)
}

/** The time from the answer of the dispatch until its receivable can be read. */
async function receivableThere(call: Call, customerId: string): Promise<Sent> {
  const started = performance.now()
  for (let look = 0; look < mostLooks; look++) {
    const sent = await call('GET', `/v1/customers/${customerId}/receivables`)
    const isThere = sent.status >= 400 || (sent.answer.data as unknown[]).length > 0
    if (isThere) return { ...sent, milliseconds: performance.now() - started }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`the receivable is not there after ${mostLooks} looks`)
}
