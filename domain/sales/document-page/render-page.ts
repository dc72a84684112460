import { html } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'
import {
  contactCard,
  documentDate,
  documentPage,
  firmHeader,
  noticePage,
  type PageFirm,
  type SalesDocumentView,
  stateCard,
  wordsCard,
} from '../../platform/index.ts'
import { linesCard, summaryCard } from './document-cards.ts'
import { documentPageTexts } from './page-texts.ts'
import { type PresentedDocument, presentDocument } from './present-document.ts'

/** The page of an order or a delivery note, as the customer sees it. */
interface SentPage {
  locale: Locale
  nonce: string
  /** Where the PDF is. */
  pdf: string
  view: SalesDocumentView
  firm: PageFirm
  /** A data address of the logo. */
  logo?: string
}

/** Who takes goods in need not know what they cost: prices of a delivery note are for its template, and its PDF, to show. */
function withoutPrices(shown: PresentedDocument): PresentedDocument {
  return { lines: shown.lines.map((line) => ({ ...line, price: '', amount: '' })), totals: [], words: '', paymentTerms: '' }
}

function factsOf({ view, locale }: SentPage, paymentTerms: string): [string, string | undefined][] {
  const texts = documentPageTexts[locale]
  const { date, deliverOn, deliverTo, customer, customerPo, carrier, trackingNumber } = view
  const { date: dated } = texts[view.kind as 'order' | 'delivery-note']
  return [
    [texts.to, customer.name],
    [dated, documentDate(date, locale)],
    [texts.deliverOn, deliverOn && documentDate(deliverOn, locale)],
    [texts.deliverTo, [deliverTo?.address, deliverTo?.contact, deliverTo?.phone].filter(Boolean).join(' ')],
    [texts.carrier, [carrier, trackingNumber].filter(Boolean).join(' ')],
    [texts.customerPo, customerPo],
    [texts.payment, paymentTerms],
  ]
}

/** The page of an order or a delivery note. */
export function renderDocumentPage(page: SentPage): string {
  const { view, locale, firm, pdf, nonce } = page
  const texts = documentPageTexts[locale]
  const { title, lines } = texts[view.kind as 'order' | 'delivery-note']
  const all = presentDocument(view, locale)
  const shown = view.kind === 'delivery-note' ? withoutPrices(all) : all
  const summary = { title, number: view.number, totals: shown.totals, facts: factsOf(page, shown.paymentTerms), pdf }
  const body = html`${firmHeader(firm, page.logo)}${view.state === 'cancelled' && stateCard('superseded', texts.cancelled)}
${summaryCard({ ...summary, download: texts.download })}${linesCard(lines, shown)}
${wordsCard(texts.notes, view.notes)}${contactCard(texts.contact, view.contactPerson, firm)}`
  return documentPage({ locale, title: `${title} ${view.number}`, nonce, body })
}

/** The page instead of one that cannot be shown. */
export const renderDocumentOutcome = (outcome: 'invalid' | 'expired-link' | 'failed', to: Pick<SentPage, 'locale' | 'nonce'>): string =>
  noticePage(documentPageTexts[to.locale].outcomes[outcome], to)
