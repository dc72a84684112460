import { beforeAll, expect, test } from 'vitest'
import { checkBooks } from '../../../domain/finance/index.ts'
import { listReceipts } from '../../../domain/finance/receipt/list-receipts.ts'
import { shownReceipt } from '../../../domain/finance/receipt/receipt.ts'
import { listReceivables } from '../../../domain/finance/receivable/list-receivables.ts'
import { shownReceivable } from '../../../domain/finance/receivable/receivable.ts'
import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { inspectImport } from '../../../domain/platform/import/inspect-import.ts'
import { shownImport } from '../../../domain/platform/import/read-imports.ts'
import { startImport } from '../../../domain/platform/import/start-import.ts'
import { sheets } from '../../../functions/sheets.ts'
import { crashingAt } from '../../support/crashing.ts'
import { exported, exporter } from '../../support/exports.ts'
import { inGbk } from '../../support/gbk.ts'
import { csvOf, faultsOf, firmName, type Importer, imported, importer, reverted, run, uploaded } from '../../support/imports.ts'
import { eventsOf, orderOf } from '../../support/sales.ts'
import { tries } from '../../support/share.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let who: Importer
let worlds = 0

beforeAll(async () => {
  tenant = await newTenant()
  who = await importer(tenant, await tenant.user('finance'))
  await changeTenant(await tenant.as(tenant.admin), { changes: { closedThrough: '2024-12-31' } })
})

/** A customer who owes 100, 200 and 300, in this order; receipts and what is outstanding as somebody reads them. */
async function world() {
  const n = ++worlds
  const name = `宁波${firmName(n)}贸易有限公司`
  const alias = `${firmName(n + 300)} Holdings Ltd`
  const customer = await createCustomer(await tenant.as(tenant.admin), { name, aliases: [alias], externalId: `K-${n}` })
  const owed = [1, 2, 3].map((i) => [`K-${n}`, `R${n}-${i}`, '2025-01-01', `2025-02-0${i}`, `${i}00`])
  await imported(who, 'receivables', csvOf(['客户编号', '单号', '单据日期', '到期日', '金额'], ...owed))
  const filter = { customerId: { eq: customer.id } }
  const receipts = async () =>
    (await listReceipts(who.ctx, { limit: 100, sort: 'receivedOn', filter })).data.map((receipt) => {
      const { receivedOn, amount, status, unallocated } = shownReceipt(receipt)
      return `${receivedOn} ${amount.amount} ${amount.currency} ${status} ${unallocated.amount}`
    })
  const left = async () =>
    (await listReceivables(who.ctx, { limit: 100, sort: 'dueOn', filter })).data.map(
      (row) => shownReceivable(row, '2026-11-22').outstanding.amount,
    )
  return { n, name, alias, customer, receipts, left }
}

const waiting = async () => (await listReceipts(who.ctx, { limit: 100, sort: 'receivedOn', filter: { status: { eq: 'waiting' } } })).data

const bankHeadings = [
  '交易时间',
  '借方发生额（支取）',
  '贷方发生额（收入）',
  '余额',
  '币种',
  '对方户名',
  '对方账号',
  '摘要',
  '备注',
  '账户明细编号-交易流水号',
]

test('a file of a bank in GBK: its headings are found below the account, money out is passed over, payers are found by name and alias', async () => {
  const { n, name, alias, receipts } = await world()
  const content = inGbk(
    csvOf(
      ['账号', '3310 0198 1234'],
      ['起止日期', '20250301-20250331'],
      [],
      bankHeadings,
      [
        '20250301 09:12:30',
        '0.00',
        '12,345.60',
        '99,000.00',
        '人民币',
        `${name.replace('有限公司', '（有限公司）')}`,
        '622202',
        '货款',
        '三月',
        `\tB${n}01`,
      ],
      ['20250302 10:00:00', '5,000.00', '0.00', '94,000.00', '人民币元'.slice(0, 3), '供应商', '622203', '付款', '', `\tB${n}02`],
      ['20250303101500', '--', '88.5', '94,088.50', '人民币', alias.toUpperCase().replace(' LTD', ''), '622204', '', '', `\tB${n}03`],
      ['20250304', '0', '1,000.00', '95,088.50', '人民币', `谁也不认识${n}`, '622205', '', '', `\tB${n}04`],
    ),
  )
  const announced = await uploaded(who, 'receipts', content)
  const seen = await inspectImport(who.ctx, sheets, { id: announced.id })

  await startImport(who.ctx, sheets, { id: announced.id })
  await run(who.job, announced.id)

  expect(seen).toMatchObject({ headingRow: 4, seenEncoding: 'gb18030', total: 4 })
  expect((shownImport(who.ctx, sheets, seen) as { columns: { field: string | null }[] }).columns.map(({ field }) => field)).toEqual([
    ...['receivedOn', 'debit', 'amount', null, 'currency', 'payerName', null, 'notes', 'notes', 'reference'],
  ])
  expect(await faultsOf(who, announced.id)).toEqual([])
  expect(await receipts()).toEqual(['2025-03-01 12345.60 CNY open 12345.60', '2025-03-03 88.50 CNY open 88.50'])
  expect((await waiting()).filter(({ payerName }) => payerName === `谁也不认识${n}`)).toMatchObject([{ total: 100_000 }])
})

