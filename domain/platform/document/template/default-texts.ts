import type { Locale } from '../../../kernel/text.ts'
import type { DocumentKind } from '../document-view.ts'

/** The words of the built-in templates. */

const chinese = {
  colon: '：',
  titles: { quote: '报价单', order: '销售订单', 'delivery-note': '送货单', statement: '对账单' } as Record<DocumentKind, string>,
  revision: '第 {{ document.revision }} 版',
  details:
    '{{ firm.address }}\n{% if firm.phone != "" %}电话：{{ firm.phone }}{% endif %}{% if firm.email != "" %}　邮箱：{{ firm.email }}{% endif %}{% if firm.website != "" %}　{{ firm.website }}{% endif %}',
  customer: '客户',
  deliverTo: '收货信息',
  contact: '联系人',
  phone: '电话',
  email: '邮箱',
  address: '地址',
  taxNumber: '税号',
  numbers: { quote: '报价单号', order: '订单号', 'delivery-note': '送货单号', statement: '对账单号' } as Record<DocumentKind, string>,
  dates: { quote: '报价日期', order: '下单日期', 'delivery-note': '送货日期', statement: '对账期间' } as Record<DocumentKind, string>,
  validUntil: '有效期至',
  deliverOn: '交货日期',
  customerPo: '客户订单号',
  contract: '合同号',
  quoteNumber: '报价单号',
  orders: '订单号',
  warehouse: '出货仓库',
  carrier: '承运人',
  tracking: '运单号',
  currency: '币种',
  payment: '付款方式',
  person: '业务联系',
  period: '{{ document.from }} 至 {{ document.to }}',
  words: '金额大写',
  closingWords: '应付余额大写',
  instalments: '分期付款',
  terms: '条款说明',
  notes: '备注',
  bank: '收款账户',
  ours: { quote: '供方（盖章）', order: '供方（盖章）', 'delivery-note': '发货单位', statement: '制表单位（盖章）' } as Record<
    DocumentKind,
    string
  >,
  theirs: {
    quote: '需方（确认盖章）',
    order: '需方（确认盖章）',
    'delivery-note': '收货单位（签收）',
    statement: '客户确认（盖章）',
  } as Record<DocumentKind, string>,
  signature: '签字：',
  date: '日期：',
  formFooter: '制单：　　　　　　　送货人：　　　　　　　收货单位及经手人（签章）：',
  confirm: '以上账目请核对。如无异议，请在 7 日内盖章确认后回传；如有不符，请注明原因。',
  footers: '{{ firm.name }}',
  subjects: {
    quote: '{{ firm.name }} 报价单 {{ document.number }}',
    order: '{{ firm.name }} 销售订单 {{ document.number }}',
    'delivery-note': '{{ firm.name }} 送货单 {{ document.number }}',
    statement: '{{ firm.name }} 对账单 {{ document.from }} 至 {{ document.to }}',
  } as Record<DocumentKind, string>,
  messages: {
    quote:
      '{% if customer.contact != "" %}{{ customer.contact }}{% else %}{{ customer.name }}{% endif %}，您好！\n\n附件是我们的报价单 {{ document.number }}，合计 {{ totals.total }}{% if document.validUntil != "" %}，有效期至 {{ document.validUntil }}{% endif %}。\n\n您可以点击下面的按钮在线查看，并直接确认。如有任何问题，欢迎随时与我们联系。',
    order:
      '{% if customer.contact != "" %}{{ customer.contact }}{% else %}{{ customer.name }}{% endif %}，您好！\n\n附件是销售订单 {{ document.number }}，合计 {{ totals.total }}，请查收。',
    'delivery-note':
      '{% if customer.contact != "" %}{{ customer.contact }}{% else %}{{ customer.name }}{% endif %}，您好！\n\n附件是送货单 {{ document.number }}，请查收。',
    statement:
      '{% if customer.contact != "" %}{{ customer.contact }}{% else %}{{ customer.name }}{% endif %}，您好！\n\n附件是 {{ document.from }} 至 {{ document.to }} 的对账单，期末余额 {{ totals.closing }}。\n\n请核对后点击下面的按钮在线确认；如有不符，也请在那里告诉我们。',
  } as Record<DocumentKind, string>,
}

