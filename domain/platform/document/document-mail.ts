import { type Html, html, oneLine, toText } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'
import { documentValues } from './compose/document-values.ts'
import { fillText } from './compose/fill-text.ts'
import type { DocumentView } from './document-view.ts'
import type { Letterhead } from './letterhead.ts'
import type { TemplateContent } from './template/template.ts'

/** Quotes and statements are answered on their page, the others are only seen there. */
const buttons: Record<Locale, Record<'answered' | 'seen', string>> = {
  'zh-CN': { answered: '在线查看并答复', seen: '在线查看' },
  en: { answered: 'View and answer online', seen: 'View online' },
}
const buttonOf = ({ kind }: DocumentView, locale: Locale) => buttons[locale][kind === 'quote' || kind === 'statement' ? 'answered' : 'seen']

interface MailTexts {
  subject: string
  text: string
  html: string
}

const paragraphs = (text: string): Html[] =>
  text
    .split(/\n{2,}/)
    .map((part) => html`<p style="margin:0 0 14px">${part.split('\n').map((line, i) => html`${i > 0 && html`<br>`}${line}`)}</p>`)

function page(message: string, letterhead: Letterhead, locale: Locale, link: { text: string; to: string } | undefined): string {
  const { name, address, phone, website } = letterhead
  const button =
    link &&
    html`<p style="margin:22px 0"><a href="${link.to}" style="display:inline-block;padding:12px 26px;border-radius:8px;background:#1d4e89;color:#ffffff;font-weight:600;text-decoration:none">${link.text}</a></p>`
  const foot = [address, phone, website].filter(Boolean).join(' · ')
  return toText(html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body style="margin:0;padding:24px 12px;background:#f2f4f7">
<div style="max-width:600px;margin:0 auto;padding:28px 30px;background:#ffffff;border-radius:12px;color:#1f2937;font:15px/1.6 -apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei',sans-serif">
${paragraphs(message)}${button}
<p style="margin:26px 0 0;padding-top:14px;border-top:1px solid #e4e7ec;color:#667085;font-size:13px">${name}${foot && html`<br>${foot}`}</p>
</div></body></html>
`)
}

/**
 * Subject and text of the mail that brings a document: what the sender wrote, else those of its template, in its language; with the
 * link to its page, if it has one.
 */
export function documentMailTexts(
  view: DocumentView,
  {
    template,
    letterhead,
    link,
    ...said
  }: { template: TemplateContent; letterhead: Letterhead; link?: string; subject?: string | null; message?: string | null },
): MailTexts {
  const { locale } = template
  const values = documentValues(view, letterhead, locale)
  const subject = oneLine(said.subject ?? fillText(template.subject, values), 200)
  const message = (said.message ?? fillText(template.message, values)).trim()
  const button = link ? { text: buttonOf(view, locale), to: link } : undefined
  const text = [message, ...(button ? [`${button.text}: ${button.to}`] : []), letterhead.name].join('\n\n')
  return { subject, text: `${text}\n`, html: page(message, letterhead, locale, button) }
}
