import { beforeAll, expect, test } from 'vitest'
import { checkBooks } from '../../../domain/finance/index.ts'
import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { guessMapping } from '../../../domain/platform/import/guess-mapping.ts'
import { startImport } from '../../../domain/platform/import/start-import.ts'
import { getOrder } from '../../../domain/sales/order/change-order.ts'
import { listOrders } from '../../../domain/sales/order/list-orders.ts'
import { shownOrder } from '../../../domain/sales/order/show-order.ts'
import { listProducts } from '../../../domain/sales/product/list-products.ts'
import { createQuote } from '../../../domain/sales/quote/change-quote.ts'
import { listShipments } from '../../../domain/sales/shipment/list-shipments.ts'
import { sheets } from '../../../functions/sheets.ts'
import { crashingAt } from '../../support/crashing.ts'
import { exported, exporter } from '../../support/exports.ts'
import { csvOf, errorsOf, faultsOf, firmName, type Importer, imported, importer, reverted, run, uploaded } from '../../support/imports.ts'
import { eventsOf, productOf } from '../../support/sales.ts'
import { tries } from '../../support/share.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let who: Importer
let worlds = 0

beforeAll(async () => {
  tenant = await newTenant()
  who = await importer(tenant, tenant.admin)
  await changeTenant(who.ctx, { changes: { closedThrough: '2023-12-31', creditPolicy: 'block' } })
  await productOf(tenant, { sku: 'P-1', name: '连接器', listPrice: '2.5', taxRate: '13' })
})

async function world(more: object = {}) {
  const n = ++worlds
  const owner = await tenant.user('rep')
  const customer = await createCustomer(who.ctx, { name: firmName(n), externalId: `K-${n}`, ownerId: owner.id, ...more })
  const filter = { customerId: { eq: customer.id } }
  const all = async () => {
    const { data } = await listOrders(who.ctx, { limit: 100, sort: 'createdAt', filter })
    const whole = await Promise.all(data.map(({ id }) => getOrder(who.ctx, { id })))
    return whole.map((order) => shownOrder(who.ctx, order)).sort((a, b) => (a.number < b.number ? -1 : 1))
  }
  const said = async () =>
    (await all()).map(({ number, orderedOn, status, total, lines }) => `${number} ${orderedOn} ${status} ${total.amount} ${lines.length}`)
  const notes = async () => (await listShipments(who.ctx, { limit: 100, sort: 'createdAt', filter })).data
  return { n, customer, owner, all, said, notes }
}

const headings = ['订单号', '客户编号', '下单日期', '状态', '发货日期', '货号', '品名', '数量', '单价', '折扣', '税率', '订单金额']

test('the rows of a number are one order, wherever they stand, and its total is held against that of the file', async () => {
  const { n, said, all } = await world()
  const rows = [
    [`A${n}`, `K-${n}`, '2025-01-31', '', '', 'p-1', '', '1,000', '', '', '', '￥2,584.00'],
    [`B${n}`, `K-${n}`, '2025-02-01', '已审核', '', '', '电缆 3×1.5', '2', '10', '', '13%', '20'],
    [`A${n}`, '', '', '', '', '', '电缆', '10', '12', '30%', '13', ''],
    [`B${n}`, `K-${n}`, '2025-02-01', '', '', '', '电缆', '1', '0.5', '', '免税', ''],
  ]

  const done = await imported(who, 'orders', csvOf(headings, ...rows))

  expect(done.rows).toEqual({ created: 2, updated: 0, skipped: 0, failed: 2 })
  expect((await errorsOf(who, done.id)).map((cells) => cells.slice(0, 5))).toEqual([
    ['3', 'order.total-differs', 'total', expect.stringContaining('20.50 CNY'), `B${n}`],
    ['5', 'row.record-failed', '', expect.stringContaining('Row 3'), `B${n}`],
  ])
  expect(await said()).toEqual([`A${n} 2025-01-31 confirmed 2584.00 2`])
  expect((await all())[0]!.lines.map(({ unitPrice, discountPercent, taxRate }) => [unitPrice, discountPercent, taxRate])).toEqual([
    ['2.5', undefined, '13'],
    ['12', '30', '13'],
  ])
})

test('headings of a program abroad are guessed, those of its lines as of its lines', () => {
  const { fields } = sheets.find(({ kind }) => kind.name === 'orders')!

  expect(
    guessMapping(['Order ID', 'Customer number', 'Order date', 'Shipped date', 'Product ID', 'Quantity', 'Discount', 'Freight'], fields),
  ).toEqual({
    'Order ID': 'number',
    'Customer number': 'customer.externalId',
    'Order date': 'orderedOn',
    'Shipped date': 'shippedOn',
    'Product ID': 'line.sku',
    Quantity: 'line.quantity',
    Discount: 'line.discountPercent',
    Freight: null,
  })
})

