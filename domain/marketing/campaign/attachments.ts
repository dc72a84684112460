import * as z from 'zod'
import { html, toText } from '../../kernel/html.ts'
import { line } from '../../kernel/text.ts'
import { attachmentsPlace, plainTextOf } from '../message-template/plain-text.ts'
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

const style = 'max-width:550px;margin:0 auto;padding:10px 25px;font-family:Ubuntu,Helvetica,Arial,sans-serif;font-size:14px;line-height:1.8'

/** The content with its attachments, above the postal address. Templates that were saved before there was a place for them have them last. */
export function withAttachments<C extends Content>(content: C, attachments: readonly Attachment[] = []): C {
  if (attachments.length === 0) return content
  const links = attachments.map(({ name, url }) => html`<p style="margin:0"><a href="${url}">${name}</a></p>`)
  const block = toText(html`<div style="${style}">${links}</div>`)
  const place = content.html.includes(attachmentsPlace) ? attachmentsPlace : '</body>'
  const whole = content.html.replace(place, (found) => (found === attachmentsPlace ? block : `${block}${found}`))
  return { ...content, html: whole, text: plainTextOf(whole) }
}
