import { expect, test } from 'vitest'
import { readXlsx } from '../../../domain/platform/sheet/read-xlsx.ts'
import { handler as openOnAgreed } from '../../../functions/consumers/finance/open-receivables-on-order-agreed.ts'
import { handler as openOnDispatched } from '../../../functions/consumers/finance/open-receivables-on-shipment-dispatched.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { cny, financeAs } from '../../support/finance.ts'
import { customerOf } from '../../support/parties.ts'
import { productOf, salesAs } from '../../support/sales.ts'
import { all, sourceOf } from '../../support/sheets.ts'
import { newTenant } from '../../support/tenant.ts'

async function world() {
  const tenant = await newTenant({ locale: 'en' })
  const rep = await tenant.user('rep', { name: 'Rita' })
  const other = await tenant.user('rep', { name: 'Otto' })
  const finance = await tenant.user('finance', { name: 'Fay' })
  const ours = (await customerOf(tenant, rep, { name: 'Alpha', addresses: [{ kind: 'office', country: 'CN', province: '广东' }] })).id
  const theirs = (await customerOf(tenant, other, { name: 'Bravo' })).id
  const call = financeAs(tenant, finance)
  const post = async (path: string, body: object) => {
    const answer = await call(path, { body })
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
    return answer.body
  }
  const receive = (customerId: string | undefined, receivedOn: string, amount: number, more: object = {}) =>
    post('/v1/receipts', { customerId, receivedOn, amount: cny(amount), method: 'bank', ...more })
  const ask = (query: string, user = tenant.admin) => callAs(tenant.id, user)(`/v1/reports/${query}`)
  return { tenant, rep, finance, ours, theirs, post, receive, ask }
}

// biome-ignore lint/suspicious/noExplicitAny: reports are read row by row
const amounts = ({ body }: any) => Object.fromEntries(body.rows.map((row: any) => [row.label, row.amount.amount]))

test('receipts are summed by method, rep and time, less what went out again on its own day, with every receipt', async () => {
  const { rep, ours, theirs, post, receive, ask } = await world()
  const first = await receive(ours, '2026-01-31', 100)
  const second = await receive(theirs, '2026-02-01', 50, { method: 'wechat' })
  await receive(undefined, '2026-02-02', 7, { payerName: 'Somebody', method: 'cash' })
  await receive(ours, '2026-02-03', 10, { amount: { amount: '10.00', currency: 'USD' }, exchangeRate: '7' })
  await post(`/v1/receipts/${first.id}/refund`, { amount: cny(30), on: '2026-02-10' })
  await post(`/v1/receipts/${second.id}/reverse`, { on: '2026-03-01', reason: 'typed twice' })

  const year = 'from=2026-01-01&to=2026-12-31'
  const byMethod = await ask(`receipts?${year}`)
  const byMonth = await ask(`receipts?${year}&groupBy=month&limit=2`)
  const rest = await ask(`receipts?${year}&groupBy=month&limit=2&detailCursor=${byMonth.body.detailPage.next}`)
  const own = await ask(`receipts?${year}&groupBy=rep`, rep)

  expect(amounts(byMethod)).toEqual({ 'Bank transfer': '140.00', WeChat: '0.00', Cash: '7.00' })
  expect(byMethod.body.total).toMatchObject({ count: 6, amount: { amount: '147.00', currency: 'CNY' } })
  expect(
    byMethod.body.byCurrency.map(({ currency, amount }: { currency: string; amount: { amount: string } }) => [currency, amount.amount]),
  ).toEqual([
    ['CNY', '77.00'],
    ['USD', '10.00'],
  ])
  expect(amounts(await ask(`receipts?${year}&groupBy=month`))).toEqual({ '2026-01': '100.00', '2026-02': '97.00', '2026-03': '-50.00' })
  const told = [...byMonth.body.details, ...rest.body.details]
  expect(told.map(({ on, kind, customer, rep, amount }) => [on, kind, customer, rep, amount.amount])).toEqual([
    ['2026-01-31', 'receipt', 'Alpha', 'Rita', '100.00'],
    ['2026-02-01', 'receipt', 'Bravo', 'Otto', '50.00'],
    ['2026-02-02', 'receipt', null, null, '7.00'],
    ['2026-02-03', 'receipt', 'Alpha', 'Rita', '10.00'],
  ])
  expect(amounts(own)).toEqual({ Rita: '140.00' })
})

