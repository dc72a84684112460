import { choiceValue, paragraphValue, textValue, yesValue } from '../../kernel/cell-values.ts'
import { coded, currencyValue, dayValue, decimalValue, figureValue } from '../../kernel/figure-values.ts'
import { column, momentColumn, partsOfField } from '../../kernel/transfer-field.ts'
import type { TransferField } from '../../kernel/transfer-kind.ts'
import { termsValue } from '../../parties/index.ts'
import { discountValue } from '../document/line-values.ts'
import { customerOfDocument, destination, rep } from './party-columns.ts'

type Read = TransferField['read']

const status = choiceValue({
  draft: ['草稿', '未审核', '待审核'],
  confirmed: ['已确认', '已审核', '执行中', '进行中', '待发货', '未发货', '生效', 'open', 'processing', 'approved'],
  shipped: ['已发货', '已出库', '全部发货', '发货完成', 'delivered', 'fulfilled'],
  closed: ['已完成', '完成', '已关闭', '关闭', '已结案', '结案', 'completed', 'complete', 'done'],
  cancelled: ['已取消', '取消', '作废', '已作废', 'canceled', 'void'],
})

/** What an order says of itself, once for all of its rows. */
export const orderColumns: TransferField[] = [
  column('id', 'ID', 'ID', textValue, '订单ID'),
  column('externalId', 'External ID', '外部编号', textValue, '订单外部编号'),
  column(
    'number',
    'Order number',
    '订单号',
    textValue,
    '订单编号',
    '合同号',
    '合同编号',
    '销售订单号',
    '单号',
    'order no',
    'order id',
    'order',
    'so number',
    'so no',
  ),
  ...customerOfDocument,
  column(
    'orderedOn',
    'Ordered on',
    '下单日期',
    dayValue('ordered-on') as Read,
    '订单日期',
    '订货日期',
    '签订日期',
    '日期',
    'order date',
    'date',
  ),
  column('customerPo', 'Customer PO', '客户订单号', textValue, '客户单号', '客户采购单号', 'po number', 'po no', 'po'),
  column('status', 'Status', '状态', coded('row.status-invalid', status) as Read, '订单状态', '单据状态', 'order status'),
  column(
    'shippedOn',
    'Shipped on',
    '发货日期',
    dayValue('shipped-on') as Read,
    '出货日期',
    '出库日期',
    '交货日期',
    'shipped date',
    'ship date',
  ),
  column(
    'shipmentNumber',
    'Delivery note',
    '送货单号',
    textValue,
    '出货单号',
    '发货单号',
    '出库单号',
    'delivery note number',
    'shipment number',
  ),
  column(
    'deliverOn',
    'Deliver on',
    '交期',
    dayValue('deliver-on') as Read,
    '要求交期',
    '交货期',
    '约定交期',
    '要求日期',
    'required date',
    'delivery date',
    'due date',
  ),
  ...rep,
  ...destination,
  column('currency', 'Currency', '币种', currencyValue as Read, '货币', '币别'),
  column('exchangeRate', 'Exchange rate', '汇率', decimalValue('exchange-rate') as Read, 'rate'),
  column('pricesIncludeTax', 'Prices include tax', '含税', coded('row.prices-include-tax-invalid', yesValue) as Read, '是否含税', '含税价'),
  column('terms', 'Terms', '账期', termsValue, '付款条件', '结算方式', 'payment terms'),
  ...partsOfField('discount', [
    column(
      'documentDiscount',
      'Document discount',
      '整单折扣',
      coded('row.document-discount-invalid', discountValue) as Read,
      '整单折扣率',
      'order discount',
    ),
  ]),
  column('discountAmount', 'Amount off', '抹零', figureValue('amount-off') as Read, '优惠金额', '折扣金额', 'discount amount'),
  column(
    'total',
    'Total',
    '订单金额',
    figureValue('total') as Read,
    '总金额',
    '合计',
    '合计金额',
    '价税合计',
    '总计',
    'order total',
    'grand total',
  ),
  column(
    'netTotal',
    'Net total',
    '不含税金额',
    figureValue('net-total') as Read,
    '未税金额',
    '不含税合计',
    'subtotal',
    'total without tax',
  ),
  column('notes', 'Notes', '备注', paragraphValue, '订单备注', 'remarks', 'comments'),
]

export const createdColumn = momentColumn('createdAt', 'Created', '创建时间')
