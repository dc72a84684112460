import { findUser, readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { html, oneLine, toText } from '../../kernel/html.ts'
import { money } from '../../kernel/money.ts'
import type { Locale } from '../../kernel/text.ts'
import { customers } from '../../parties/index.ts'
import { documentAmount, type SendOutcome, sendOnce } from '../../platform/index.ts'
import { find } from '../../store/read.ts'
import { quotes } from './quote.table.ts'

interface Said {
  accepted: boolean
  number: string
  customer: string
  total: string
  name: string | null
  comment: string | null
  reason: string | null
  customerPo: string | null
}

const subjects: Record<Locale, (said: Said) => string> = {
  'zh-CN': ({ accepted, customer, number }) => `${customer} ${accepted ? '已接受' : '未接受'}报价 ${number}`,
  en: ({ accepted, customer, number }) => `${customer} ${accepted ? 'accepted' : 'declined'} quotation ${number}`,
}
const labels: Record<Locale, [string, string, string, string, string]> = {
  'zh-CN': ['合计', '答复人', '客户订单号', '留言', '原因'],
  en: ['Total', 'Answered by', 'Their order number', 'Message', 'Reason'],
}

/** Tells whoever answers for a quote what the customer decided, once. `nothing-due` without anybody to tell, or when it was taken back. */
export async function sendDecisionMail(
  ctx: Context,
  { quoteId, eventId }: { quoteId: string; eventId: string },
): Promise<SendOutcome | 'nothing-due'> {
  const quote = await find(ctx, quotes, quoteId)
  if (!quote?.decision) return 'nothing-due'
  const [tenant, owner, customer] = await Promise.all([
    readTenant(ctx),
    findUser(ctx, quote.ownerId ?? quote.createdBy),
    find(ctx, customers, quote.customerId),
  ])
  if (!owner?.active) return 'nothing-due'
  const locale = owner.locale ?? tenant.locale
  const { name, comment, reason, customerPo } = quote.decision
  const total = documentAmount(money(quote.total, quote.currency).amount, quote.currency)
  const accepted = quote.status === 'accepted'
  const said: Said = { accepted, number: quote.number, customer: customer?.name ?? '', total, name, comment, reason, customerPo }
  const subject = oneLine(subjects[locale](said), 200)
  const values = [total, name, customerPo, comment, reason]
  const rows = labels[locale].flatMap((label, i): [string, string][] => (values[i] ? [[label, values[i]]] : []))
  const colon = locale === 'en' ? ': ' : '：'
  const compose = () => ({
    from: { name: tenant.sender?.name ?? tenant.name, ...(tenant.sender?.email ? { email: tenant.sender.email } : {}) },
    to: owner.email,
    subject,
    text: `${[subject, '', ...rows.map(([label, value]) => `${label}${colon}${value}`)].join('\n')}\n`,
    html: toText(
      html`<!doctype html><html lang="${locale}"><body style="font:15px/1.6 sans-serif;color:#1f2937"><h2 style="font-size:18px">${subject}</h2>${rows.map(([label, value]) => html`<p style="margin:0 0 6px"><span style="color:#667085">${label}${colon}</span>${value}</p>`)}</body></html>`,
    ),
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  return sendOnce(ctx, { key: ['quote-decision', quoteId, eventId], compose })
}
