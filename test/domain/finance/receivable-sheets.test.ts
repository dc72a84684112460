import { beforeAll, expect, test } from 'vitest'
import { accountOf, checkBooks } from '../../../domain/finance/index.ts'
import { listReceivables } from '../../../domain/finance/receivable/list-receivables.ts'
import { type Receivable, shownReceivable } from '../../../domain/finance/receivable/receivable.ts'
import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import type { User } from '../../../domain/identity/user/user.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { startImport } from '../../../domain/platform/import/start-import.ts'
import { sheets } from '../../../functions/sheets.ts'
import { crashingAt } from '../../support/crashing.ts'
import { exported, exporter } from '../../support/exports.ts'
import { financeAs } from '../../support/finance.ts'
import { csvOf, faultsOf, firmName, type Importer, imported, importer, reverted, run, uploaded } from '../../support/imports.ts'
import { eventsOf } from '../../support/sales.ts'
import { tries } from '../../support/share.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let who: Importer & { user: User }
let worlds = 0

beforeAll(async () => {
  tenant = await newTenant()
  const user = await tenant.user('finance')
  who = { ...(await importer(tenant, user)), user }
  await changeTenant(await tenant.as(tenant.admin), { changes: { closedThrough: '2024-12-31' } })
})

/** A customer of its own with terms, as the trade calls it: by number and by name. */
async function world() {
  const n = ++worlds
  const name = `${firmName(n)} Ltd`
  const paymentTerms = { kind: 'monthly' as const, from: 'shipment' as const, cutoffDay: 25, months: 1 }
  const customer = await createCustomer(await tenant.as(tenant.admin), { name, externalId: `K-${n}`, paymentTerms })
  const all = async () => {
    const { data } = await listReceivables(who.ctx, { limit: 100, sort: 'dueOn', filter: { customerId: { eq: customer.id } } })
    return data.map((receivable) => shownReceivable(receivable, '2026-11-22'))
  }
  return { n, customer, name, all }
}

const said = ({ number, issuedOn, dueOn, amount, outstanding, exchangeRate, status }: ReturnType<typeof shownReceivable>) =>
  [number, issuedOn, dueOn, `${amount.amount} ${amount.currency}`, outstanding.amount, exchangeRate, status].join(' | ')

const money = (of: Pick<Receivable, 'amount'>) => of.amount

test('opening balances come in by their usual headings: named customers, past days, terms, what was settled before', async () => {
  const { n, name, customer, all } = await world()
  const content = csvOf(
    ['客户编号', '客户名称', '发票号', '开票日期', '到期日', '账期', '金额', '已收金额', '币种', '汇率', '备注'],
    [`K-${n}`, '', `A${n}-1`, '2025/1/31', '2025年3月1日', '', '￥12,000.50', '2,000.5', '', '', '年前的'],
    ['', ` ${name.toUpperCase()} `, `A${n}-2`, '20250131', '', '月结30天', '1,000', '0', '美元', '7.1234', ''],
    [`K-${n}`, '', `A${n}-3`, '2025-01-26', '', '', '300', '', '', '', ''],
    [`K-${n}`, '', '', '2026-11-20', '', 'net 60', 'CNY 5', '', '', '', ''],
  )

  const done = await imported(who, 'receivables', content)

  expect(await faultsOf(who, done.id)).toEqual([])
  expect((await all()).map(said)).toEqual([
    `A${n}-1 | 2025-01-31 | 2025-03-01 | 12000.50 CNY | 10000.00 | 1 | overdue`,
    `A${n}-2 | 2025-01-31 | 2025-03-02 | 1000.00 USD | 1000.00 | 7.1234 | overdue`,
    `A${n}-3 | 2025-01-26 | 2025-03-25 | 300.00 CNY | 300.00 | 1 | overdue`,
    expect.stringMatching(/^AR202611-\d{4} \| 2026-11-20 \| 2027-01-19 \| 5.00 CNY \| 5.00 \| 1 \| open$/),
  ])
  expect((await eventsOf(who.ctx, customer.id, 'receivable.opened')).length).toBe(4)
  const account = await accountOf(who.ctx, customer, { from: '2025-01-01', to: '2025-12-31', currency: 'CNY' })
  expect(account).toMatchObject({ opening: 0, closing: 1_030_000 })
  expect(account.movements.map(({ kind, charge, payment }) => [kind, charge ?? payment]).sort()).toEqual([
    ['receipt', 200_050],
    ['receivable', 1_200_050],
    ['receivable', 30_000],
  ])
  expect(await checkBooks(who.ctx)).toEqual([])
})

