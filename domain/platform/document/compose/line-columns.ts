import type { Locale } from '../../../kernel/text.ts'
import type { DocumentViewLine, SalesDocumentView, StatementMovement } from '../document-view.ts'
import { grouped, priceText, shortDate } from '../wording/format.ts'
import type { ComposedCell } from './composed.ts'

type Align = 'left' | 'center' | 'right'

/** A column that a template may show: its heading in both languages, how it is set, and what stands in it. */
export interface ColumnSpec<Row> {
  headings: Record<Locale, string>
  align: Align
  /** Takes what width is left over; the others are as wide as what is in them. */
  wraps?: boolean
  /** A number of something else, which may be broken before a text has to go into very short lines. */
  breaks?: boolean
  cell(row: Row, at: { index: number; locale: Locale; currency: string }): ComposedCell | undefined
}

const text = (value: string | undefined): ComposedCell | undefined => (value ? { text: value } : undefined)

function number(value: string | undefined, shown: (decimal: string) => string = grouped): ComposedCell | undefined {
  if (value === undefined) return undefined
  const worded = shown(value)
  return { text: worded, value: Number(value), decimals: worded.split('.')[1]?.length ?? 0 }
}

const rate = (value: string | undefined, locale: Locale): ComposedCell | undefined => {
  if (value === undefined) return undefined
  return { text: value === 'exempt' ? (locale === 'en' ? 'exempt' : '免税') : `${value}%` }
}

/** Name with model and specification below: one column where paper is narrow. */
function product({ description, model, spec, note }: DocumentViewLine): ComposedCell {
  const more = [[model, spec].filter(Boolean).join('  '), note ?? ''].filter(Boolean)
  return { text: description, ...(more.length > 0 ? { more } : {}) }
}

const described = ({ description, note }: DocumentViewLine): ComposedCell => ({ text: description, ...(note ? { more: [note] } : {}) })

/** Columns of quotes, orders and delivery notes. */
export const lineColumns = {
  position: {
    headings: { 'zh-CN': '序号', en: 'No.' },
    align: 'center',
    cell: (_, { index }) => ({ text: String(index + 1), value: index + 1, decimals: 0 }),
  },
  sku: { headings: { 'zh-CN': '编码', en: 'SKU' }, align: 'left', breaks: true, cell: ({ sku }) => text(sku) },
  product: { headings: { 'zh-CN': '品名及规格', en: 'Description' }, align: 'left', wraps: true, cell: product },
  description: { headings: { 'zh-CN': '品名', en: 'Description' }, align: 'left', wraps: true, cell: described },
  model: { headings: { 'zh-CN': '型号', en: 'Model' }, align: 'left', wraps: true, cell: ({ model }) => text(model) },
  spec: { headings: { 'zh-CN': '规格', en: 'Specification' }, align: 'left', wraps: true, cell: ({ spec }) => text(spec) },
  customerPartNo: {
    headings: { 'zh-CN': '客户料号', en: 'Your part no.' },
    align: 'left',
    breaks: true,
    cell: ({ customerPartNo }) => text(customerPartNo),
  },
  quantity: { headings: { 'zh-CN': '数量', en: 'Quantity' }, align: 'right', cell: ({ quantity }) => number(quantity) },
  unit: { headings: { 'zh-CN': '单位', en: 'Unit' }, align: 'center', cell: ({ unit }) => text(unit) },
  unitPrice: { headings: { 'zh-CN': '单价', en: 'Unit price' }, align: 'right', cell: ({ unitPrice }) => number(unitPrice, priceText) },
  discount: {
    headings: { 'zh-CN': '折扣', en: 'Discount' },
    align: 'right',
    cell: ({ discountPercent }) => text(discountPercent && `${discountPercent}%`),
  },
  taxRate: { headings: { 'zh-CN': '税率', en: 'Tax' }, align: 'right', cell: ({ taxRate }, { locale }) => rate(taxRate, locale) },
  amount: { headings: { 'zh-CN': '金额', en: 'Amount' }, align: 'right', cell: ({ amount }) => number(amount) },
  net: { headings: { 'zh-CN': '不含税金额', en: 'Net' }, align: 'right', cell: ({ net }) => number(net) },
  tax: { headings: { 'zh-CN': '税额', en: 'Tax amount' }, align: 'right', cell: ({ tax }) => number(tax) },
  gross: { headings: { 'zh-CN': '价税合计', en: 'Gross' }, align: 'right', cell: ({ gross }) => number(gross) },
  deliverOn: {
    headings: { 'zh-CN': '交货日期', en: 'Delivery' },
    align: 'center',
    cell: ({ deliverOn }, { locale }) => text(deliverOn && shortDate(deliverOn, locale)),
  },
  note: { headings: { 'zh-CN': '备注', en: 'Remarks' }, align: 'left', wraps: true, cell: ({ note }) => text(note) },
  orderNumber: {
    headings: { 'zh-CN': '订单号', en: 'Order' },
    align: 'left',
    breaks: true,
    cell: ({ orderNumber }) => text(orderNumber),
  },
  customerPo: {
    headings: { 'zh-CN': '客户订单号', en: 'Your order' },
    align: 'left',
    breaks: true,
    cell: ({ customerPo }) => text(customerPo),
  },
} satisfies Record<string, ColumnSpec<DocumentViewLine>>