test('history was shipped and settled elsewhere: sales have it, the books and the credit do not', async () => {
  const { n, customer, owner, said, notes } = await world({ creditLimit: { amount: '1.00', currency: 'CNY' } })
  const rows = [
    [`H${n}-1`, `K-${n}`, '2024-05-01', '已发货', '2024-05-20', 'P-1', '', '100', '2', '', '', ''],
    [`H${n}-2`, `K-${n}`, '2024-06-01', '已完成', '', 'P-1', '', '10', '2', '', '', ''],
    [`H${n}-3`, `K-${n}`, '2024-07-01', '', '2024-07-02', 'P-1', '', '1', '2', '', '', ''],
    [`H${n}-4`, `K-${n}`, '2024-07-01', '作废', '', 'P-1', '', '1', '2', '', '', ''],
  ]

  const done = await imported(who, 'orders', csvOf(headings, ...rows))

  expect(await faultsOf(who, done.id)).toEqual([])
  expect(await said()).toEqual([
    `H${n}-1 2024-05-01 shipped 200.00 1`,
    `H${n}-2 2024-06-01 closed 20.00 1`,
    `H${n}-3 2024-07-01 shipped 2.00 1`,
    `H${n}-4 2024-07-01 cancelled 2.00 1`,
  ])
  expect((await notes()).map(({ shippedOn, total, status, salesRepId }) => [shippedOn, total, status, salesRepId]).sort()).toEqual([
    ['2024-05-20', 20_000, 'dispatched', owner.id],
    ['2024-06-01', 2_000, 'dispatched', owner.id],
    ['2024-07-02', 200, 'dispatched', owner.id],
  ])
  const left = await eventsOf(who.ctx, customer.id, 'shipment.dispatched')
  expect(left.map(({ data }) => (data as { openings: unknown[] }).openings)).toEqual([[], [], []])
  expect(await checkBooks(who.ctx)).toEqual([])
})

test('who may not approve orders brings in no history, and goes over no credit limit', async () => {
  const { n, customer, owner, said } = await world({ creditLimit: { amount: '1.00', currency: 'CNY' } })
  const rep = await importer(tenant, owner)
  const rows = [
    [`L${n}-1`, `K-${n}`, '2024-05-01', '已发货', '2024-05-20', 'P-1', '', '100', '2', '', '', ''],
    [`L${n}-2`, `K-${n}`, '2025-05-01', '', '', 'P-1', '', '100', '2', '', '', ''],
  ]

  const refused = await imported(rep, 'orders', csvOf(headings, ...rows))
  const allowed = await imported(who, 'orders', csvOf(headings, rows[1]!))

  expect((await faultsOf(rep, refused.id)).map(([, code]) => code)).toEqual(['permission.missing', 'credit.over-limit'])
  expect(allowed.rows.created).toBe(1)
  expect(await said()).toEqual([`L${n}-2 2025-05-01 confirmed 200.00 1`])
  expect(await eventsOf(who.ctx, customer.id, 'order.held')).toEqual([])
})

