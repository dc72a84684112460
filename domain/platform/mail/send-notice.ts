import { readTenant, senderOf, type User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { html, oneLine, toText } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'
import type { MailKey } from './mail.ts'
import { type SendOutcome, sendOnce } from './send-once.ts'

/** What a notice says in one language. */
interface Notice {
  subject: string
  paragraphs: string[]
}

/**
 * Mails somebody of the firm a few plain paragraphs in their language, once for each key (`sendOnce`). No absence note comes back:
 * mailboxes are told that nobody waits for an answer.
 */
export async function sendNotice(
  ctx: Context,
  { key, to, noticeIn }: { key: MailKey; to: User; noticeIn(locale: Locale): Notice },
): Promise<SendOutcome> {
  const tenant = await readTenant(ctx)
  const locale = to.locale ?? tenant.locale
  const { subject, paragraphs } = noticeIn(locale)
  const compose = () => ({
    from: senderOf(tenant),
    to: to.email,
    subject: oneLine(subject),
    text: `${paragraphs.join('\n\n')}\n`,
    html: toText(html`<!doctype html><html lang="${locale}"><body>${paragraphs.map((text) => html`<p>${text}</p>`)}</body></html>`),
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  return sendOnce(ctx, { key, compose })
}