const movementNames: Record<StatementMovement['kind'], Record<Locale, string>> = {
  shipment: { 'zh-CN': '送货', en: 'Delivery' },
  receivable: { 'zh-CN': '应收', en: 'Charge' },
  return: { 'zh-CN': '退货', en: 'Return' },
  'credit-note': { 'zh-CN': '红字', en: 'Credit note' },
  receipt: { 'zh-CN': '收款', en: 'Payment' },
  deduction: { 'zh-CN': '扣款', en: 'Deduction' },
  refund: { 'zh-CN': '退款', en: 'Refund' },
  'write-off': { 'zh-CN': '核销', en: 'Write-off' },
  reversal: { 'zh-CN': '冲销', en: 'Reversal' },
  other: { 'zh-CN': '其他', en: 'Other' },
}

/** What a movement of a statement is called. */
export const movementName = (kind: StatementMovement['kind'], locale: Locale): string => movementNames[kind][locale]

/** Columns of statements. */
export const statementColumns = {
  on: { headings: { 'zh-CN': '日期', en: 'Date' }, align: 'center', cell: ({ on }, { locale }) => text(shortDate(on, locale)) },
  kind: { headings: { 'zh-CN': '摘要', en: 'Item' }, align: 'center', cell: ({ kind }, { locale }) => text(movementName(kind, locale)) },
  number: { headings: { 'zh-CN': '单号', en: 'Number' }, align: 'left', breaks: true, cell: (row) => text(row.number) },
  customerPo: { headings: lineColumns.customerPo.headings, align: 'left', breaks: true, cell: (row) => text(row.customerPo) },
  product: {
    headings: lineColumns.product.headings,
    align: 'left',
    wraps: true,
    cell: (row) => (row.description ? product({ quantity: '', ...row, description: row.description }) : undefined),
  },
  description: { headings: { 'zh-CN': '品名', en: 'Description' }, align: 'left', wraps: true, cell: (row) => text(row.description) },
  model: { headings: { 'zh-CN': '型号', en: 'Model' }, align: 'left', wraps: true, cell: (row) => text(row.model) },
  quantity: {
    headings: lineColumns.quantity.headings,
    align: 'right',
    cell: ({ quantity, unit }) => {
      const cell = number(quantity)
      return cell && unit ? { ...cell, text: `${cell.text} ${unit}` } : cell
    },
  },

  unitPrice: { headings: lineColumns.unitPrice.headings, align: 'right', cell: (row) => number(row.unitPrice, priceText) },
  charge: { headings: { 'zh-CN': '应收', en: 'Charged' }, align: 'right', cell: (row) => number(row.charge) },
  payment: { headings: { 'zh-CN': '收款/冲减', en: 'Paid' }, align: 'right', cell: (row) => number(row.payment) },
  balance: { headings: { 'zh-CN': '余额', en: 'Balance' }, align: 'right', cell: (row) => number(row.balance) },
} satisfies Record<string, ColumnSpec<StatementMovement>>

type LineColumn = keyof typeof lineColumns
type StatementColumn = keyof typeof statementColumns
export type ColumnField = LineColumn | StatementColumn

/** Tells `含税` prices from `不含税` ones in the headings. */
export function priceHeading(
  field: string,
  heading: string,
  { pricesIncludeTax }: Pick<SalesDocumentView, 'pricesIncludeTax'>,
  locale: Locale,
): string {
  if ((field !== 'unitPrice' && field !== 'amount') || pricesIncludeTax === undefined || locale === 'en') return heading
  return `${pricesIncludeTax ? '含税' : '不含税'}${heading}`
}
