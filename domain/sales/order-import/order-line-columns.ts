import { dateValue, textValue } from '../../kernel/cell-values.ts'
import { coded, decimalValue } from '../../kernel/figure-values.ts'
import { column, partsOfField } from '../../kernel/transfer-field.ts'
import type { TransferField } from '../../kernel/transfer-kind.ts'
import { discountValue, taxRateValue } from '../document/line-values.ts'

type Read = TransferField['read']

/** What each row says of its line. */
export const lineColumns: TransferField[] = partsOfField('lines', [
  column(
    'line.sku',
    'SKU',
    '货号',
    textValue,
    '产品编号',
    '产品编码',
    '物料编码',
    '存货编码',
    '编码',
    'article number',
    'item number',
    'part number',
    'product code',
    'product id',
    'item',
  ),
  column(
    'line.description',
    'Description',
    '品名',
    textValue,
    '产品名称',
    '货物名称',
    '名称',
    '产品',
    'product',
    'product name',
    'article',
    'item name',
  ),
  column('line.model', 'Model', '型号', textValue),
  column('line.spec', 'Specification', '规格', textValue, '规格型号', 'spec'),
  column('line.customerPartNo', 'Customer part number', '客户料号', textValue, '客户物料号', '客户货号', 'customer part no'),
  column('line.quantity', 'Quantity', '数量', decimalValue('quantity') as Read, '订货数量', 'qty'),
  column('line.unit', 'Unit', '单位', textValue, '计量单位'),
  column('line.unitPrice', 'Unit price', '单价', decimalValue('unit-price') as Read, '含税单价', '价格', 'price'),
  column(
    'line.discountPercent',
    'Discount',
    '折扣',
    coded('row.discount-invalid', discountValue) as Read,
    '折扣率',
    'discount percent',
    'discount %',
  ),
  column('line.taxRate', 'Tax rate', '税率', coded('row.tax-rate-invalid', taxRateValue) as Read, 'vat', 'vat rate'),
  column('line.deliverOn', 'Line deliver on', '行交期', coded('row.line-deliver-on-invalid', dateValue) as Read),
  column('line.note', 'Line note', '行备注', textValue, '明细备注'),
  column('line.amount', 'Line amount', '行金额'),
])
