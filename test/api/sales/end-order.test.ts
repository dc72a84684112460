import { expect, test } from 'vitest'
import { checkBooks } from '../../../domain/finance/index.ts'
import { handler as creditReturn } from '../../../functions/consumers/finance/credit-return-on-shipment-returned.ts'
import { handler as openOnAgreed } from '../../../functions/consumers/finance/open-receivables-on-order-agreed.ts'
import { handler as openOnDispatched } from '../../../functions/consumers/finance/open-receivables-on-shipment-dispatched.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { cny } from '../../support/finance.ts'
import { customerOf, day } from '../../support/parties.ts'
import { confirmedOrder, lineOf, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant({ currency: 'CNY' })
const rep = await tenant.user('rep')
const ctx = await tenant.as(tenant.admin)
const [call, admin] = [callAs(tenant.id, rep), callAs(tenant.id, tenant.admin)]
const instalments = [
  { percent: '30', trigger: 'confirm' },
  { percent: '70', trigger: 'dispatch', days: 60 },
]
const settle = async () => {
  await deliver(ctx, openOnAgreed, ['order.confirmed', 'order.amended'])
  await deliver(ctx, openOnDispatched, ['shipment.dispatched'])
  await deliver(ctx, creditReturn, ['shipment.returned'])
}
const creditOf = async (id: string) => (await admin(`/v1/customers/${id}/credit`)).body
const owedBy = async (id: string) => (await admin(`/v1/customers/${id}/receivables`)).body.data

test('a cancelled order takes its instalments back; what was paid of them stays to the credit of the customer', async () => {
  const customer = await customerOf(tenant, rep)
  const sold = () => confirmedOrder(tenant, rep, customer.id, { lines: [lineOf('100', '10')], instalments })
  const [unpaid, paid] = [await sold(), await sold()]
  const cancel = (id: string) => call(`/v1/orders/${id}/cancel`, { body: { reason: '客户取消' } })
  const early = await cancel(unpaid.id)
  await settle()
  const deposit = (await owedBy(customer.id)).find(({ orderId }: { orderId: string }) => orderId === paid.id)
  const allocations = [{ receivableId: deposit.id, amount: cny(300) }]
  await admin('/v1/receipts', { body: { customerId: customer.id, receivedOn: day(), amount: cny(300), method: 'bank', allocations } })

  const ended = [await cancel(unpaid.id), await cancel(paid.id)]

  expect(early).toMatchObject({ status: 409, body: { code: 'receivable.being-opened', retryable: true } })
  expect(ended.map(({ status, body }) => [status, body.status])).toEqual(Array(2).fill([200, 'cancelled']))
  expect(await creditOf(customer.id)).toMatchObject({ receivable: cny(0), ordered: cny(0), unallocated: cny(300), exposure: cny(-300) })
  expect(await checkBooks(ctx)).toEqual([])
})

test('an order closed in the middle leaves owed what was shipped of it, however its instalments fell', async () => {
  const customer = await customerOf(tenant, rep)
  const sold = await confirmedOrder(tenant, rep, customer.id, { lines: [lineOf('100', '10')], instalments })
  await shipmentOf(tenant, rep, { customerId: customer.id, lines: [{ orderLine: sold.lines[0].id, quantity: '40' }], dispatch: true })
  await settle()

  const closed = await call(`/v1/orders/${sold.id}/close`, { body: { reason: '余数不再出货' } })

  expect(closed).toMatchObject({ status: 200, body: { status: 'closed' } })
  expect(await creditOf(customer.id)).toMatchObject({ receivable: cny(400), ordered: cny(0), exposure: cny(400) })
  expect(await checkBooks(ctx)).toEqual([])
})

test('what is replaced of an order paid by instalments is owed anew by its terms, and all of it comes to the total', async () => {
  const customer = await customerOf(tenant, rep, { paymentTerms: { kind: 'days', from: 'shipment', days: 30 } })
  const sold = await confirmedOrder(tenant, rep, customer.id, { lines: [lineOf('100', '10')], instalments })
  const ship = (quantity: string) =>
    shipmentOf(tenant, rep, { customerId: customer.id, lines: [{ orderLine: sold.lines[0].id, quantity }], dispatch: true })
  const figures = async () => {
    await settle()
    const { receivable, unallocated, ordered, exposure } = await creditOf(customer.id)
    return [receivable, unallocated, ordered, exposure].map(({ amount }) => Number(amount))
  }
  const note = await ship('60')
  const before = await figures()
  const back = await call(`/v1/shipments/${note.id}/return`, {
    body: { mode: 'replace', lines: [{ line: note.lines[0].id, quantity: '10' }] },
  })

  const returned = await figures()
  const again = await ship('20')
  const replaced = await figures()
  const cancelled = await call(`/v1/shipments/${again.id}/cancel`, { body: {} })
  const undone = await figures()
  await ship('50')
  const done = await figures()

  expect([back.status, cancelled.status]).toEqual([200, 200])
  // 300 up front and 420 for 60 of 100; 100 came back and are credited, and will be owed again.
  expect([before, returned]).toEqual([
    [720, 0, 280, 1000],
    [620, 0, 380, 1000],
  ])
  expect(replaced).toEqual([790, 0, 210, 1000])
  expect(undone).toEqual(returned)
  expect(done).toEqual([1000, 0, 0, 1000])
  expect(await checkBooks(ctx)).toEqual([])
})

test('a customer whose order is still to be shipped is not released: those who ship it must see it', async () => {
  const customer = await customerOf(tenant, rep)
  const sold = await confirmedOrder(tenant, rep, customer.id)
  const release = () => call(`/v1/customers/${customer.id}/release`, { body: { reason: '不做了' } })

  const refused = await release()
  await call(`/v1/orders/${sold.id}/cancel`, { body: {} })
  const released = await release()

  expect(refused).toMatchObject({ status: 409, body: { code: 'customer.order-open', detail: expect.stringContaining(sold.number) } })
  expect(released.status).toBe(200)
})

test('the id of a line that was amended away is never given to another', async () => {
  const customer = await customerOf(tenant, rep)
  const sold = await confirmedOrder(tenant, rep, customer.id, { lines: [lineOf('1', '10'), lineOf('2', '20')] })
  const kept = { id: sold.lines[0].id, description: '连接器', quantity: '1', unitPrice: '10' }
  const amend = (lines: object[]) => call(`/v1/orders/${sold.id}/amend`, { body: { reason: '改单', lines } })

  await amend([kept])
  const { body } = await amend([kept, lineOf('3', '30')])

  expect(body.lines).toHaveLength(2)
  expect(sold.lines.map(({ id }: { id: string }) => id)).not.toContain(body.lines[1].id)
})
