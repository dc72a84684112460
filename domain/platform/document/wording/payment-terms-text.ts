import type { Locale } from '../../../kernel/text.ts'
import type { DocumentPaymentTerms, SalesDocumentView } from '../document-view.ts'
import { amountText, dateText } from './format.ts'

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

type Monthly = Extract<DocumentPaymentTerms, { kind: 'monthly' }>

function monthlyInChinese({ cutoffDay, months, days, payDay, from }: Monthly): string {
  const cutoff = cutoffDay === 31 ? '月末截止' : `每月 ${cutoffDay} 日截止`
  const wait = [months ? `${months} 个月` : '', days ? `${days} 天` : ''].filter(Boolean).join('零 ')
  const pay = payDay ? `，${payDay === 31 ? '月末' : `${payDay} 日`}付款` : ''
  return `月结${wait ? ` ${wait}` : ''}（${cutoff}${from === 'signed' ? '，以签收日计' : ''}${pay}）`
}

function monthlyInEnglish({ cutoffDay, months, days, payDay, from }: Monthly): string {
  const cutoff = cutoffDay === 31 ? 'month-end cut-off' : `cut-off on day ${cutoffDay} of the month`
  const wait = [months ? counted(months, 'month') : '', days ? counted(days, 'day') : ''].filter(Boolean).join(' and ')
  const pay = payDay ? `, paid on ${payDay === 31 ? 'the last day of the month' : `day ${payDay}`}` : ''
  return `Monthly settlement, ${cutoff}${from === 'signed' ? ' by date of receipt' : ''}${wait ? `, due ${wait} later` : ''}${pay}`
}

/** Terms of payment as they are read on a document: `月结 1 个月（每月 25 日截止）`, `30 days from delivery`. */
export function paymentTermsText(terms: DocumentPaymentTerms, locale: Locale): string {
  const isEnglish = locale === 'en'
  if (terms.kind === 'prepaid') return isEnglish ? 'Payment in advance' : '款到发货'
  if (terms.kind === 'monthly') return isEnglish ? monthlyInEnglish(terms) : monthlyInChinese(terms)
  const { days, from } = terms
  if (isEnglish) {
    const start = from === 'signed' ? 'receipt' : 'delivery'
    return days === 0 ? `Due on ${start}` : `${counted(days, 'day')} from ${start}`
  }
  const start = from === 'signed' ? '签收' : '发货'
  return days === 0 ? `${start}当日付款` : `${start}后 ${days} 天内付款`
}

type Instalment = NonNullable<SalesDocumentView['instalments']>[number]

const chinese: Record<Instalment['trigger'], string> = {
  confirm: '订单确认',
  'before-shipment': '发货前',
  dispatch: '发货',
  signed: '签收',
  date: '',
}
const english: Record<Instalment['trigger'], string> = {
  confirm: 'order confirmation',
  'before-shipment': 'shipment',
  dispatch: 'dispatch',
  signed: 'receipt',
  date: '',
}

/** When an instalment falls due: `签收后 30 天`, `3 days after order confirmation`. */
function whenInstalment({ trigger, days = 0, on }: Instalment, locale: Locale): string {
  if (trigger === 'date' && on) return dateText(on, locale)
  if (locale === 'en') {
    if (trigger === 'before-shipment') return days > 0 ? `${counted(days, 'day')} before shipment` : 'before shipment'
    return days > 0 ? `${counted(days, 'day')} after ${english[trigger]}` : `on ${english[trigger]}`
  }
  if (trigger === 'before-shipment') return days > 0 ? `发货前 ${days} 天` : chinese[trigger]
  return days > 0 ? `${chinese[trigger]}后 ${days} 天内` : `${chinese[trigger]}时`
}

/** One line for each instalment. */
export const instalmentsText = (instalments: readonly Instalment[], currency: string, locale: Locale): string =>
  instalments
    .map((part, i) =>
      locale === 'en'
        ? `${i + 1}. ${amountText(part.amount, currency)} ${whenInstalment(part, locale)}`
        : `第 ${i + 1} 期：${whenInstalment(part, locale)}付 ${amountText(part.amount, currency)}`,
    )
    .join('\n')