test('every column that is wrong has its own code, and nothing of such a row is written', async () => {
  const { n, all } = await world()
  const headings = ['客户编号', '单号', '单据日期', '到期日', '账期', '金额', '已收金额', '币种', '汇率']
  const bad: [string[], string][] = [
    [['none', '1', '2025-02-01', '2025-03-01', '', '1', '', '', ''], 'row.link-unknown'],
    [['', '1', '2025-02-01', '2025-03-01', '', '1', '', '', ''], 'input.invalid'],
    [[`K-${n}`, 'x'.repeat(61), '2025-02-01', '2025-03-01', '', '1', '', '', ''], 'input.invalid'],
    [[`K-${n}`, '1', '1/2/2025', '2025-03-01', '', '1', '', '', ''], 'row.issued-on-invalid'],
    [[`K-${n}`, '1', '2024-12-31', '2025-03-01', '', '1', '', '', ''], 'period.closed'],
    [[`K-${n}`, '1', '2199-01-01', '2199-03-01', '', '1', '', '', ''], 'date.in-future'],
    [[`K-${n}`, '1', '2025-02-01', 'soon', '', '1', '', '', ''], 'row.due-on-invalid'],
    [[`K-${n}`, '1', '2025-02-01', '2025-01-01', '', '1', '', '', ''], 'receivable.due-before-issued'],
    [[`K-${n}`, '1', '2025-02-01', '', '月结', '1', '', '', ''], 'row.terms-invalid'],
    [[`K-${n}`, '1', '2025-02-01', '2025-03-01', '', 'much', '', '', ''], 'row.amount-invalid'],
    [[`K-${n}`, '1', '2025-02-01', '2025-03-01', '', '(5.00)', '', '', ''], 'amount.not-positive'],
    [[`K-${n}`, '1', '2025-02-01', '2025-03-01', '', '1.005', '', '', ''], 'input.invalid'],
    [[`K-${n}`, '1', '2025-02-01', '2025-03-01', '', '1', 'all', '', ''], 'row.settled-before-invalid'],
    [[`K-${n}`, '1', '2025-02-01', '2025-03-01', '', '1', '1', '', ''], 'receivable.settled-whole'],
    [[`K-${n}`, '1', '2025-02-01', '2025-03-01', '', '1', '0.5 EUR', 'USD', '7'], 'row.currency-mismatch'],
    [[`K-${n}`, '1', '2025-02-01', '2025-03-01', '', '1', '', 'XYZ', ''], 'row.currency-invalid'],
    [[`K-${n}`, '1', '2025-02-01', '2025-03-01', '', '1', '', 'USD', ''], 'exchange-rate.required'],
    [[`K-${n}`, '1', '2025-02-01', '2025-03-01', '', '1', '', 'USD', 'x'], 'row.exchange-rate-invalid'],
    [[`K-${n}`, '1', '2025-02-01', '2025-03-01', '', '1', '', '', '7'], 'exchange-rate.not-one'],
    [[`K-${n}`, '1', '1/2', 'soon', '', '1', '', '', ''], 'row.value-invalid'],
  ]

  const done = await imported(who, 'receivables', csvOf(headings, ...bad.map(([cells]) => cells)))

  expect((await faultsOf(who, done.id)).map(([, code]) => code)).toEqual(bad.map(([, code]) => code))
  expect(await all()).toEqual([])
})

