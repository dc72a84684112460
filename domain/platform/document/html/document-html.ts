import { type Html, html, oneLine, toText } from '../../../kernel/html.ts'
import type { Composed, ComposedBlock, LinesBlock } from '../compose/composed.ts'
import type { DocumentImage } from '../letterhead.ts'
import { paperShape } from '../paper.ts'

/** The same document as a page of its own: to be looked at, printed or put into a mail system. It loads nothing. */

const picture = ({ type, bytes }: DocumentImage, kind: string): Html =>
  html`<img class="${kind}" alt="" src="data:image/${type};base64,${bytes.toString('base64')}">`

const linesIn = (text: string): Html[] => text.split('\n').map((line) => html`<div>${line || '\u00a0'}</div>`)

function letterhead(block: Extract<ComposedBlock, { type: 'letterhead' }>): Html {
  return html`<header class="${block.style}">${block.logo && picture(block.logo, 'logo')}
<div class="firm"><strong>${block.name}</strong>${block.details.map((line) => html`<div>${line}</div>`)}</div>
<div class="title"><h1>${block.title}</h1>${block.subtitle && html`<div>${block.subtitle}</div>`}</div></header>`
}

const lines = ({ columns, rows }: LinesBlock): Html => html`<div class="scroll"><table><thead><tr>${columns.map(
  ({ heading, align }) => html`<th class="${align}">${heading}</th>`,
)}</tr></thead><tbody>
${rows.map(
  (row) => html`<tr>${row.map(
    ({ text, more = [] }, i) =>
      html`<td class="${columns[i]!.align}${columns[i]!.wraps ? '' : ' short'}">${text}${more.map((line) => html`<div class="more">${line}</div>`)}</td>`,
  )}</tr>
`,
)}</tbody></table></div>`

function drawn(block: ComposedBlock): Html {
  switch (block.type) {
    case 'letterhead':
      return letterhead(block)
    case 'lines':
      return lines(block)
    case 'fields':
      return html`<section class="fields across${block.across}">${block.heading && html`<h2>${block.heading}</h2>`}<dl>${block.items.map(
        ({ label, text, strong }) =>
          html`<div>${label && html`<dt>${label}</dt>`}<dd class="${strong ? 'strong' : ''}">${linesIn(text)}</dd></div>`,
      )}</dl></section>`
    case 'columns':
      return html`<div class="columns">${block.columns.map((inner) => html`<div>${inner.map(drawn)}</div>`)}</div>`
    case 'totals':
      return html`<dl class="totals">${block.rows.map(
        ({ label, text, strong }) => html`<div class="${strong ? 'strong' : ''}"><dt>${label}</dt><dd>${text}</dd></div>`,
      )}</dl>`
    case 'text':
      return html`<section class="text ${block.align ?? 'left'}${block.boxed && ' boxed'}${block.bold && ' bold'}">${block.heading && html`<h2>${block.heading}</h2>`}${linesIn(block.text)}</section>`
    case 'signatures':
      return html`<div class="columns signatures">${block.parties.map(
        ({ label, name, lines, seal }) =>
          html`<div>${seal && picture(seal, 'seal')}<div class="soft">${label}</div><strong>${name}</strong>${lines.map((line) => html`<p class="soft">${line}</p>`)}</div>`,
      )}</div>`
    case 'image':
      return html`<div class="${block.align}">${picture(block.image, 'picture')}</div>`
    default:
      return block.type === 'rule' ? html`<hr>` : html`<div class="space"></div>`
  }
}