test('every column that is wrong has its own code, and nothing of such an order is written', async () => {
  const { n, said } = await world()
  const more = [...headings, '币种', '汇率', '含税', '账期', '交期', '业务员', '整单折扣', '抹零', '外部编号']
  const good: Record<string, string> = { 客户编号: `K-${n}`, 下单日期: '2025-01-01', 品名: 'x', 数量: '1', 单价: '1' }
  const bad: [Record<string, string>, string][] = [
    [{ 客户编号: 'none' }, 'row.link-unknown'],
    [{ 客户编号: '' }, 'input.invalid'],
    [{ 下单日期: '1/1/25' }, 'row.ordered-on-invalid'],
    [{ 下单日期: '2023-12-31' }, 'period.closed'],
    [{ 下单日期: '2199-01-01' }, 'date.in-future'],
    [{ 状态: '部分发货' }, 'row.status-invalid'],
    [{ 发货日期: 'x' }, 'row.shipped-on-invalid'],
    [{ 发货日期: '2024-12-31' }, 'order.shipped-before-ordered'],
    [{ 发货日期: '2025-02-01', 状态: '已审核' }, 'order.not-shipped'],
    [{ 货号: 'none' }, 'row.link-unknown'],
    [{ 品名: '' }, 'line.empty'],
    [{ 数量: '0' }, 'line.quantity-not-positive'],
    [{ 数量: 'x' }, 'row.quantity-invalid'],
    [{ 单价: '-1' }, 'line.price-negative'],
    [{ 单价: '' }, 'line.price-missing'],
    [{ 单价: '1.1234567' }, 'line.price-too-precise'],
    [{ 折扣: '101' }, 'line.discount-too-large'],
    [{ 折扣: '打折' }, 'row.discount-invalid'],
    [{ 税率: '17%' }, 'row.tax-rate-invalid'],
    [{ 订单金额: 'x' }, 'row.total-invalid'],
    [{ 币种: '贝壳' }, 'row.currency-invalid'],
    [{ 币种: 'USD' }, 'document.exchange-rate-missing'],
    [{ 汇率: 'x' }, 'row.exchange-rate-invalid'],
    [{ 含税: '也许' }, 'row.prices-include-tax-invalid'],
    [{ 账期: '月结' }, 'row.terms-invalid'],
    [{ 交期: 'soon' }, 'row.deliver-on-invalid'],
    [{ 业务员: 'Nobody' }, 'row.link-unknown'],
    [{ 整单折扣: '101' }, 'document.discount-too-large'],
    [{ 抹零: 'x' }, 'row.amount-off-invalid'],
    [{ 外部编号: 'x'.repeat(256) }, 'input.invalid'],
  ]
  const cells = bad.map(([wrong], i) => more.map((heading) => ({ 订单号: `X${n}-${i}`, ...good, ...wrong })[heading] ?? ''))
  const two = more.map((heading) => ({ 订单号: `X${n}-0`, ...good, 下单日期: '2025-01-02' })[heading] ?? '')

  const done = await imported(who, 'orders', csvOf(more, ...cells))
  const differs = await imported(
    who,
    'orders',
    csvOf(
      more,
      more.map((heading) => ({ 订单号: `X${n}-0`, ...good })[heading] ?? ''),
      two,
    ),
  )

  expect((await faultsOf(who, done.id)).map(([, code]) => code)).toEqual(bad.map(([, code]) => code))
  expect(await faultsOf(who, differs.id)).toEqual([
    ['2', 'row.record-failed', ''],
    ['3', 'row.differs-in-record', 'orderedOn'],
  ])
  expect(await said()).toEqual([])
})

test('a revert takes back whole orders with their shipments, and the mended file comes again under the same numbers', async () => {
  const { n, said, notes, all } = await world()
  const rows = [
    [`R${n}-1`, `K-${n}`, '2025-01-01', '', '', 'P-1', '', '1', '2', '', '', ''],
    [`R${n}-1`, `K-${n}`, '2025-01-01', '', '', 'P-1', '', '2', '2', '', '', ''],
    [`R${n}-2`, `K-${n}`, '2025-01-01', '已发货', '', 'P-1', '', '1', '2', '', '', ''],
    [`R${n}-3`, `K-${n}`, '2025-01-01', '草稿', '', 'P-1', '', '1', '2', '', '', ''],
  ]
  const dry = await imported(who, 'orders', csvOf(headings, ...rows), { dryRun: true })
  const before = await said()
  const done = await imported(who, 'orders', csvOf(headings, ...rows))

  const back = await reverted(who, done.id)
  const again = await imported(who, 'orders', csvOf(headings, ...rows))
  const update = await imported(who, 'orders', csvOf([...headings, '客户订单号'], [...rows[2]!, 'PO-7']), {
    matchBy: ['number'],
    onMatch: 'update',
  })

  expect([dry.rows, before]).toEqual([{ created: 4, updated: 0, skipped: 0, failed: 0 }, []])
  expect(back).toMatchObject({ status: 'reverted', reverted: { reverted: 3, refused: 0 } })
  expect([again.rows.created, update.rows.updated]).toEqual([4, 1])
  expect((await said()).sort()).toEqual([
    `R${n}-1 2025-01-01 cancelled 6.00 2`,
    `R${n}-1 2025-01-01 confirmed 6.00 2`,
    `R${n}-2 2025-01-01 cancelled 2.00 1`,
    `R${n}-2 2025-01-01 shipped 2.00 1`,
    `R${n}-3 2025-01-01 draft 2.00 1`,
  ])
  expect((await notes()).map(({ status }) => status).sort()).toEqual(['cancelled', 'dispatched'])
  expect((await all()).filter(({ customerPo }) => customerPo === 'PO-7')).toHaveLength(1)
  expect(await checkBooks(who.ctx)).toEqual([])
})