test('a customer without terms says when it is due, and the same number is taken once', async () => {
  const { n, all } = await world()
  const ctx = await tenant.as(tenant.admin)
  await createCustomer(ctx, { name: firmName(500 + n), externalId: `N-${n}` })
  const headings = ['Customer number', 'Invoice no', 'Date', 'Due date', 'Amount']
  const rows = [
    [`N-${n}`, `B${n}-0`, '2025-02-01', '', '1'],
    [`K-${n}`, `B${n}-1`, '2025-02-01', '2025-03-01', '1'],
    [`K-${n}`, `B${n}-1`, '2025-02-01', '2025-03-01', '2'],
  ]

  const dry = await imported(who, 'receivables', csvOf(headings, ...rows), { dryRun: true })
  const done = await imported(who, 'receivables', csvOf(headings, ...rows))
  const matched = await imported(who, 'receivables', csvOf(headings, ...rows.slice(1)), { matchBy: ['number'], onMatch: 'fail' })
  const skipped = await imported(who, 'receivables', csvOf(headings, ...rows.slice(1, 2)), { matchBy: ['number'] })

  expect((await faultsOf(who, dry.id)).map(([, code]) => code)).toEqual(['receivable.due-unknown', 'receivable.number-taken'])
  expect((await faultsOf(who, done.id)).map(([, code]) => code)).toEqual(['receivable.due-unknown', 'receivable.number-taken'])
  expect((await faultsOf(who, matched.id)).map(([, code]) => code)).toEqual(['row.exists', 'row.exists'])
  expect(skipped.rows).toEqual({ created: 0, updated: 0, skipped: 1, failed: 0 })
  expect((await all()).map(({ amount }) => amount.amount)).toEqual(['1.00'])
})

test('a dry run gives out no numbers', async () => {
  const { n, all } = await world()
  const rows = [1, 2, 3].map((i) => [`K-${n}`, `2025-05-0${i}`, '1'])
  const content = csvOf(['客户编号', '单据日期', '金额'], ...rows)

  const dry = await imported(who, 'receivables', content, { dryRun: true })
  await imported(who, 'receivables', content)

  expect(dry.rows).toMatchObject({ created: 3, failed: 0 })
  expect((await all()).map(({ number }) => number).sort()).toEqual(['AR202505-0001', 'AR202505-0002', 'AR202505-0003'])
})

test('an update changes what is said about it, and never what is posted', async () => {
  const { n, all } = await world()
  const headings = ['Customer number', 'Invoice no', 'Date', 'Amount', 'Notes']
  const row = (amount: string, notes: string) => csvOf(headings, [`K-${n}`, `U${n}`, '2025-02-01', amount, notes])
  await imported(who, 'receivables', row('1,000', 'old'))

  const told = await imported(who, 'receivables', row('1000.00', 'new'), { matchBy: ['number'], onMatch: 'update' })
  const figures = await imported(who, 'receivables', row('999', 'newer'), { matchBy: ['number'], onMatch: 'update' })

  expect(told.rows.updated).toBe(1)
  expect(await faultsOf(who, figures.id)).toEqual([['2', 'receivable.field-fixed', 'amount']])
  expect((await all()).map(({ notes, amount }) => [notes, amount.amount])).toEqual([['new', '1000.00']])
})