test('money of nobody that was taken back was never there', async () => {
  const { post, receive, ask } = await world()
  const unknown = await receive(undefined, '2026-02-02', 7, { payerName: 'Somebody' })
  await receive(undefined, '2026-02-02', 5, { payerName: 'Somebody else' })
  await post(`/v1/receipts/${unknown.id}/reverse`, { on: '2026-02-03' })

  const { body } = await ask('receipts?from=2026-02-01&to=2026-02-28')

  expect(body.total).toMatchObject({ count: 1, amount: { amount: '5.00' } })
})

test('as a sheet there are the sums, or every receipt', async () => {
  const { ours, receive, ask } = await world()
  await receive(ours, '2026-01-31', 100)

  const read = async (query: string) => {
    const { body } = await ask(`receipts?from=2026-01-01&to=2026-12-31&format=xlsx&${query}`)
    return (await all(readXlsx(sourceOf(Buffer.from(body, 'base64'), 4096)))).map(({ cells }) => cells)
  }

  expect(await read('sheet=rows')).toEqual([
    ['Method', 'Count', 'Amount (CNY)'],
    ['Bank transfer', '1', '100'],
    ['Total', '1', '100'],
  ])
  expect((await read('sheet=details'))[1]?.slice(2)).toEqual(['receipt', 'bank', 'Alpha', 'Rita', '100', 'CNY', '100'])
})

test('sales received are the same money, by whom it came from', async () => {
  const { ours, theirs, receive, ask } = await world()
  await receive(ours, '2026-01-31', 100)
  await receive(theirs, '2026-02-01', 50)
  await receive(undefined, '2026-02-02', 7, { payerName: 'Somebody' })
  const query = 'sales?basis=received&from=2026-01-01&to=2026-12-31'

  expect(amounts(await ask(`${query}&groupBy=customer`))).toEqual({ Alpha: '100.00', Bravo: '50.00', 'Unknown customer': '7.00' })
  expect(amounts(await ask(`${query}&groupBy=region`))).toEqual({ 'CN 广东': '100.00', 'Region unknown': '57.00' })
})

test('sales received by product are what the money paid for, and of no product where it settles nothing or nobody knows what for', async () => {
  const { tenant, ours, theirs, post, receive, ask } = await world()
  const sales = salesAs(tenant, tenant.admin)
  const [bearing, rail] = [await productOf(tenant, { sku: 'B-1', name: 'Bearing' }), await productOf(tenant, { sku: 'R-1', name: 'Rail' })]
  const line = ({ id }: { id: string }, unitPrice: string) => ({ productId: id, quantity: 1, unitPrice })
  const paidUpFront = {
    instalments: [
      { percent: 50, trigger: 'confirm' },
      { percent: 50, trigger: 'dispatch' },
    ],
  }
  const ordered = { customerId: ours, orderedOn: '2026-01-10', lines: [line(rail, '200')], ...paidUpFront }
  const order = (await sales('/v1/orders', { body: ordered })).body
  await sales(`/v1/orders/${order.id}/confirm`, { body: {} })
  const lines = [line(bearing, '60'), line(rail, '30'), { orderLine: order.lines[0].id, quantity: 1 }]
  await sales('/v1/shipments', { body: { customerId: ours, shippedOn: '2026-01-20', dispatch: true, lines } })
  const ctx = await tenant.as(tenant.admin)
  await deliver(ctx, openOnAgreed, ['order.confirmed'])
  await deliver(ctx, openOnDispatched, ['shipment.dispatched'])
  await receive(ours, '2026-11-02', 145, {
    orderId: order.id,
    allocate: 'oldest-first',
    deductions: [{ kind: 'bank-fee', amount: cny(145) }],
  })
  await receive(ours, '2026-11-03', 7)
  const { id } = await post('/v1/receivables', { customerId: theirs, issuedOn: '2026-01-01', dueOn: '2026-01-31', amount: cny(50) })
  const bounced = await receive(theirs, '2026-02-01', 20, { allocations: [{ receivableId: id, amount: cny(20) }] })
  await receive(theirs, '2026-02-02', 30, { allocations: [{ receivableId: id, amount: cny(30) }] })
  await post(`/v1/receipts/${bounced.id}/reverse`, { on: '2026-02-03' })

  const answer = await ask('sales?basis=received&from=2026-01-01&to=2026-12-31&groupBy=product')

  expect(amounts(answer)).toEqual({ Bearing: '30.00', Rail: '115.00', 'No product': '37.00' })
  expect(answer.body.total).toMatchObject({ amount: cny(182) })
})
