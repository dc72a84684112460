import { html, oneLine } from '../../kernel/html.ts'
import { noticePage } from '../../platform/index.ts'
import { weekdayText } from '../wording.ts'
import type { ResultPage } from './follow-up-page.ts'
import { pageTexts } from './page-texts.ts'

/** The short page after a press of a button, or instead of a page that may no longer be shown. */
export function renderResult({ locale, outcome, tenantName, customerName, nextContactOn, today, nonce }: ResultPage): string {
  const texts = pageTexts[locale]
  return noticePage(texts.outcomes[outcome], {
    locale,
    nonce,
    above: !!tenantName && html`<p class="faint"><bdi>${oneLine(tenantName)}</bdi></p>`,
    below: html`${customerName && html`<p><bdi>${oneLine(customerName)}</bdi></p>`}
${nextContactOn && html`<p><strong>${texts.nextOn(weekdayText(nextContactOn, locale, today))}</strong></p>`}
<p class="end">${texts.close}</p>`,
  })
}
