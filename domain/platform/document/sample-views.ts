import type { DocumentKind, DocumentView, SalesDocumentView } from './document-view.ts'
import { contactPerson, customer, lines } from './sample-parts.ts'
import { statement } from './sample-statement.ts'

/** Invented documents of every kind: what the preview of a template shows, and tests render. */

const sales = {
  currency: 'CNY',
  customer,
  contactPerson,
  pricesIncludeTax: true,
  lines,
  totals: { net: '30098.33', tax: '3701.67', discount: '34.40', total: '33800.00' },
  paymentTerms: { kind: 'monthly', from: 'shipment', cutoffDay: 25, months: 1 },
} satisfies Partial<SalesDocumentView>

const quote: SalesDocumentView = {
  ...sales,
  kind: 'quote',
  number: 'QT202611-0042',
  revision: 2,
  date: '2026-11-21',
  validUntil: '2026-12-21',
  terms: '1. 交货期：收到订单后 10 个工作日内发货。\n2. 运费：单笔订单满 5,000 元包邮，其余由需方承担。\n3. 质保：自签收之日起 12 个月。',
  notes: '伺服电机可提供样机试用，如需请提前三天告知。',
}

const order: SalesDocumentView = {
  ...sales,
  kind: 'order',
  number: 'SO202611-0018',
  date: '2026-11-24',
  deliverOn: '2026-12-08',
  customerPo: 'PO-2026-1187',
  contractNumber: 'HX-GX-2026-031',
  quoteNumber: 'QT202611-0042',
  instalments: [
    { trigger: 'confirm', days: 3, amount: '10140.00' },
    { trigger: 'signed', days: 30, amount: '23660.00' },
  ],
}

const deliveryNote: SalesDocumentView = {
  ...sales,
  kind: 'delivery-note',
  number: 'DN202612-0007',
  date: '2026-12-07',
  orderNumbers: ['SO202611-0018'],
  customerPo: 'PO-2026-1187',
  deliverTo: { name: customer.name, contact: '王仓管', phone: '139 8765 4321', address: '江苏省苏州市工业园区星湖街 328 号 2 号仓库' },
  warehouse: '上海一号仓',
  carrier: '顺丰速运',
  trackingNumber: 'SF1390276655123',
  lines: lines.slice(0, 4).map(({ net: _net, tax: _tax, gross: _gross, ...line }) => line),
  totals: { net: '27110.09', tax: '3524.31', discount: '0.00', total: '30634.40' },
  notes: '请当面点清数量，如有破损请在签收单上注明。',
}

const samples: Record<DocumentKind, DocumentView> = { quote, order, 'delivery-note': deliveryNote, statement }

/** The sample of a kind. */
export const sampleView = (kind: DocumentKind): DocumentView => samples[kind]