test('what the bank calls a transfer by comes once over all files, whatever the import says of matching', async () => {
  const { n, receipts } = await world()
  const headings = ['交易日期', '收入', '客户编号', '流水号']
  const rows = [
    ['2025-03-01', '10', `K-${n}`, `D${n}-1`],
    ['2025-03-02', '20', `K-${n}`, `D${n}-2`],
  ]

  const first = await imported(who, 'receipts', csvOf(headings, ...rows, rows[0]!))
  const second = await imported(who, 'receipts', csvOf(headings, rows[1]!, ['2025-03-03', '30.00', `K-${n}`, `D${n}-3`]))
  const other = await imported(who, 'receipts', csvOf(headings, ['2025-03-02', '21', `K-${n}`, `d${n}-2`]))

  expect([first, second, other].map(({ rows: { created, skipped, failed } }) => [created, skipped, failed])).toEqual([
    [2, 1, 0],
    [1, 1, 0],
    [0, 0, 1],
  ])
  expect(await faultsOf(who, other.id)).toEqual([['2', 'receipt.reference-differs', 'reference']])
  expect(await receipts()).toHaveLength(3)
})

test('money goes to the receivables that a row names, to the order it was paid for, or to what is due first', async () => {
  const { n, customer, left, receipts } = await world()
  const order = await orderOf(tenant, tenant.admin, customer.id)
  const named = csvOf(
    ['日期', '金额', '付款人', '应收单号', '订单号', '手续费'],
    ['2025-03-01', '248', 'nobody', `R${n}-3; R${n}-1`, '', '2'],
    ['2025-03-02', '50', '', '', order.number, ''],
  )
  const oldest = csvOf(['日期', '金额', '客户编号'], ['2025-03-03', '150', `K-${n}`])

  const done = [await imported(who, 'receipts', named), await imported(who, 'receipts', oldest, { defaults: { allocate: '是' } })]

  for (const { id } of done) expect(await faultsOf(who, id)).toEqual([])
  expect(await left()).toEqual(['0.00', '150.00', '50.00'])
  expect(await receipts()).toEqual([
    '2025-03-01 248.00 CNY allocated 0.00',
    '2025-03-02 50.00 CNY open 50.00',
    '2025-03-03 150.00 CNY allocated 0.00',
  ])
  expect((await eventsOf(who.ctx, customer.id, 'receipt.recorded')).length).toBe(3)
  expect(await checkBooks(who.ctx)).toEqual([])
})

test('every column that is wrong has its own code, and nothing of such a row is written', async () => {
  const { n, receipts } = await world()
  const other = await world()
  const headings = [
    '收款日',
    '金额',
    '支出',
    '借贷标志',
    '币种',
    '汇率',
    '收款方式',
    '客户编号',
    '应收单号',
    '订单号',
    '核销',
    '手续费',
    '票据号',
    '流水号',
  ]
  const good: Record<string, string> = { 收款日: '2025-03-01', 金额: '1', 客户编号: `K-${n}` }
  const bad: [Record<string, string>, string][] = [
    [{ 收款日: '3/1/2025' }, 'row.received-on-invalid'],
    [{ 收款日: '2024-12-31' }, 'period.closed'],
    [{ 收款日: '2199-01-01' }, 'date.in-future'],
    [{ 金额: 'x' }, 'row.amount-invalid'],
    [{ 金额: '' }, 'input.invalid'],
    [{ 金额: '-1' }, 'amount.not-positive'],
    [{ 支出: 'x' }, 'row.debit-invalid'],
    [{ 支出: '5' }, 'receipt.both-directions'],
    [{ 借贷标志: '?' }, 'row.direction-invalid'],
    [{ 币种: '金子' }, 'row.currency-invalid'],
    [{ 币种: '美元' }, 'exchange-rate.required'],
    [{ 汇率: 'x' }, 'row.exchange-rate-invalid'],
    [{ 收款方式: '贝壳' }, 'row.method-invalid'],
    [{ 收款方式: '银承' }, 'receipt.bill-required'],
    [{ 票据号: '1308' }, 'input.invalid'],
    [{ 客户编号: 'none' }, 'row.link-unknown'],
    [{ 应收单号: 'none' }, 'row.link-unknown'],
    [{ 应收单号: `R${other.n}-1` }, 'allocation.other-customer'],
    [{ 订单号: 'none' }, 'row.link-unknown'],
    [{ 核销: '?' }, 'row.allocate-invalid'],
    [{ 手续费: 'x' }, 'row.bank-fee-invalid'],
    [{ 流水号: 'x'.repeat(141) }, 'input.invalid'],
  ]
  const rows = bad.map(([wrong]) => headings.map((heading) => ({ ...good, ...wrong })[heading] ?? ''))

  const done = await imported(who, 'receipts', csvOf(headings, ...rows))

  expect((await faultsOf(who, done.id)).map(([, code]) => code)).toEqual(bad.map(([, code]) => code))
  expect(await receipts()).toEqual([])
  await expect(uploaded(who, 'receipts', 'x', { defaults: { currency: 'gold' } })).rejects.toMatchObject({
    code: 'row.currency-invalid',
    more: { errors: [{ pointer: '/defaults/currency' }] },
  })
  await expect(uploaded(who, 'receipts', 'x', { defaults: { colour: 'red' } })).rejects.toMatchObject({ code: 'import.field-unknown' })
})

