import { localDate } from '../../kernel/dates.ts'
import { type Html, html, oneLine, toText } from '../../kernel/html.ts'
import { telLink, weekdayText } from '../wording.ts'
import type { Digest, DigestLine, DigestReader, DigestSection, SectionKind } from './digest.ts'
import { type DigestTexts, digestTexts, owedText, ownerOf, subjectOf } from './digest-texts.ts'
import { headingOf } from './section-words.ts'

/**
 * Mail clients differ: tables for layout, colours inline for those that drop <style>, classes only for dark mode.
 * Bytes count, because Gmail cuts a mail at 102 KB: 80 lines must stay below.
 */
const accents: Record<SectionKind, string> = {
  overdue: '#b42318',
  today: '#0b5cad',
  tomorrow: '#475467',
  reclaim: '#6927da',
  reorder: '#93530a',
  dormant: '#475467',
  quote: '#0a6b66',
  delivery: '#0a6b66',
  'receivable-overdue': '#b42318',
  'receivable-today': '#0b5cad',
  'receivable-soon': '#475467',
  'team-receivable': '#93530a',
  'team-overdue': '#93530a',
}

const styles = html`<style>
body{margin:0;padding:0;background:#f2f4f7;-webkit-text-size-adjust:100%}
table{border-collapse:separate}
a{text-decoration:none}
@media (max-width:480px){.w{padding:0!important}.c{border-radius:0!important}.p{padding-left:16px!important;padding-right:16px!important}}
@media (prefers-color-scheme:dark){
body,.w{background:#101418!important}.c{background:#1a2027!important;border-color:#2c343d!important}
.n,.h{color:#f2f4f7!important}.s{color:#d0d5dd!important}.m{color:#98a2b3!important}
.r{border-color:#2c343d!important}.b{background:#223246!important;border-color:#223246!important;color:#a8d0ff!important}.k{background:#1a2027!important;color:#a8d0ff!important;border-color:#34506e!important}
.overdue,.receivable-overdue{color:#ff9c8f!important}.today,.receivable-today{color:#8ec5ff!important}.tomorrow,.dormant,.receivable-soon{color:#b6c0cc!important}.reclaim{color:#c3a8ff!important}.quote{color:#7fd4cd!important}.reorder,.team-overdue,.team-receivable{color:#f5c06b!important}
}
</style>`

/** The digest as one HTML document, 600 px wide at most, readable on a phone and in the dark. */
export function digestHtml(digest: Digest, reader: DigestReader, subject: string): string {
  const texts = digestTexts[reader.locale]
  const page = html`<!doctype html>
<html lang="${reader.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no">
<title>${subject}</title>${styles}</head>
<body style="margin:0;padding:0;background:#f2f4f7">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${preview(digest)}</div>
<table role="presentation" class="w" width="100%" cellpadding="0" cellspacing="0" border="0" style="padding:24px 12px;background:#f2f4f7"><tr><td align="center">
<table role="presentation" class="c" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background:#ffffff;border:1px solid #e4e7ec;border-radius:14px;font-family:-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;font-size:15px;line-height:1.5;color:#101828">
<tr><td class="p" style="padding:28px 28px 4px"><div class="m" style="font-size:13px;color:#667085"><bdi>${oneLine(reader.tenantName)}</bdi></div>
<div class="h" style="font-size:24px;line-height:1.3;font-weight:700;padding-top:4px">${weekdayText(digest.day, reader.locale, digest.day)}</div>
<div class="s" style="color:#475467;padding-top:4px">${texts.greeting(oneLine(reader.userName))}${reader.locale === 'en' ? '. ' : '。'}${subject}${reader.locale === 'en' ? '.' : '。'}</div></td></tr>
${digest.sections.map((section) => sectionHtml(section, digest.day, reader, texts))}
<tr><td class="p m" style="padding:24px 28px 28px;font-size:13px;color:#667085">${texts.footer(oneLine(reader.tenantName))}<br>${texts.private}</td></tr>
</table></td></tr></table></body></html>
`
  return toText(page)
}

function sectionHtml(section: DigestSection, day: string, reader: DigestReader, texts: DigestTexts): Html {
  return html`<tr><td class="p" style="padding:24px 28px 0"><h2 class="${section.kind}" style="margin:0;font-size:17px;line-height:1.4;color:${accents[section.kind]}">${headingOf(section, reader.locale, day)} <span class="m" style="font-weight:400;font-size:14px;color:#667085">${texts.count(section.customers)}</span></h2>${section.owed && html`<div class="m" style="font-size:14px;color:#667085">${owedText(section.owed, reader, day)}</div>`}
${section.lines.map((line) => lineHtml(line, section, day, reader, texts))}
${section.more > 0 && html`<div class="m" style="padding:12px 0 0;color:#667085">${texts.more(section.more)}</div>`}</td></tr>
`
}

function lineHtml(line: DigestLine, section: DigestSection, day: string, reader: DigestReader, texts: DigestTexts): Html {
  const lastContact = texts.lastContact(line.lastContactAt && localDate(line.lastContactAt, reader.timeZone), day)
  const facts = [ownerOf(line, texts), lastContact].filter(Boolean).join(' · ')
  return html`<div class="r" style="padding:14px 0;border-bottom:1px solid #e4e7ec">${nameHtml(line, section, texts.mark(line.daysLate, line.dueOn, section, day))}
<div class="s" style="color:#344054"><bdi>${oneLine(subjectOf(line, section, day, reader), 200)}</bdi></div><div class="m" style="font-size:13px;color:#667085">${facts}</div>
<div style="padding-top:10px;font-weight:600">${callButton(line.phone, texts)}${line.link && html`<a ses:no-track href="${line.link}" class="k" style="${button};border:1px solid #b9d3f0">${texts.log}</a>`}</div></div>
`
}

function nameHtml(line: DigestLine, section: DigestSection, mark: string | undefined): Html {
  const name = html`<bdi>${oneLine(line.customerName, 80)}</bdi>`
  if (!mark) return html`<div class="n" style="font-size:16px;font-weight:600">${name}</div>`
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td class="n" style="font-size:16px;font-weight:600">${name}</td><td class="${section.kind}" align="right" valign="top" style="padding:1px 0 0 12px;white-space:nowrap;font-size:14px;font-weight:600;color:${accents[section.kind]}">${mark}</td></tr></table>`
}

const button = 'display:inline-block;margin:0 8px 4px 0;padding:10px 16px;border-radius:10px;color:#0b5cad'

function callButton(phone: string | undefined, texts: DigestTexts): Html | false {
  const link = phone && telLink(phone)
  if (!phone || !link) return false
  return html`<a ses:no-track href="${link}" class="b" style="${button};border:1px solid #e3effb;background:#e3effb">${texts.call(oneLine(phone, 40))}</a>`
}

// What a mailbox shows beside the subject: the first names, so that the reader knows before opening.
function preview(digest: Digest): string {
  const names = digest.sections.flatMap(({ lines }) => lines.map(({ customerName }) => oneLine(customerName, 30)))
  return [...new Set(names)].slice(0, 4).join(' · ')
}
