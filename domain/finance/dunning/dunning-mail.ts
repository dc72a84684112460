import type { DunningLevel, DunningSettings } from '../../identity/index.ts'
import { html, oneLine, toText } from '../../kernel/html.ts'
import { addMoney, type Money } from '../../kernel/money.ts'
import type { Locale } from '../../kernel/text.ts'
import type { DunnedReceivable } from './dunning.ts'
import { filled, tableTexts, textOf } from './dunning-texts.ts'

interface ToWrite {
  level: DunningLevel
  settings: DunningSettings
  locale: Locale
  firm: string
  customer: string
  contact: string
  today: string
  /** The account of the firm. */
  payTo?: string | undefined
  receivables: readonly DunnedReceivable[]
}

/** Both languages part the thousands by a comma. */
const written = ({ amount, currency }: Money): string => {
  const [whole, cents] = amount.split('.') as [string, string?]
  return `${currency} ${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${cents ? `.${cents}` : ''}`
}

/** One sum for each currency: nothing is converted for a customer. */
function totals(receivables: readonly DunnedReceivable[]): string {
  const sums = new Map<string, Money>()
  for (const { outstanding } of receivables) {
    const sum = sums.get(outstanding.currency)
    sums.set(outstanding.currency, sum ? addMoney(sum, outstanding) : outstanding)
  }
  return [...sums.values()].map((sum) => written(sum)).join(' + ')
}

const cell = 'padding:8px 10px;border-bottom:1px solid #e4e7ec;text-align:left;white-space:nowrap'
const right = `${cell};text-align:right`

function tableHtml({ receivables, locale }: ToWrite, total: string) {
  const words = tableTexts[locale]
  return html`<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;border-collapse:collapse;font-size:14px;margin:20px 0">
<tr style="color:#667085"><td style="${cell}">${words.number}</td><td style="${cell}">${words.issuedOn}</td><td style="${cell}">${words.dueOn}</td><td style="${right}">${words.days}</td><td style="${right}">${words.amount}</td></tr>
${receivables.map(
  ({ number, issuedOn, dueOn, daysOverdue, outstanding }) =>
    html`<tr><td style="${cell}">${oneLine(number)}</td><td style="${cell}">${issuedOn}</td><td style="${cell}">${dueOn}</td><td style="${right}">${daysOverdue}</td><td style="${right}">${written(outstanding)}</td></tr>
`,
)}<tr style="font-weight:600"><td style="${cell}" colspan="4">${words.total}</td><td style="${right}">${total}</td></tr></table>`
}

function tableText({ receivables, locale }: ToWrite, total: string): string {
  const words = tableTexts[locale]
  const lines = receivables.map(
    ({ number, dueOn, daysOverdue, outstanding }) =>
      `* ${oneLine(number)} | ${words.dueOn} ${dueOn} | ${words.days} ${daysOverdue} | ${written(outstanding)}`,
  )
  return [...lines, `${words.total}: ${total}`].join('\n')
}

/** The mail of a notice: the firm's words for the level, and below them the receivables. */
export function dunningMail(mail: ToWrite): { subject: string; html: string; text: string } {
  const { level, settings, locale, firm, customer, contact, today, payTo, receivables } = mail
  const total = totals(receivables)
  const oldest = Math.max(...receivables.map(({ daysOverdue }) => daysOverdue))
  const values = { customer, contact, firm, total, count: String(receivables.length), oldestDays: String(oldest), today }
  const words = textOf(settings, level, locale)
  const body = filled(words.body, values)
  const account = payTo && `${tableTexts[locale].payTo}${oneLine(payTo, 400)}`
  const page = html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${oneLine(filled(words.subject, values))}</title></head>
<body style="margin:0;padding:24px 12px;background:#f2f4f7;font-family:-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;font-size:15px;line-height:1.6;color:#101828">
<div style="max-width:640px;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #e4e7ec;border-radius:14px">
${body.split(/\n{2,}/).map((part) => html`<p style="margin:0 0 14px">${part.split('\n').map((row, i) => html`${i > 0 && html`<br>`}${row}`)}</p>`)}
${tableHtml(mail, total)}
${account && html`<p style="margin:0 0 14px">${account}</p>`}
<p style="margin:0;color:#667085;font-size:13px">${tableTexts[locale].sentBy(oneLine(firm))}</p>
</div></body></html>
`
  return {
    subject: oneLine(filled(words.subject, values), 200),
    html: toText(page),
    text: `${body}\n\n${tableText(mail, total)}\n${account ? `\n${account}\n` : ''}\n--\n${tableTexts[locale].sentBy(oneLine(firm))}\n`,
  }
}
