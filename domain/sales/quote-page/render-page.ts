import { type Html, html, oneLine } from '../../kernel/html.ts'
import { documentDate, pageFrame } from '../../platform/index.ts'
import { quotePageStyle } from './page-style.ts'
import { quotePageTexts } from './page-texts.ts'
import { NAME_MAX, type QuotePage, type QuotePageOutcome, TEXT_MAX } from './quote-page.ts'

type Texts = (typeof quotePageTexts)['en']

const named = (label: string, text: string | undefined): Html | false => !!text && html`<div><dt>${label}</dt><dd>${text}</dd></div>`

const block = (heading: string, text: string | undefined): Html | false =>
  !!text &&
  html`<section class="card words"><h2>${heading}</h2>${text.split('\n').map((line) => html`<p>${line || '\u00a0'}</p>`)}</section>`

/** The number for a `tel:` link. */
const dialled = (phone: string) => phone.replace(/[^\d+]/g, '')

function top({ firm, logo }: QuotePage): Html {
  return html`<header class="firm">${logo && html`<img src="${logo}" alt="">`}<div><strong><bdi>${oneLine(firm.name)}</bdi></strong>
<p class="faint">${[firm.address, firm.phone, firm.email].filter(Boolean).join(' · ')}</p></div></header>`
}

function summary({ view, totals, paymentTerms, locale, pdf }: QuotePage, texts: Texts): Html {
  const total = totals.find(({ strong }) => strong)
  const revision = (view.revision ?? 1) > 1 ? texts.revision(view.revision!) : undefined
  return html`<section class="card top"><div class="head"><div><h1>${texts.title}</h1><p class="faint">${[view.number, revision].filter(Boolean).join(' · ')}</p></div>
${total && html`<p class="total">${total.text}</p>`}</div>
<dl class="facts">${named(texts.to, view.customer.name)}${named(texts.date, documentDate(view.date, locale))}${
    view.validUntil ? named(texts.validUntil, documentDate(view.validUntil, locale)) : false
  }${named(texts.payment, paymentTerms)}</dl>
<p><a class="button" href="${pdf}" download>${texts.download}</a></p></section>`
}

function offered({ lines, totals, words }: QuotePage, texts: Texts): Html {
  const rows = lines.map(
    (
      line,
      i,
    ) => html`<li><span class="no">${i + 1}</span><div class="what"><strong>${line.description}</strong>${line.details && html`<p class="faint">${line.details}</p>`}${line.note && html`<p class="faint">${line.note}</p>`}</div>
<span class="much">${line.quantity}</span><span class="price">${line.price && html`<i> × </i>${line.price}`}</span><span class="amount">${line.amount}</span></li>`,
  )
  return html`<section class="card"><h2>${texts.lines}</h2><ol class="lines">${rows}</ol>
<dl class="sums">${totals.map(({ label, text, strong }) => html`<div class="${strong ? 'strong' : ''}"><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>
${words && html`<p class="faint">${words}</p>`}</section>`
}

/** What became of it, for one that cannot be answered (any more). */
function state({ status, decision, newer, locale }: QuotePage, texts: Texts): Html | false {
  if (status === 'sent' || status === 'draft') return false
  const said = texts[status]
  const by = decision && texts.by(decision.name ?? '', documentDate(decision.on, locale))
  return html`<section class="card state ${status}" role="status"><h2>${said.title}</h2>${by && html`<p class="faint">${by}</p>`}<p>${said.text}</p>
${newer && html`<p><a class="button" href="${newer}">${texts.newer}</a></p>`}</section>`
}

const field = (id: string, label: string, value: string | undefined, more: Html): Html =>
  html`<label class="name" for="${id}">${label}</label><input id="${id}" value="${value}" ${more}>`

function answer({ status, fault, entered = {} }: QuotePage, texts: Texts): Html | false {
  if (status !== 'sent') return false
  const declines = entered.action === 'decline'
  const required = html`name="name" required maxlength="${NAME_MAX}" autocomplete="name"`
  return html`<section class="card" id="answer"><h2>${texts.answer}</h2>
${fault && html`<p class="fault" role="alert">${texts.faults[fault]}</p>`}
<form method="post"><input type="hidden" name="action" value="accept">
${field('name', texts.name, entered.name, required)}
${field('po', texts.customerPo, entered.customerPo, html`name="customerPo" maxlength="100"`)}
<label class="name" for="comment">${texts.comment}</label><textarea id="comment" name="comment" rows="3" maxlength="${TEXT_MAX}">
${entered.comment}</textarea>
<button class="save">${texts.accept}</button><p class="hint">${texts.acceptHint}</p></form>
<details${declines && html` open`}><summary>${texts.decline}</summary>
<form method="post"><input type="hidden" name="action" value="decline"><p class="hint">${texts.declineHint}</p>
${field('decliner', texts.name, entered.name, required)}
<label class="name" for="reason">${texts.reason}</label><textarea id="reason" name="reason" rows="3" required maxlength="${TEXT_MAX}">
${entered.reason}</textarea>
<button>${texts.send}</button></form></details></section>`
}

function people({ view, firm }: QuotePage, texts: Texts): Html | false {
  const person = view.contactPerson
  const phone = person?.phone ?? firm.phone
  const email = person?.email ?? firm.email
  return (
    !!(person || phone || email) &&
    html`<section class="card people"><h2>${texts.contact}</h2><p>${person?.name}</p>
${phone && html`<p><a href="tel:${dialled(phone)}">${phone}</a></p>`}${email && html`<p><a href="mailto:${email}">${email}</a></p>`}</section>`
  )
}

/** The page of a quote. */
export function renderQuotePage(page: QuotePage): string {
  const texts = quotePageTexts[page.locale]
  const { view } = page
  const body = html`${top(page)}${state(page, texts)}${summary(page, texts)}${offered(page, texts)}
${block(texts.terms, view.terms)}${block(texts.notes, view.notes)}${answer(page, texts)}${people(page, texts)}`
  // No second press while the first is under way.
  const script = html`addEventListener('submit', () => setTimeout(() => lock(true)))
addEventListener('pageshow', () => lock(false))
function lock(on) { for (const button of document.querySelectorAll('form button')) button.disabled = on }`
  return pageFrame({ locale: page.locale, title: `${texts.title} ${view.number}`, nonce: page.nonce, body, script, style: quotePageStyle })
}

/** The page instead of one that cannot be shown. */
export function renderQuoteOutcome(outcome: QuotePageOutcome, { locale, nonce }: Pick<QuotePage, 'locale' | 'nonce'>): string {
  const { title, text } = quotePageTexts[locale].outcomes[outcome]
  return pageFrame({ locale, title, nonce, body: html`<section class="card result"><h1>${title}</h1><p>${text}</p></section>` })
}
