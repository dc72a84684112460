import { addDays } from '../../kernel/dates.ts'
import { type Html, html, oneLine } from '../../kernel/html.ts'
import { pageFrame } from '../../platform/index.ts'
import { pastDayText, telLink, weekdayText } from '../wording.ts'
import { type FollowUpPage, pageKinds, postponeDays, SUMMARY_MAX } from './follow-up-page.ts'
import { type PageTexts, pageTexts } from './page-texts.ts'

const MAX_CONTACTS = 3
const NEXT_IN_DAYS = [1, 3, 7, 14]

/** One customer on a phone: call, see the last contacts, log the result with the next date, or postpone. Works without JavaScript. */
export function renderPage(page: FollowUpPage): string {
  const texts = pageTexts[page.locale]
  const body = html`<header>
<p class="faint"><bdi>${oneLine(page.tenantName)}</bdi> · <bdi>${oneLine(page.userName)}</bdi></p>
<h1><bdi>${oneLine(page.customer.name)}</bdi></h1>
${page.customer.level && texts.levels[page.customer.level] && html`<span class="level">${texts.levels[page.customer.level]}</span>`}
${dueList(page, texts)}
${page.customer.phones.map(({ label, number }) => callLink(label, number, texts))}
${page.customer.wechat && wechat(page.customer.wechat, texts)}
</header>
${contacts(page, texts)}
${logForm(page, texts)}
${page.due.length > 0 && postponeForm(page, texts)}
<p class="end">${texts.private}</p>`
  return pageFrame({ locale: page.locale, title: page.customer.name, nonce: page.nonce, body, script })
}

function dueList({ due, locale, today }: FollowUpPage, texts: PageTexts): Html | false {
  if (due.length === 0) return false
  const items = due.map(
    ({ on, daysLate, subject }) =>
      html`<li${daysLate > 0 && html` class="late"`}><strong>${texts.due(daysLate, weekdayText(on, locale, today))}</strong><bdi>${oneLine(subject, 200)}</bdi></li>`,
  )
  return html`<ul class="due">${items}</ul>`
}

function callLink(label: string | undefined, number: string, texts: PageTexts): Html | false {
  const link = telLink(number)
  if (!link) return false
  return html`<a class="call" href="${link}">${texts.call} ${oneLine(number, 40)}${label && html` <span>${oneLine(label, 40)}</span>`}</a>\n`
}

function wechat(id: string, texts: PageTexts): Html {
  return html`<p class="wechat"><span>${texts.wechat} <b id="wechat">${oneLine(id, 64)}</b></span><button type="button" data-copy="${oneLine(id, 64)}" data-copied="${texts.copied}" aria-describedby="wechat" hidden>${texts.copy}</button></p>`
}

function contacts({ lastContacts, locale, today }: FollowUpPage, texts: PageTexts): Html {
  const items = lastContacts
    .slice(0, MAX_CONTACTS)
    .map(
      ({ at, kind, summary, by }) =>
        html`<li><p class="faint"><time datetime="${at}">${pastDayText(at, locale, today)}</time> · ${texts.kinds[kind] ?? kind} · <bdi>${oneLine(by)}</bdi></p><p><bdi>${oneLine(summary, 300)}</bdi></p></li>\n`,
    )
  return html`<section class="card" aria-labelledby="contacts"><h2 id="contacts">${texts.lastContacts}</h2>
${items.length > 0 ? html`<ul>${items}</ul>` : html`<p class="faint">${texts.noContacts}</p>`}</section>`
}

function logForm(page: FollowUpPage, texts: PageTexts): Html {
  const { entered, fault, today, locale } = page
  const chosen = entered?.kind ?? 'call'
  const kinds = pageKinds.map(
    (kind) =>
      html`<label class="kind"><input type="radio" name="kind" value="${kind}"${kind === chosen && html` checked`}><span>${texts.kinds[kind]}</span></label>`,
  )
  const quick = NEXT_IN_DAYS.map((days) => {
    const date = addDays(today, days)
    return html`<button type="button" data-date="${date}" title="${weekdayText(date, locale, today)}">${texts.inDays(days)}</button>`
  })
  return html`<section class="card" aria-labelledby="log"><h2 id="log">${texts.log}</h2>
${fault && html`<p class="fault" role="alert" id="fault">${texts.faults[fault]}</p>`}
<form method="post">
<input type="hidden" name="action" value="log"><input type="hidden" name="nonce" value="${page.submissionId}">
<fieldset><legend>${texts.kind}</legend><div class="row">${kinds}</div></fieldset>
<label class="name" for="summary">${texts.summary}</label>
<textarea id="summary" name="summary" required maxlength="${SUMMARY_MAX}" rows="4" placeholder="${texts.summaryHint}"${fault === 'summary' && html` aria-invalid="true" aria-describedby="fault"`}>
${entered?.summary}</textarea>
<label class="name" for="next">${texts.next}</label>
<input type="date" id="next" name="nextContactOn" min="${today}" max="${addDays(today, 3660)}" value="${entered?.nextContactOn}" aria-describedby="${fault === 'date' ? 'fault ' : ''}next-hint"${fault === 'date' && html` aria-invalid="true"`}>
<div class="quick" hidden>${quick}</div>
<p class="hint" id="next-hint">${texts.nextHint}</p>
<button class="save">${texts.save}</button>
</form></section>`
}

function postponeForm({ submissionId }: FollowUpPage, texts: PageTexts): Html {
  const buttons = postponeDays.map((days) => html`<button name="days" value="${days}">${texts.days(days)}</button>`)
  return html`<section class="card" aria-labelledby="postpone"><h2 id="postpone">${texts.postpone}</h2>
<form method="post">
<input type="hidden" name="action" value="postpone"><input type="hidden" name="nonce" value="${submissionId}">
<p class="faint" id="postpone-hint">${texts.postponeHint}</p>
<div class="quick" role="group" aria-describedby="postpone-hint">${buttons}</div>
</form></section>`
}

// Comfort only: the quick dates, copying the WeChat id, and no second press while the first is under way.
const script = html`
for (const box of document.querySelectorAll(navigator.clipboard ? '.quick,[data-copy]' : '.quick')) box.hidden = false
document.addEventListener('click', async ({ target }) => {
  if (target.dataset.date) document.getElementById('next').value = target.dataset.date
  if (target.dataset.copy) {
    await navigator.clipboard.writeText(target.dataset.copy)
    target.textContent = target.dataset.copied
  }
})
document.addEventListener('submit', () => setTimeout(() => lock(true)))
addEventListener('pageshow', () => lock(false))
function lock(on) {
  for (const button of document.querySelectorAll('form button')) button.disabled = on
}
`
