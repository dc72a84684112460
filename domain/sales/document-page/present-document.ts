import type { Locale } from '../../kernel/text.ts'
import {
  amountInWords,
  composeTotals,
  type DocumentViewLine,
  documentAmount,
  documentPrice,
  paymentTermsText,
  type SalesDocumentView,
} from '../../platform/index.ts'

/** A document in the columns of its page, worded. */
export interface PresentedDocument {
  lines: { description: string; details: string; note: string; quantity: string; price: string; amount: string }[]
  totals: { label: string; text: string; strong?: boolean }[]
  words: string
  paymentTerms: string
}

const discountText: Record<Locale, (percent: string) => string> = {
  'zh-CN': (percent) => `优惠 ${percent}%`,
  en: (percent) => `${percent}% off`,
}

function presentLine(line: DocumentViewLine, currency: string, locale: Locale): PresentedDocument['lines'][number] {
  const { description, model, spec, customerPartNo, quantity, unit, unitPrice, discountPercent, amount, note = '' } = line
  const discount = discountPercent && discountPercent !== '0' ? discountText[locale](discountPercent) : ''
  return {
    description,
    details: [model, spec, customerPartNo, discount].filter(Boolean).join(' · '),
    note,
    quantity: [quantity, unit].filter(Boolean).join(' '),
    price: unitPrice ? documentPrice(unitPrice) : '',
    amount: amount ? documentAmount(amount, currency) : '',
  }
}

/** What the page of a document shows of its lines and sums. */
export function presentDocument(view: SalesDocumentView, locale: Locale): PresentedDocument {
  const { currency } = view
  return {
    lines: view.lines.map((line) => presentLine(line, currency, locale)),
    totals: composeTotals(view, locale).rows,
    words: view.totals ? amountInWords({ amount: view.totals.total, currency }, locale) : '',
    paymentTerms: view.paymentTerms ? paymentTermsText(view.paymentTerms, locale) : '',
  }
}