const styles = ({ accent, paper }: Composed) => {
  const { width, height, continuous } = paperShape(paper)
  const mm = (points: number) => ((points * 25.4) / 72).toFixed(1)
  return html`
:root{--accent:${continuous ? '#000000' : accent};--soft:#6b7280;--line:#d6dbe3}
*{box-sizing:border-box}
body{margin:0;background:#eef0f3;color:#1f2937;font:14px/1.5 "Noto Sans SC","PingFang SC","Microsoft YaHei","Segoe UI",Roboto,sans-serif}
main{max-width:880px;margin:24px auto;padding:44px 48px;background:#fff;box-shadow:0 1px 4px rgb(0 0 0/12%);overflow-wrap:anywhere}
header{display:flex;gap:16px;align-items:flex-start;padding-bottom:14px;margin-bottom:18px;border-bottom:2px solid var(--accent)}
header .firm{flex:1;color:var(--soft);font-size:13px}header .firm strong{display:block;font-size:21px;color:#1f2937}
header .title{text-align:right;color:var(--soft);white-space:nowrap}h1{margin:0;font-size:32px;line-height:1.2;color:var(--accent)}
header.centred{display:block;text-align:center;border:0}header.centred .title{text-align:center}header.centred h1{font-size:22px;color:inherit}
.logo{max-width:150px;max-height:62px}.picture{max-width:100%}
h2{margin:0 0 4px;font-size:13px;color:var(--accent)}
.columns{display:flex;gap:24px;margin-bottom:16px}.columns>div{flex:1;min-width:0;position:relative}
dl{margin:0}.fields dl>div{display:flex;gap:12px}.fields dt{min-width:5.5em;color:var(--soft)}dd{margin:0;flex:1}.fields{margin-bottom:12px}
.fields dd.strong{font-size:17px;font-weight:600}.across2 dl,.across3 dl,.across4 dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr))}
.scroll{overflow-x:auto}table{width:100%;border-collapse:collapse}th{background:color-mix(in srgb,var(--accent) 7%,#fff);color:var(--accent);font-size:13px;text-align:left;padding:8px;white-space:nowrap}
td{padding:7px 8px;border-bottom:1px solid var(--line);vertical-align:top}tbody tr:last-child td{border-bottom:2px solid var(--accent)}
.short{white-space:nowrap}.right{text-align:right}.center{text-align:center}.more,.soft{color:var(--soft)}.more{font-size:12.5px}
.totals{margin:12px 0 12px auto;width:min(320px,100%)}.totals div{display:flex;justify-content:space-between;padding:3px 8px;color:var(--soft)}.totals dd{flex:none;color:#1f2937}
.totals .strong{margin-top:4px;padding-top:6px;border-top:1.5px solid var(--accent);font-weight:600;font-size:18px;color:#1f2937}.totals .strong dd{color:var(--accent)}
.text{margin-bottom:16px}.bold{font-weight:600}.boxed{padding:9px 12px;background:color-mix(in srgb,var(--accent) 7%,#fff)}
.signatures{margin-top:28px}.seal{position:absolute;left:90px;top:-14px;width:150px}.signatures p{margin:14px 0 0}.signatures strong{display:block;margin:6px 0 20px}
footer{margin-top:28px;color:var(--soft);font-size:12.5px;white-space:pre-wrap}
.state{color:#b42318;font-weight:600;text-align:center;margin-bottom:8px}
@media(max-width:640px){main{margin:0;padding:20px 16px}.columns,header{flex-wrap:wrap}.columns>div{flex:1 1 100%}}
@media print{@page{size:${mm(width)}mm ${mm(height)}mm;margin:12mm}body{background:#fff}main{margin:0;padding:0;box-shadow:none;max-width:none}thead{display:table-header-group}tr,.signatures{break-inside:avoid}}
`
}

/** A document as one HTML file. */
export function documentHtml(composed: Composed): string {
  return toText(html`<!doctype html>
<html lang="${composed.locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${oneLine(composed.title)}</title>
<style>${styles(composed)}</style></head>
<body><main>
${composed.watermark && html`<div class="state">${composed.watermark}</div>`}
${composed.blocks.map(drawn)}
${composed.footer && html`<footer>${composed.footer}</footer>`}
</main></body></html>
`)
}
