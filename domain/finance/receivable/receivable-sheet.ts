import { paragraphValue, textValue } from '../../kernel/cell-values.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { currencyValue, dayValue, decimalValue, type Figure, figureValue, moneyOf } from '../../kernel/figure-values.ts'
import { column, momentColumn, plainValues } from '../../kernel/transfer-field.ts'
import type { Row, TransferField, TransferKind, Values } from '../../kernel/transfer-kind.ts'
import { customerNames, termsValue, withCustomer } from '../../parties/index.ts'
import { customerOfBooks } from '../access.ts'
import { receivableKind } from '../record-kinds.ts'
import { customerLink, customerOfRow, documentMatchers, noteSpellings } from '../sheet-links.ts'
import { dueOn, type Terms } from './due-on.ts'
import { listReceivables, receivableList } from './list-receivables.ts'
import { receivables } from './receivable.table.ts'
import { type Receivable, shownReceivable } from './receivable.ts'
import { takeBackReceivable } from './take-back-receivable.ts'

const numberSpellings = [
  '发票号',
  '发票号码',
  '单据编号',
  '单据号',
  '应收单号',
  '出货单号',
  '送货单号',
  'invoice',
  'invoice number',
  'invoice no',
  'document number',
  'bill no',
]
const amountSpellings = [
  '应收金额',
  '发票金额',
  '单据金额',
  '价税合计',
  '含税金额',
  '期初余额',
  '期初应收',
  'invoice amount',
  'total',
  'opening balance',
]

const fields: TransferField[] = [
  column('id', 'ID', 'ID', textValue, '应收款ID', 'receivable id'),
  column('externalId', 'External ID', '外部编号', textValue, '应收款外部编号'),
  ...customerOfRow,
  column('number', 'Number', '单号', textValue, ...numberSpellings),
  column(
    'issuedOn',
    'Issued on',
    '单据日期',
    dayValue('issued-on'),
    '开票日期',
    '发票日期',
    '业务日期',
    '出货日期',
    '日期',
    'invoice date',
    'issue date',
    'date',
  ),
  column('dueOn', 'Due on', '到期日', dayValue('due-on'), '到期日期', '应收日期', '付款到期日', 'due date', 'due'),
  column('terms', 'Terms', '账期', termsValue, '付款条件', '账期天数', '结算方式', '信用期', 'payment terms', 'credit days'),
  column('amount', 'Amount', '金额', figureValue('amount'), ...amountSpellings),
  column(
    'settledBefore',
    'Settled before',
    '已收金额',
    figureValue('settled-before'),
    '已收',
    '已付',
    '已核销',
    '已回款',
    '已收款',
    'paid',
    'amount paid',
    'settled',
    'received',
  ),
  column('currency', 'Currency', '币种', currencyValue, '货币', '币别'),
  column('exchangeRate', 'Exchange rate', '汇率', decimalValue('exchange-rate'), 'rate'),
  column('notes', 'Notes', '备注', paragraphValue, ...noteSpellings),
  column('settled', 'Settled', '已结清金额'),
  column('outstanding', 'Outstanding', '未收余额'),
  column('status', 'Status', '状态'),
  column('daysOverdue', 'Days overdue', '逾期天数'),
  momentColumn('createdAt', 'Created', '创建时间'),
]

/** When it is due: by its own day, else by the terms of the row, else by those of the customer. 422 `receivable.due-unknown`. */
async function dueDay(ctx: Context, { dueOn: given, terms, issuedOn }: Values, customerId: string | undefined): Promise<unknown> {
  if (given !== undefined || issuedOn === undefined || !customerId) return given
  const agreed = (terms ?? (await customerOfBooks(ctx, customerId)).paymentTerms) as Terms | undefined
  if (agreed) return dueOn(agreed, String(issuedOn))
  throw invalid('receivable.due-unknown', '/dueOn', 'Say when it is due, or the terms: the customer has none of its own.')
}

async function compose(ctx: Context, values: Values, current?: Receivable): Promise<Record<string, unknown>> {
  const { terms: _terms, currency, amount, settledBefore, ...plain } = plainValues(values)
  const customerId = await customerLink(ctx, values)
  const ofRow = currency ?? (amount as Figure | undefined)?.currency ?? current?.amount.currency
  const money = (name: string, figure: unknown) => (figure === undefined ? {} : { [name]: moneyOf(ctx, figure as Figure, ofRow, name) })
  const due =
    current && values.terms === undefined ? values.dueOn : await dueDay(ctx, { issuedOn: current?.issuedOn, ...values }, customerId)
  return {
    ...plain,
    ...(customerId ? { customerId } : {}),
    ...(due === undefined ? {} : { dueOn: due }),
    ...money('amount', amount),
    ...money('settledBefore', settledBefore),
  }
}

type Shown = ReturnType<typeof shownReceivable>

async function flatten(ctx: Context, records: object[]): Promise<Row[]> {
  const shown = records as Shown[]
  const names = await customerNames(ctx, shown)
  return shown.map((receivable): Row => {
    const { amount, settled, outstanding, settledBefore, exchangeRate } = receivable
    const plain = Object.fromEntries(Object.entries(receivable).filter(([, value]) => typeof value !== 'object')) as Row
    return {
      ...plain,
      ...{ amount: Number(amount.amount), settled: Number(settled.amount), outstanding: Number(outstanding.amount) },
      ...{ currency: amount.currency, exchangeRate, settledBefore: settledBefore ? Number(settledBefore.amount) : null },
      ...withCustomer(names, receivable.customerId),
    }
  })
}

/** Receivables in sheets: opening balances come in by it, each with its own past date. */
export const receivableSheet: TransferKind<Receivable> = {
  kind: receivableKind,
  label: { en: 'Receivables', 'zh-CN': '应收款' },
  fields,
  required: [['customer.id', 'customer.externalId', 'customer.name'], ['issuedOn'], ['amount']],
  matchers: documentMatchers(receivables),
  compose,
  apartBy: ['customer.id', 'customer.externalId', 'customer.name'],
  takeBack: takeBackReceivable,
  list: { spec: receivableList, read: listReceivables },
  present: (ctx, receivable) => shownReceivable(receivable, today(ctx)),
  flatten,
}
