import type { Context } from '../../kernel/context.ts'
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
import { find } from '../../store/read.ts'
import { quotes } from '../quote/quote.table.ts'
import type { Quote } from '../quote/quote.ts'
import { quoteLink } from '../quote/quote-link.ts'
import { statusOn } from '../quote/rules.ts'
import type { QuotePage } from './quote-page.ts'

const discountText: Record<Locale, (percent: string) => string> = {
  'zh-CN': (percent) => `优惠 ${percent}%`,
  en: (percent) => `${percent}% off`,
}

function presentLine(line: DocumentViewLine, currency: string, locale: Locale): QuotePage['lines'][number] {
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

/** The link to the latest revision, when that one was sent too. */
async function newerLink(ctx: Context, quote: Quote): Promise<string | undefined> {
  let newest: Quote | undefined = quote
  for (let steps = 0; newest?.supersededById && steps < 50; steps++) newest = await find(ctx, quotes, newest.supersededById)
  return newest && newest.id !== quote.id && newest.sentAt ? quoteLink(ctx, newest) : undefined
}

/** What the page of a quote shows on a day. */
export async function presentQuotePage(
  ctx: Context,
  { quote, view, day }: { quote: Quote; view: SalesDocumentView; day: string },
  firm: QuotePage['firm'],
): Promise<Omit<QuotePage, 'nonce' | 'pdf'>> {
  const locale = view.locale ?? ctx.tenant.locale
  const { currency } = view
  const status = statusOn(quote, day)
  const newer = status === 'superseded' ? await newerLink(ctx, quote) : undefined
  return {
    locale,
    view,
    status,
    firm,
    ...(quote.decision ? { decision: quote.decision } : {}),
    ...(newer ? { newer } : {}),
    lines: view.lines.map((line) => presentLine(line, currency, locale)),
    totals: composeTotals(view, locale).rows,
    words: view.totals ? amountInWords({ amount: view.totals.total, currency }, locale) : '',
    paymentTerms: view.paymentTerms ? paymentTermsText(view.paymentTerms, locale) : '',
  }
}
