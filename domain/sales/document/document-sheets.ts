import { textValue } from '../../kernel/cell-values.ts'
import { column, momentColumn, partsOfField } from '../../kernel/transfer-field.ts'
import type { TransferField, TransferKind } from '../../kernel/transfer-kind.ts'
import { customerColumns } from '../../parties/index.ts'
import { listQuotes, quoteList } from '../quote/list-quotes.ts'
import { quotes } from '../quote/quote.table.ts'
import type { Quote } from '../quote/quote.ts'
import { quoteKind } from '../quote/quote-kind.ts'
import { shownQuote } from '../quote/show-quote.ts'
import { listShipments, shipmentList } from '../shipment/list-shipments.ts'
import { shipments } from '../shipment/shipment.table.ts'
import type { Shipment } from '../shipment/shipment.ts'
import { shipmentKind } from '../shipment/shipment-kind.ts'
import { shownShipment } from '../shipment/show-shipment.ts'
import { documentRows, withDetails } from './document-rows.ts'

const totals: TransferField[] = [
  column('currency', 'Currency', '币种'),
  column('exchangeRate', 'Exchange rate', '汇率'),
  column('pricesIncludeTax', 'Prices include tax', '含税'),
  column('netTotal', 'Net total', '不含税金额'),
  column('total', 'Total', '价税合计'),
  column('notes', 'Notes', '备注'),
]

const lines: TransferField[] = partsOfField('lines', [
  column('line.sku', 'SKU', '货号'),
  column('line.description', 'Description', '品名'),
  column('line.model', 'Model', '型号'),
  column('line.spec', 'Specification', '规格'),
  column('line.quantity', 'Quantity', '数量'),
  column('line.unit', 'Unit', '单位'),
  column('line.unitPrice', 'Unit price', '单价'),
  column('line.discountPercent', 'Discount', '折扣'),
  column('line.taxRate', 'Tax rate', '税率'),
  column('line.amount', 'Line amount', '行金额'),
])

/** What a document goes out with: itself, whose it is, and `own` of its kind, once for each of its lines. */
const columnsOf = (...own: TransferField[]): TransferField[] => [
  column('id', 'ID', 'ID', textValue),
  column('externalId', 'External ID', '外部编号'),
  column('number', 'Number', '单号'),
  ...customerColumns('customer', 'Customer', '客户'),
  column('status', 'Status', '状态'),
  ...own,
  ...totals,
  ...lines,
  momentColumn('createdAt', 'Created', '创建时间'),
]

const outwards = { required: [], matchers: {}, compose: async () => ({}), exportOnly: true as const, flatten: documentRows }

/** Quotes go out in sheets, a row for each line. */
export const quoteSheet: TransferKind<Quote> = {
  ...outwards,
  kind: quoteKind,
  label: { en: 'Quotes', 'zh-CN': '报价单' },
  fields: columnsOf(
    column('revision', 'Revision', '版本'),
    column('quotedOn', 'Quoted on', '报价日期'),
    column('validUntil', 'Valid until', '有效期至'),
  ),
  list: { spec: quoteList, read: async (ctx, input) => withDetails(ctx, quotes, await listQuotes(ctx, input)) },
  present: shownQuote,
}

/** Shipments go out in sheets, a row for each line. */
export const shipmentSheet: TransferKind<Shipment> = {
  ...outwards,
  kind: shipmentKind,
  label: { en: 'Shipments', 'zh-CN': '出货单' },
  fields: columnsOf(
    column('shippedOn', 'Shipped on', '发货日期'),
    column('carrier', 'Carrier', '承运人'),
    column('trackingNumber', 'Tracking number', '运单号'),
    column('signedOn', 'Signed on', '签收日期'),
    ...partsOfField('salesRepId', [column('salesRep.name', 'Sales rep', '业务员')]),
  ),
  list: { spec: shipmentList, read: async (ctx, input) => withDetails(ctx, shipments, await listShipments(ctx, input)) },
  present: shownShipment,
}
