import type { Locale } from '../../kernel/text.ts'

/** The words of the page of an order or a delivery note. */

const chinese = {
  order: { title: '销售订单', date: '下单日期', lines: '订单明细' },
  'delivery-note': { title: '送货单', date: '发货日期', lines: '送货明细' },
  to: '客户',
  deliverTo: '收货地址',
  deliverOn: '交货日期',
  customerPo: '贵司订单号',
  payment: '付款方式',
  carrier: '承运',
  download: '下载 PDF',
  notes: '备注',
  contact: '业务联系',
  cancelled: { title: '已取消', text: '这份单据已取消。如有疑问，请与我们联系。' },
  outcomes: {
    invalid: { title: '链接无效', text: '请检查链接是否完整，或联系向您发送单据的业务人员。' },
    'expired-link': { title: '链接已过期', text: '请联系向您发送单据的业务人员，重新发送。' },
    failed: { title: '出了点问题', text: '请稍后再打开这个链接。' },
  },
}

const english: typeof chinese = {
  order: { title: 'Sales Order', date: 'Date', lines: 'What was ordered' },
  'delivery-note': { title: 'Delivery Note', date: 'Shipped on', lines: 'What was delivered' },
  to: 'To',
  deliverTo: 'Deliver to',
  deliverOn: 'Delivery',
  customerPo: 'Your order number',
  payment: 'Payment',
  carrier: 'Carrier',
  download: 'Download PDF',
  notes: 'Remarks',
  contact: 'Your contact',
  cancelled: { title: 'Cancelled', text: 'This document was cancelled. Should you have any question, please contact us.' },
  outcomes: {
    invalid: { title: 'This link is not valid', text: 'Please check that it is complete, or ask whoever sent you the document.' },
    'expired-link': { title: 'This link has expired', text: 'Please ask whoever sent you the document to send it again.' },
    failed: { title: 'Something went wrong', text: 'Please open the link again in a while.' },
  },
}

export const documentPageTexts: Record<Locale, typeof chinese> = { 'zh-CN': chinese, en: english }
