import { choiceValue, dateValue, textValue } from '../../kernel/cell-values.ts'
import { coded, currencyValue, dayValue, decimalValue, figureValue } from '../../kernel/figure-values.ts'
import { column, listColumn, momentColumn } from '../../kernel/transfer-field.ts'
import type { TransferField } from '../../kernel/transfer-kind.ts'
import { customerOfRow, noteSpellings } from '../sheet-links.ts'
import { bankColumns } from './bank-columns.ts'
import type { Receipt } from './receipt.ts'

type Read = TransferField['read']

const method = choiceValue<Receipt['method']>({
  bank: ['银行', '银行转账', '转账', '电汇', '网银', '汇款', 'transfer', 'bank transfer', 'wire', 't/t', 'tt'],
  cash: ['现金'],
  cheque: ['支票', 'check'],
  wechat: ['微信', '微信支付', 'wechat pay'],
  alipay: ['支付宝'],
  card: ['刷卡', '银行卡', '信用卡', 'pos', 'credit card'],
  'bank-acceptance': ['银行承兑', '银行承兑汇票', '银承'],
  'commercial-acceptance': ['商业承兑', '商业承兑汇票', '商承'],
})

const reference = [
  '流水号',
  '交易流水号',
  '银行流水号',
  '交易流水',
  '账户明细编号-交易流水号',
  '交易编号',
  '凭证号',
  '交易参考号',
  'bank reference',
  'transaction id',
  'transaction reference',
  'transaction number',
  'end to end id',
] as const
const received = [
  '交易日期',
  '交易时间',
  '交易日',
  '记账日期',
  '入账日期',
  '到账日期',
  '收款日期',
  '日期',
  'date',
  'booking date',
  'value date',
  'transaction date',
  'payment date',
] as const
const credits = [
  '贷方发生额',
  '贷方金额',
  '收入金额',
  '贷方发生额(收入)',
  '收入',
  '贷方',
  '交易金额',
  '发生额',
  '到账金额',
  '收款金额',
  'credit',
  'credit amount',
  'paid in',
  'deposit',
  'money in',
] as const

/** What a sheet of receipts says of the money itself, whoever paid it. */
const moneyColumns: TransferField[] = [
  column('receivedOn', 'Received on', '收款日', dayValue('received-on') as Read, ...received),
  column('amount', 'Amount', '金额', figureValue('amount') as Read, ...credits),
  column('currency', 'Currency', '币种', currencyValue as Read, '货币', '币别'),
  column('exchangeRate', 'Exchange rate', '汇率', decimalValue('exchange-rate') as Read, 'rate'),
  column('method', 'Method', '收款方式', coded('row.method-invalid', method) as Read, '支付方式', '付款方式', '结算方式', 'payment method'),
  column('bankAccount', 'Our account', '本方账号', textValue, '收款账号', '本方帐号', '我方账号', 'own account'),
  column('reference', 'Reference', '参考号', textValue, ...reference),
  column('number', 'Number', '收款单号', textValue, '单号', 'receipt number', 'receipt no'),
  listColumn(
    'notes',
    'Notes',
    '备注',
    (_, text) => [text],
    ...noteSpellings,
    '附言',
    '用途',
    '交易用途',
    '交易附言',
    '客户附言',
    'purpose',
    'details',
    'narrative',
  ),
  column('bill.billNo', 'Bill number', '票据号', textValue, '汇票号码', '票号'),
  column('bill.acceptor', 'Acceptor', '承兑人', textValue, '承兑行', '出票人'),
  column('bill.dueOn', 'Bill due on', '票据到期日', coded('row.bill-due-invalid', dateValue) as Read, '汇票到期日'),
]

const idColumns: TransferField[] = [
  column('id', 'ID', 'ID', textValue, '收款ID', 'receipt id'),
  column('externalId', 'External ID', '外部编号', textValue),
]

/** The order that a deposit was paid for, by its number or its id. */
const orderColumns: TransferField[] = [
  {
    ...column('order.number', 'Order number', '订单号', textValue, '合同号', '订单编号', '销售订单号', 'order', 'order no'),
    of: 'orderId',
  },
  column('orderId', 'Order ID', '订单ID', textValue),
]

const shown: TransferField[] = [
  column('status', 'Status', '状态'),
  column('unallocated', 'Unallocated', '未核销金额'),
  momentColumn('createdAt', 'Created', '创建时间'),
]

export const advanceColumns: TransferField[] = [...idColumns, ...customerOfRow, ...moneyColumns, ...orderColumns, ...shown]
export const receiptColumns: TransferField[] = [...idColumns, ...customerOfRow, ...bankColumns, ...moneyColumns, ...orderColumns, ...shown]