test('advances settle nothing, keep the order they were paid for, and go out as long as something of them is left', async () => {
  const { n, customer, left, receipts } = await world()
  const order = await orderOf(tenant, tenant.admin, customer.id)
  const content = csvOf(
    ['客户编号', '收款日', '金额', '订单号', '备注', '用途'],
    [`K-${n}`, '2025-02-01', '1,000.00', order.number, '定金', '三成'],
    [`K-${n}`, '2025-02-02', '50', '', '', ''],
    ['', '2025-02-03', '50', '', '', ''],
  )

  const done = await imported(who, 'advances', content)
  const [heading, ...rows] = await exported(await exporter(tenant, await tenant.user('finance')), {
    kind: 'advances',
    columns: ['customer.externalId', 'unallocated', 'orderId', 'notes'],
  })

  expect(await faultsOf(who, done.id)).toEqual([['4', 'advance.customer-missing', 'customer.name']])
  expect(await receipts()).toEqual(['2025-02-01 1000.00 CNY open 1000.00', '2025-02-02 50.00 CNY open 50.00'])
  expect(await left()).toEqual(['100.00', '200.00', '300.00'])
  expect(heading).toEqual(['客户外部编号', '未核销金额', '订单ID', '备注'])
  expect(rows.filter(([number]) => number === `K-${n}`)).toEqual([
    [`K-${n}`, '1000', order.id, '定金; 三成'],
    [`K-${n}`, '50', '', ''],
  ])
})

test('a revert takes money out of the books with what it settled, and the file can come again', async () => {
  const { n, left, receipts } = await world()
  const content = csvOf(
    ['日期', '金额', '付款人', '应收单号', '流水号'],
    ['2025-03-01', '100', '', `R${n}-1`, `V${n}-1`],
    ['2025-03-01', '7', `无名${n}`, '', `V${n}-2`],
  )
  const done = await imported(who, 'receipts', content)
  const paid = await left()

  const back = await reverted(who, done.id)
  const owed = await left()
  const again = await imported(who, 'receipts', content)

  expect(paid).toEqual(['0.00', '200.00', '300.00'])
  expect(back).toMatchObject({ status: 'reverted', reverted: { reverted: 2, refused: 0 } })
  expect(owed).toEqual(['100.00', '200.00', '300.00'])
  expect(again.rows).toMatchObject({ created: 2 })
  expect((await receipts()).sort()).toEqual(['2025-03-01 100.00 CNY allocated 0.00', '2025-03-01 100.00 CNY reversed 0.00'])
  expect(await checkBooks(who.ctx)).toEqual([])
})

test('an import that dies again and again books each transfer once', async () => {
  const { n, left, receipts } = await world()
  const rows = [1, 2, 3, 4].map((i) => ['2025-03-01', `${i}0`, `K-${n}`, `X${n}-${i === 4 ? 1 : i}`])
  const { id } = await uploaded(
    who,
    'receipts',
    csvOf(['日期', '金额', '客户编号', '流水号'], ...rows.slice(0, 3), ['2025-03-01', '10', `K-${n}`, `X${n}-1`]),
    { defaults: { allocate: 'yes' } },
  )
  await startImport(who.ctx, sheets, { id })

  for (let at = 2; ; at += tries({ test: 3, faults: 1, nightly: 1 })) {
    const dying = crashingAt(who.job, at, at % 2 === 0 ? 'after' : 'before')
    const slice = await run(dying.ctx, id).catch(() => 'died')
    if (slice === 'over' && !dying.crashed()) break
  }

  expect(await receipts()).toHaveLength(3)
  expect(await left()).toEqual(['40.00', '200.00', '300.00'])
  expect(await checkBooks(who.ctx)).toEqual([])
})
