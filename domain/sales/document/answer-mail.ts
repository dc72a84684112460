import { findUser, readTenant, senderOf } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { html, oneLine, toText } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'
import { type MailKey, type SendOutcome, sendOnce } from '../../platform/index.ts'

/** What a mail tells whoever answers for a document of what its customer said; rows without a value are left out. */
interface AnswerTexts {
  subject: string
  rows: [label: string, value: string | null | undefined][]
}

/**
 * Tells people of the firm, in their language, what a customer answered on the page of a document, once. `nothing-due` where nobody
 * of them has access any more.
 */
export async function sendAnswerMail(
  ctx: Context,
  { key, userIds, textsIn }: { key: MailKey; userIds: (string | undefined)[]; textsIn(locale: Locale): AnswerTexts },
): Promise<SendOutcome | 'nothing-due'> {
  const [tenant, ...found] = await Promise.all([
    readTenant(ctx),
    ...[...new Set(userIds)].map((id) => (id ? findUser(ctx, id) : undefined)),
  ])
  const people = found.filter((user) => user?.active)
  const [first] = people
  if (!first) return 'nothing-due'
  const locale = first.locale ?? tenant.locale
  const texts = textsIn(locale)
  const subject = oneLine(texts.subject, 200)
  const colon = locale === 'en' ? ': ' : '：'
  const rows = texts.rows.filter(([, value]) => value)
  const compose = () => ({
    from: senderOf(tenant),
    to: people.length === 1 ? first.email : people.map((user) => user!.email),
    subject,
    text: `${[subject, '', ...rows.map(([label, value]) => `${label}${colon}${value}`)].join('\n')}\n`,
    html: toText(
      html`<!doctype html><html lang="${locale}"><body style="font:15px/1.6 sans-serif;color:#1f2937"><h2 style="font-size:18px">${subject}</h2>${rows.map(([label, value]) => html`<p style="margin:0 0 6px"><span style="color:#667085">${label}${colon}</span>${value}</p>`)}</body></html>`,
    ),
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  return sendOnce(ctx, { key, compose })
}
