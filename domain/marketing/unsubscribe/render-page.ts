import { html, oneLine } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'
import { noticePage, pageFrame } from '../../platform/index.ts'
import { type UnsubscribeOutcome, unsubscribeTexts } from './page-texts.ts'
import type { Preferences } from './preferences.ts'

/** What a recipient takes, with a button for each change. It is a form that works without script. */
export function renderPreferences({ locale, tenantName, address, subscribed, lists }: Preferences, nonce: string): string {
  const texts = unsubscribeTexts[locale]
  const [firm, mailbox] = [oneLine(tenantName), oneLine(address)]
  const choices = lists.map(
    ({ key, name, wanted }) =>
      html`<li><label><input type="checkbox" name="list-${key}" value="1"${wanted && html` checked`}> <bdi>${oneLine(name)}</bdi></label></li>`,
  )
  const body = html`<h1>${texts.title}</h1>
<p>${subscribed ? texts.intro(mailbox, firm) : texts.isOut(mailbox, firm)}</p>
${
  subscribed
    ? html`<form method="post" class="card"><button class="save" name="action" value="unsubscribe">${texts.stop}</button>
<p class="hint">${texts.stopHint}</p></form>`
    : html`<form method="post" class="card"><button class="save" name="action" value="subscribe">${texts.again}</button></form>`
}
${
  subscribed &&
  lists.length > 0 &&
  html`<form method="post" class="card"><h2>${texts.which}</h2><ul>${choices}</ul><p class="row"><button name="action" value="choose">${texts.save}</button></p></form>`
}`
  return pageFrame({ locale, title: texts.title, nonce, body })
}

/** What came of it, or why there is no page. */
export function renderOutcome(
  outcome: UnsubscribeOutcome,
  { locale, nonce, tenantName }: { locale: Locale; nonce: string; tenantName?: string | undefined },
): string {
  const texts = unsubscribeTexts[locale]
  const changed = ['unsubscribed', 'saved', 'subscribed', 'kept'].includes(outcome)
  return noticePage(texts.outcomes[outcome], {
    locale,
    nonce,
    above: !!tenantName && html`<p class="faint"><bdi>${oneLine(tenantName)}</bdi></p>`,
    below: html`${changed && html`<p><a href="">${texts.back}</a></p>`}<p class="end">${texts.close}</p>`,
  })
}
