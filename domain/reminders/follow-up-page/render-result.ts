import { html, oneLine } from '../../kernel/html.ts'
import { pageFrame } from '../../platform/index.ts'
import { weekdayText } from '../wording.ts'
import type { ResultPage } from './follow-up-page.ts'
import { pageTexts } from './page-texts.ts'

/** The short page after a press of a button, or instead of a page that may no longer be shown. */
export function renderResult({ locale, outcome, tenantName, customerName, nextContactOn, today, nonce }: ResultPage): string {
  const texts = pageTexts[locale]
  const { title, text } = texts.outcomes[outcome]
  const body = html`<section class="card result">
${tenantName && html`<p class="faint"><bdi>${oneLine(tenantName)}</bdi></p>`}
<h1>${title}</h1>
${customerName && html`<p><bdi>${oneLine(customerName)}</bdi></p>`}
<p>${text}</p>
${nextContactOn && html`<p><strong>${texts.nextOn(weekdayText(nextContactOn, locale, today))}</strong></p>`}
<p class="end">${texts.close}</p>
</section>`
  return pageFrame({ locale, title, nonce, body })
}