const english: typeof chinese = {
  colon: ': ',
  titles: { quote: 'Quotation', order: 'Sales Order', 'delivery-note': 'Delivery Note', statement: 'Statement of Account' },
  revision: 'Revision {{ document.revision }}',
  details:
    '{{ firm.address }}\n{% if firm.phone != "" %}Tel. {{ firm.phone }}{% endif %}{% if firm.email != "" %}  ·  {{ firm.email }}{% endif %}{% if firm.website != "" %}  ·  {{ firm.website }}{% endif %}',
  customer: 'To',
  deliverTo: 'Deliver to',
  contact: 'Attention',
  phone: 'Phone',
  email: 'Email',
  address: 'Address',
  taxNumber: 'Tax no.',
  numbers: { quote: 'Quotation no.', order: 'Order no.', 'delivery-note': 'Delivery note no.', statement: 'Statement no.' },
  dates: { quote: 'Date', order: 'Date', 'delivery-note': 'Date', statement: 'Period' },
  validUntil: 'Valid until',
  deliverOn: 'Delivery',
  customerPo: 'Your order',
  contract: 'Contract',
  quoteNumber: 'Quotation no.',
  orders: 'Order',
  warehouse: 'Warehouse',
  carrier: 'Carrier',
  tracking: 'Tracking no.',
  currency: 'Currency',
  payment: 'Payment',
  person: 'Your contact',
  period: '{{ document.from }} to {{ document.to }}',
  words: 'Amount in words',
  closingWords: 'Balance in words',
  instalments: 'Payment schedule',
  terms: 'Terms and conditions',
  notes: 'Remarks',
  bank: 'Bank details',
  ours: { quote: 'For the seller', order: 'For the seller', 'delivery-note': 'Delivered by', statement: 'Issued by' },
  theirs: {
    quote: 'Accepted by the buyer',
    order: 'Accepted by the buyer',
    'delivery-note': 'Received by',
    statement: 'Confirmed by the customer',
  },
  signature: 'Name and signature:',
  date: 'Date:',
  formFooter: 'Issued by:                          Delivered by:                          Received by (signature, stamp):',
  confirm: 'Please check this statement and return it signed within 7 days, or tell us where it differs from your books.',
  footers: '{{ firm.name }}',
  subjects: {
    quote: 'Quotation {{ document.number }} from {{ firm.name }}',
    order: 'Sales order {{ document.number }} from {{ firm.name }}',
    'delivery-note': 'Delivery note {{ document.number }} from {{ firm.name }}',
    statement: 'Statement of account from {{ firm.name }}, {{ document.from }} to {{ document.to }}',
  },
  messages: {
    quote:
      'Dear {% if customer.contact != "" %}{{ customer.contact }}{% else %}customer{% endif %},\n\nplease find attached our quotation {{ document.number }} over {{ totals.total }}{% if document.validUntil != "" %}, valid until {{ document.validUntil }}{% endif %}.\n\nThe button below shows it online, where you can accept it at once. Please do not hesitate to contact us with any question.',
    order:
      'Dear {% if customer.contact != "" %}{{ customer.contact }}{% else %}customer{% endif %},\n\nplease find attached our sales order {{ document.number }} over {{ totals.total }}.',
    'delivery-note':
      'Dear {% if customer.contact != "" %}{{ customer.contact }}{% else %}customer{% endif %},\n\nplease find attached our delivery note {{ document.number }}.',
    statement:
      'Dear {% if customer.contact != "" %}{{ customer.contact }}{% else %}customer{% endif %},\n\nplease find attached the statement of your account from {{ document.from }} to {{ document.to }}. The balance is {{ totals.closing }}.\n\nPlease check it and confirm it by the button below, or tell us there what differs from your books.',
  },
}

export type DefaultTexts = typeof chinese
export const defaultTexts: Record<Locale, DefaultTexts> = { 'zh-CN': chinese, en: english }
