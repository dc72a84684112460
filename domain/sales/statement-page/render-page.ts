import { type Html, html } from '../../kernel/html.ts'
import {
  composeTotals,
  contactCard,
  documentAmount,
  documentDate,
  documentPage,
  documentPrice,
  firmHeader,
  movementName,
  namedFact,
  nameField,
  noticePage,
  type StatementMovement,
  stateCard,
  textField,
  wordsCard,
} from '../../platform/index.ts'
import { statementPageTexts } from './page-texts.ts'
import type { StatementPage, StatementPageOutcome } from './statement-page.ts'

type Texts = (typeof statementPageTexts)['en']

const periodOf = ({ view: { from, to }, locale }: StatementPage) =>
  `${documentDate(from, locale)} ${locale === 'en' ? 'to' : '至'} ${documentDate(to, locale)}`

function summary(page: StatementPage, texts: Texts): Html {
  const { view, pdf } = page
  return html`<section class="card top"><div class="head"><div><h1>${texts.title}</h1><p class="faint">${view.number}</p></div>
<p class="total"><small>${texts.closing}</small>${documentAmount(view.closing, view.currency)}</p></div>
<dl class="facts">${namedFact(texts.customer, view.customer.name)}${namedFact(texts.period, periodOf(page))}</dl>
<p><a class="button" href="${pdf}" download>${texts.download}</a></p></section>`
}

function row({ view: { currency }, locale }: StatementPage, texts: Texts, movement: StatementMovement): Html {
  const { on, kind, number, customerPo, description, model, quantity, unit, unitPrice, charge, payment, balance } = movement
  const much = quantity && unitPrice ? `${quantity} ${unit ?? ''} × ${documentPrice(unitPrice)}` : ''
  const amount = payment === undefined ? charge : payment.startsWith('-') ? payment.slice(1) : `-${payment}`
  // A quantity with its price, and a number, are not torn apart at the end of a line.
  const unbroken = new Set([number, much, customerPo])
  const details = [number, description, model, much, customerPo]
    .filter(Boolean)
    .map((part, i) => html`${i > 0 && ' · '}<span class="${unbroken.has(part!) ? 'whole' : ''}">${part!}</span>`)
  return html`<li><div class="what"><strong>${movementName(kind, locale)}</strong> <span class="faint">${documentDate(on, locale)}</span>${details.length > 0 && html`<p class="faint">${details}</p>`}</div>
<span class="amount">${amount && documentAmount(amount, currency)}</span><span class="price faint"><i>${texts.balance} </i>${balance && documentAmount(balance, currency)}</span></li>`
}

function movements(page: StatementPage, texts: Texts): Html {
  const { view, locale } = page
  const { rows } = composeTotals(view, locale)
  return html`<section class="card account"><h2>${texts.movements}</h2>
${view.movements.length > 0 ? html`<ol class="lines">${view.movements.map((movement) => row(page, texts, movement))}</ol>` : html`<p class="faint">${texts.none}</p>`}
<dl class="sums">${rows.map(({ label, text, strong }) => html`<div class="${strong ? 'strong' : ''}"><dt>${label}</dt><dd>${text}</dd></div>`)}</dl></section>`
}

/** What the customer said, and whether that still speaks of these figures. */
function state({ answer, isAnswered, locale }: StatementPage, texts: Texts): Html | false {
  if (!answer) return false
  const by = texts.by(answer.by ?? '', documentDate(answer.on, locale))
  return isAnswered ? stateCard(answer.kind, texts[answer.kind], by) : stateCard('expired', texts.changed, by)
}

function answerForm({ isAnswered, closing, fault, entered = {} }: StatementPage, texts: Texts): Html | false {
  if (isAnswered) return false
  const seen = html`<input type="hidden" name="closing" value="${closing}">`
  return html`<section class="card" id="answer"><h2>${texts.answer}</h2>
${fault && html`<p class="fault" role="alert">${texts.faults[fault]}</p>`}
<form method="post"><input type="hidden" name="action" value="confirm">${seen}
${nameField('name', texts.name, entered.name)}
<button class="save">${texts.confirm}</button><p class="hint">${texts.confirmHint}</p></form>
<details${entered.action === 'object' && html` open`}><summary>${texts.object}</summary>
<form method="post"><input type="hidden" name="action" value="object">${seen}<p class="hint">${texts.objectHint}</p>
${nameField('objector', texts.name, entered.name)}
${textField('comment', texts.comment, entered.comment, true)}
<button>${texts.send}</button></form></details></section>`
}

/** The page of a statement. */
export function renderStatementPage(page: StatementPage): string {
  const texts = statementPageTexts[page.locale]
  const { view, firm } = page
  const body = html`${firmHeader(firm, page.logo)}${state(page, texts)}${summary(page, texts)}${movements(page, texts)}
${wordsCard(texts.bank, firm.bank)}${answerForm(page, texts)}${contactCard(texts.contact, view.contactPerson, firm)}`
  return documentPage({ locale: page.locale, title: `${texts.title} ${view.number}`, nonce: page.nonce, body })
}

/** The page instead of one that cannot be shown. */
export const renderStatementOutcome = (outcome: StatementPageOutcome, to: Pick<StatementPage, 'locale' | 'nonce'>): string =>
  noticePage(statementPageTexts[to.locale].outcomes[outcome], to)
