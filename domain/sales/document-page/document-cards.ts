import { type Html, html } from '../../kernel/html.ts'
import { namedFact } from '../../platform/index.ts'
import type { PresentedDocument } from './present-document.ts'

/** What the pages of a quote, an order and a delivery note are made of. */

interface Summary {
  title: string
  /** Its number and what else is said beside it. */
  number: string
  totals: PresentedDocument['totals']
  facts: [label: string, text: string | undefined][]
  pdf: string
  download: string
}

/** What it is, what it comes to, and where its PDF is. */
export function summaryCard({ title, number, totals, facts, pdf, download }: Summary): Html {
  const total = totals.find(({ strong }) => strong)
  return html`<section class="card top"><div class="head"><div><h1>${title}</h1><p class="faint">${number}</p></div>
${total && html`<p class="total">${total.text}</p>`}</div>
<dl class="facts">${facts.map(([label, text]) => namedFact(label, text))}</dl>
<p><a class="button" href="${pdf}" download>${download}</a></p></section>`
}

/** Its lines and sums. */
export function linesCard(heading: string, { lines, totals, words }: Omit<PresentedDocument, 'paymentTerms'>): Html {
  const rows = lines.map(
    (
      line,
      i,
    ) => html`<li><span class="no">${i + 1}</span><div class="what"><strong>${line.description}</strong>${line.details && html`<p class="faint">${line.details}</p>`}${line.note && html`<p class="faint">${line.note}</p>`}</div>
<span class="much">${line.quantity}</span><span class="price">${line.price && html`<i> × </i>${line.price}`}</span><span class="amount">${line.amount}</span></li>`,
  )
  return html`<section class="card"><h2>${heading}</h2><ol class="lines">${rows}</ol>
${totals.length > 0 && html`<dl class="sums">${totals.map(({ label, text, strong }) => html`<div class="${strong ? 'strong' : ''}"><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>`}
${words && html`<p class="faint">${words}</p>`}</section>`
}