test('orders go out a row for each line, and come in again as they were', async () => {
  const { n, all } = await world()
  const rows = [
    [`E${n}`, `K-${n}`, '2025-01-01', '', '', 'P-1', '', '1', '2.5', '10%', '', ''],
    [`E${n}`, `K-${n}`, '2025-01-01', '', '', '', 'text', '2', '3', '', '0', ''],
  ]
  await imported(who, 'orders', csvOf(headings, ...rows))
  const [heading, ...out] = await exported(await exporter(tenant, tenant.admin), { kind: 'orders' })
  const own = out.filter((cells) => cells.includes(`E${n}`))
  const firm = await newTenant()
  await productOf(firm, { sku: 'P-1' })
  await createCustomer(await firm.as(firm.admin), { name: 'Elsewhere', externalId: `K-${n}` })
  const there = await importer(firm, firm.admin)
  const left = [0, heading!.indexOf('客户ID'), heading!.indexOf('业务员')]

  const done = await imported(there, 'orders', csvOf(...[heading!, ...own].map((cells) => cells.filter((_, at) => !left.includes(at)))))

  expect(await faultsOf(there, done.id)).toEqual([])
  const { data } = await listOrders(there.ctx, { limit: 10, sort: '-orderedOn', filter: {} })
  const came = shownOrder(there.ctx, await getOrder(there.ctx, { id: data[0]!.id }))
  const of = ({ number, orderedOn, status, total, lines }: typeof came) => [
    number,
    orderedOn,
    status,
    total,
    lines.map(({ gross, quantity, description }) => [gross, quantity, description]),
  ]
  expect(of(came)).toEqual(of((await all())[0]!))
})

test('quotes and shipments go out a row for each line, as far as the caller sees them, and do not come in', async () => {
  const { n, customer, owner } = await world()
  await imported(who, 'orders', csvOf(headings, [`G${n}`, `K-${n}`, '2025-01-01', '', '2025-01-02', 'P-1', '', '3', '2', '', '', '']))
  const { id } = await orderQuote(customer.id)
  const rep = await exporter(tenant, await tenant.user('rep'))
  const columns = ['customer.externalId', 'line.sku', 'line.quantity', 'line.amount']

  const [shipped, quoted] = [
    await exported(await exporter(tenant, owner), { kind: 'shipments', columns: ['shippedOn', ...columns] }),
    await exported(await exporter(tenant, owner), { kind: 'quotes', columns: ['id', 'status', ...columns] }),
  ]

  expect(shipped.slice(1)).toEqual([['2025-01-02', `K-${n}`, 'P-1', '3', '6']])
  expect(quoted.slice(1)).toEqual([[id, 'draft', `K-${n}`, 'P-1', '2', '5']])
  expect(await exported(rep, { kind: 'shipments', columns })).toHaveLength(1)
  await expect(uploaded(who, 'quotes', 'x')).rejects.toMatchObject({ code: 'import.kind-unknown' })
})

const orderQuote = async (customerId: string): Promise<{ id: string }> => {
  const [product] = (await listProducts(who.ctx, { limit: 1, sort: 'sku', filter: {} })).data
  return createQuote(who.ctx, { customerId, lines: [{ productId: product!.id, quantity: '2' }] })
}

test('an import that dies again and again writes each order once, whole', async () => {
  const { n, said } = await world()
  const row = (i: number, quantity: string) => [
    `C${n}-${i}`,
    `K-${n}`,
    '2025-01-01',
    i === 2 ? '已发货' : '',
    '',
    'P-1',
    '',
    quantity,
    '1',
    '',
    '',
    '',
  ]
  const rows = [row(1, '1'), row(2, '2'), row(1, '3'), row(3, '4'), row(2, '5')]
  const { id } = await uploaded(who, 'orders', csvOf(headings, ...rows))
  await startImport(who.ctx, sheets, { id })

  for (let at = 2; ; at += tries({ test: 4, faults: 1, nightly: 1 })) {
    const dying = crashingAt(who.job, at, at % 2 === 0 ? 'after' : 'before')
    const slice = await run(dying.ctx, id).catch(() => 'died')
    if (slice === 'over' && !dying.crashed()) break
  }

  expect(await said()).toEqual([
    `C${n}-1 2025-01-01 confirmed 4.00 2`,
    `C${n}-2 2025-01-01 shipped 7.00 2`,
    `C${n}-3 2025-01-01 confirmed 4.00 1`,
  ])
  expect(await checkBooks(who.ctx)).toEqual([])
})
