import { choiceValue, listValue, textValue } from '../../kernel/cell-values.ts'
import { coded, figureValue } from '../../kernel/figure-values.ts'
import { column, listColumn } from '../../kernel/transfer-field.ts'
import type { TransferField } from '../../kernel/transfer-kind.ts'

type Read = TransferField['read']

/** Which way the money went, in files with one column of amounts. */
const direction = choiceValue({
  in: ['贷', '贷方', '收', '收入', '进', '转入', '来账', '+', 'c', 'cr', 'credit'],
  out: ['借', '借方', '支', '支出', '付', '出', '转出', '往账', '-', 'd', 'dr', 'debit'],
})

const allocate = choiceValue({
  'oldest-first': ['是', '自动核销', '自动', '先到期先核销', '先进先出', '√', 'y', 'yes', 'true', '1', 'oldest', 'fifo'],
  none: ['否', '不核销', '手工', 'n', 'no', 'false', '0'],
})

/** What banks write beside the money that came in, and what it settles. */
export const bankColumns: TransferField[] = [
  column(
    'payerName',
    'Payer',
    '付款人',
    textValue,
    '对方户名',
    '付款方',
    '付款单位',
    '付款人名称',
    '付款方名称',
    '收(付)方名称',
    '对方名称',
    '对方单位',
    '对方单位名称',
    '对方账户名称',
    '交易对方',
    '交易对手',
    'payer name',
    'counterparty',
    'name',
    'remitter',
    'from',
  ),
  column(
    'debit',
    'Paid out',
    '支出',
    figureValue('debit') as Read,
    '借方发生额',
    '借方金额',
    '支出金额',
    '借方发生额(支取)',
    '支取',
    '付款金额',
    '借方',
    'debit',
    'debit amount',
    'withdrawal',
    'money out',
  ),
  column(
    'direction',
    'Direction',
    '借贷标志',
    coded('row.direction-invalid', direction) as Read,
    '借贷',
    '借贷方向',
    '收支',
    '收支标志',
    '收支类型',
    '收/支',
    '往来账标志',
    'debit/credit',
    'dr/cr',
    'credit/debit indicator',
  ),
  column('bankFee', 'Bank fee', '手续费', figureValue('bank-fee') as Read, '银行手续费', 'fee', 'charges', 'bank charges'),
  {
    ...listColumn(
      'receivable.number',
      'Receivable numbers',
      '应收单号',
      listValue,
      '核销单号',
      '发票号',
      '发票号码',
      'invoice',
      'invoice no',
      'invoice number',
      'receivable',
    ),
    of: 'allocations',
  },
  column('allocate', 'Allocate', '核销', coded('row.allocate-invalid', allocate) as Read, '自动核销', '核销方式', 'allocation'),
]