test('a revert takes out what nothing is allocated to, frees the numbers, and leaves the books balanced', async () => {
  const { n, customer, all } = await world()
  const headings = ['客户编号', '单号', '单据日期', '金额', '已收']
  const rows = [1, 2, 3].map((i) => [`K-${n}`, `R${n}-${i}`, `2025-0${i}-01`, `${i}00`, '50'])
  const done = await imported(who, 'receivables', csvOf(headings, ...rows))
  const [first] = await all()
  const receipt = { customerId: customer.id, receivedOn: '2026-01-01', amount: money(first!), method: 'bank' }
  await financeAs(tenant, tenant.admin)('/v1/receipts', {
    body: {
      ...receipt,
      amount: { amount: '1.00', currency: 'CNY' },
      allocations: [{ receivableId: first!.id, amount: { amount: '1.00', currency: 'CNY' } }],
    },
  })

  const back = await reverted(who, done.id)
  const again = await imported(who, 'receivables', csvOf(headings, ...rows.slice(1)))

  expect(back).toMatchObject({ status: 'reverted', reverted: { reverted: 2, refused: 1 } })
  expect((await faultsOf(who, done.id)).map(([, code]) => code)).toEqual(['receivable.allocated'])
  expect(again.rows).toMatchObject({ created: 2, failed: 0 })
  const standing = (await all()).map(({ number, status, outstanding }) => `${number} ${status} ${outstanding.amount}`).sort()
  expect(standing).toEqual([
    `R${n}-1 overdue 49.00`,
    `R${n}-2 cancelled 0.00`,
    `R${n}-2 overdue 150.00`,
    `R${n}-3 cancelled 0.00`,
    `R${n}-3 overdue 250.00`,
  ])
  expect((await eventsOf(who.ctx, customer.id, 'receivable.withdrawn')).length).toBe(2)
  expect(await checkBooks(who.ctx)).toEqual([])
})

test('what goes out comes in again as it was, and only for those whose role it is', async () => {
  const { n, all } = await world()
  const headings = ['客户编号', '单号', '单据日期', '到期日', '金额', '已收', '币种', '汇率', '备注']
  await imported(
    who,
    'receivables',
    csvOf(headings, [`K-${n}`, `E${n}`, '2025-03-01', '2025-04-01', '1234.50', '34.50', 'USD', '7.1', '说明']),
  )
  const rep = await tenant.user('rep')
  const [heading, ...rows] = await exported(await exporter(tenant, who.user), { kind: 'receivables' })
  const own = rows.filter((cells) => cells.includes(`E${n}`))
  const firm = await newTenant()
  await createCustomer(await firm.as(firm.admin), { name: 'Elsewhere', externalId: `K-${n}` })
  const there = await importer(firm, firm.admin)

  // Without the ids of records and customers, which are of that firm.
  const again = await imported(
    there,
    'receivables',
    csvOf(...[heading!, ...own].map((cells) => cells.filter((_, at) => at !== 0 && at !== 2))),
  )

  expect(await faultsOf(there, again.id)).toEqual([])
  const { data } = await listReceivables(there.ctx, { limit: 10, sort: 'dueOn', filter: {} })
  expect(data.map((receivable) => said(shownReceivable(receivable, '2026-11-22')))).toEqual((await all()).map(said))
  expect(data[0]).toMatchObject({ settledBefore: { amount: '34.50', currency: 'USD' }, notes: '说明' })
  expect(await exported(await exporter(tenant, rep), { kind: 'receivables' })).toEqual([heading])
  await expect(imported(await importer(tenant, rep), 'receivables', 'x')).rejects.toMatchObject({ kind: 'forbidden' })
})

test('an import that dies again and again, each time one call later, opens each row once', async () => {
  const { n, all } = await world()
  const rows = [1, 2, 3, 4, 5].map((i) => [`K-${n}`, i === 3 ? `C${n}-1` : `C${n}-${i}`, '2025-03-01', `${i}0`])
  const { id } = await uploaded(who, 'receivables', csvOf(['客户编号', '单号', '单据日期', '金额'], ...rows))
  await startImport(who.ctx, sheets, { id })

  for (let at = 2; ; at += tries({ test: 3, faults: 1, nightly: 1 })) {
    const dying = crashingAt(who.job, at, at % 2 === 0 ? 'after' : 'before')
    const slice = await run(dying.ctx, id).catch(() => 'died')
    if (slice === 'over' && !dying.crashed()) break
  }

  expect((await all()).map(({ number, amount }) => `${number} ${amount.amount}`).sort()).toEqual(
    [1, 2, 4, 5].map((i) => `C${n}-${i} ${i}0.00`),
  )
  expect(await checkBooks(who.ctx)).toEqual([])
})
