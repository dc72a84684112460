import type { DocumentKind, DocumentView, DocumentViewLine, SalesDocumentView, StatementView } from './document-view.ts'

/** Invented documents of every kind: what the preview of a template shows, and tests render. */

const customer = {
  name: '苏州恒信精密机械有限公司',
  contact: '陈建国',
  phone: '138 1234 5678',
  email: 'chen.jianguo@hengxin.example',
  address: '江苏省苏州市工业园区星湖街 328 号 5 幢',
  taxNumber: '91320594MA1NXXXX0K',
}

const contactPerson = { name: '林晓梅', phone: '+86 21 6288 1234', email: 'lin@example.com' }

const lines: DocumentViewLine[] = [
  {
    sku: 'BRG-6204',
    description: '深沟球轴承',
    model: '6204-2RS',
    spec: '20×47×14 mm',
    customerPartNo: 'HX-1008',
    quantity: '500',
    unit: '只',
    unitPrice: '12.8',
    taxRate: '13',
    amount: '6400.00',
    net: '5657.96',
    tax: '735.53',
    gross: '6393.49',
  },
  {
    sku: 'GRD-25',
    description: '直线导轨',
    model: 'HGH25CA',
    spec: 'L=1000 mm，含滑块 2 只',
    quantity: '24',
    unit: '套',
    unitPrice: '468',
    discountPercent: '5',
    taxRate: '13',
    amount: '10670.40',
    net: '9433.23',
    tax: '1226.32',
    gross: '10659.55',
  },
  {
    sku: 'SRV-750',
    description: '交流伺服电机',
    model: 'ECMA-C20807RS',
    spec: '750 W / 220 V / 3000 rpm',
    quantity: '8',
    unit: '台',
    unitPrice: '1650',
    taxRate: '13',
    amount: '13200.00',
    net: '11669.54',
    tax: '1517.04',
    gross: '13186.58',
    note: '含 3 米动力线与编码器线',
  },
  {
    sku: 'CPL-14',
    description: '梅花联轴器',
    model: 'D40L55',
    spec: '孔径 14×19 mm',
    quantity: '8',
    unit: '只',
    unitPrice: '45.5',
    taxRate: '13',
    amount: '364.00',
    net: '321.80',
    tax: '41.83',
    gross: '363.63',
  },
  {
    description: '现场安装与调试',
    spec: '2 名工程师，2 个工作日',
    quantity: '1',
    unit: '项',
    unitPrice: '3200',
    taxRate: '6',
    amount: '3200.00',
    net: '3015.80',
    tax: '180.95',
    gross: '3196.75',
  },
]

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

const statement: StatementView = {
  kind: 'statement',
  number: '2026-11',
  currency: 'CNY',
  customer,
  contactPerson,
  from: '2026-10-26',
  to: '2026-11-25',
  opening: '18600.00',
  charged: '17034.40',
  paid: '20000.00',
  closing: '15634.40',
  overdue: '0.00',
  movements: [
    {
      on: '2026-10-30',
      kind: 'shipment',
      number: 'DN202610-0031',
      customerPo: 'PO-2026-1102',
      description: '深沟球轴承',
      model: '6204-2RS',
      quantity: '500',
      unit: '只',
      unitPrice: '12.8',
      charge: '6400.00',
      balance: '25000.00',
    },
    {
      on: '2026-10-30',
      kind: 'shipment',
      number: 'DN202610-0031',
      customerPo: 'PO-2026-1102',
      description: '直线导轨',
      model: 'HGH25CA',
      quantity: '24',
      unit: '套',
      unitPrice: '444.6',
      charge: '10670.40',
      balance: '35670.40',
    },
    { on: '2026-11-05', kind: 'receipt', number: 'RC202611-0009', payment: '20000.00', balance: '15670.40' },
    {
      on: '2026-11-12',
      kind: 'return',
      number: 'CN202611-0002',
      description: '梅花联轴器',
      model: 'D40L55',
      quantity: '-1',
      unit: '只',
      unitPrice: '36',
      charge: '-36.00',
      balance: '15634.40',
    },
  ],
}

const samples: Record<DocumentKind, DocumentView> = { quote, order, 'delivery-note': deliveryNote, statement }

/** The sample of a kind. */
export const sampleView = (kind: DocumentKind): DocumentView => samples[kind]
