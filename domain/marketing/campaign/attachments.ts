import * as z from 'zod'
import { html, toText } from '../../kernel/html.ts'
import { line } from '../../kernel/text.ts'
import type { Content } from '../message-template/render-message.ts'

/** Attachments go by link: mailboxes refuse large mails, and a link says who took it. */
export const Attachments = z
  .array(
    z.strictObject({
      name: line(100).refine((name) => !/[{}]/.test(name), 'must not contain braces'),
      url: z
        .url({ protocol: /^https$/ })
        .max(1000)
        .refine((url) => !/[{}"<>\s]/.test(url), 'must be percent-encoded'),
    }),
  )
  .max(10)
  .meta({ description: 'What stands at the end of the mail to be downloaded, by link; clicks are counted.' })

type Attachment = z.output<typeof Attachments>[number]

const style =
  'max-width:600px;margin:0 auto;padding:10px 25px 20px;font-family:Ubuntu,Helvetica,Arial,sans-serif;font-size:14px;line-height:1.8'

/** The content with its attachments below it. */
export function withAttachments<C extends Content>(content: C, attachments: readonly Attachment[] = []): C {
  if (attachments.length === 0) return content
  const links = attachments.map(({ name, url }) => html`<div>📎 <a href="${url}">${name}</a></div>`)
  const block = toText(html`<div style="${style}">${links}</div>`)
  const at = content.html.lastIndexOf('</body>')
  const text = `${content.text.trimEnd()}\n\n${attachments.map(({ name, url }) => `${name}: ${url}`).join('\n')}\n`
  return { ...content, html: at < 0 ? content.html + block : content.html.slice(0, at) + block + content.html.slice(at), text }
}
