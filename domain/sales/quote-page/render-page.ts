import { type Html, html } from '../../kernel/html.ts'
import {
  contactCard,
  documentDate,
  documentPage,
  firmHeader,
  inputField,
  nameField,
  noticePage,
  stateCard,
  textField,
  wordsCard,
} from '../../platform/index.ts'
import { linesCard, summaryCard } from '../document-page/document-cards.ts'
import { quotePageTexts } from './page-texts.ts'
import type { QuotePage, QuotePageOutcome } from './quote-page.ts'

type Texts = (typeof quotePageTexts)['en']

function summary({ view, totals, paymentTerms, locale, pdf }: QuotePage, texts: Texts): Html {
  const revision = (view.revision ?? 1) > 1 ? texts.revision(view.revision!) : undefined
  const facts: [string, string | undefined][] = [
    [texts.to, view.customer.name],
    [texts.date, documentDate(view.date, locale)],
    [texts.validUntil, view.validUntil && documentDate(view.validUntil, locale)],
    [texts.payment, paymentTerms],
  ]
  const number = [view.number, revision].filter(Boolean).join(' · ')
  return summaryCard({ title: texts.title, number, totals, facts, pdf, download: texts.download })
}

/** What became of it, for one that cannot be answered (any more). */
function state({ status, decision, newer, locale }: QuotePage, texts: Texts): Html | false {
  if (status === 'sent' || status === 'draft') return false
  const said = texts[status]
  const by = decision && texts.by(decision.name ?? '', documentDate(decision.on, locale))
  const link = !!newer && html`<p><a class="button" href="${newer}">${texts.newer}</a></p>`
  return stateCard(status, said, by, link)
}

function answer({ status, fault, entered = {} }: QuotePage, texts: Texts): Html | false {
  if (status !== 'sent') return false
  const declines = entered.action === 'decline'
  return html`<section class="card" id="answer"><h2>${texts.answer}</h2>
${fault && html`<p class="fault" role="alert">${texts.faults[fault]}</p>`}
<form method="post"><input type="hidden" name="action" value="accept">
${nameField('name', texts.name, entered.name)}
${inputField('po', texts.customerPo, entered.customerPo, html`name="customerPo" maxlength="100"`)}
${textField('comment', texts.comment, entered.comment)}
<button class="save">${texts.accept}</button><p class="hint">${texts.acceptHint}</p></form>
<details${declines && html` open`}><summary>${texts.decline}</summary>
<form method="post"><input type="hidden" name="action" value="decline"><p class="hint">${texts.declineHint}</p>
${nameField('decliner', texts.name, entered.name)}
${textField('reason', texts.reason, entered.reason, true)}
<button>${texts.send}</button></form></details></section>`
}

/** The page of a quote. */
export function renderQuotePage(page: QuotePage): string {
  const texts = quotePageTexts[page.locale]
  const { view } = page
  const body = html`${firmHeader(page.firm, page.logo)}${state(page, texts)}${summary(page, texts)}${linesCard(texts.lines, page)}
${wordsCard(texts.terms, view.terms)}${wordsCard(texts.notes, view.notes)}${answer(page, texts)}
${contactCard(texts.contact, view.contactPerson, page.firm)}`
  return documentPage({ locale: page.locale, title: `${texts.title} ${view.number}`, nonce: page.nonce, body })
}

/** The page instead of one that cannot be shown. */
export const renderQuoteOutcome = (outcome: QuotePageOutcome, to: Pick<QuotePage, 'locale' | 'nonce'>): string =>
  noticePage(quotePageTexts[to.locale].outcomes[outcome], to)
