import type { Context } from '../../kernel/context.ts'
import { seal, unseal } from '../../kernel/signing.ts'
import type { Content } from '../message-template/render-message.ts'

/**
 * The links of a mail lead over us, so that a click is counted. A link says whose mail it stood in and its place in the mail;
 * where it leads stands in the campaign alone: nobody can make one of ours lead elsewhere.
 */

const purpose = 'click'
/** As long as the unsubscribe link beside it. */
const validDays = 400
const dayNumber = (instant: string) => Math.floor(Date.parse(instant) / 86_400_000)

export interface ClickedMail {
  campaignId: string
  delivery: string
}

/** What the links of one mail begin with; their place follows. */
export function clickBase(ctx: Context, { campaignId, delivery }: ClickedMail): string {
  const token = seal(ctx.tenant.signingKey, purpose, [campaignId.slice(4), delivery, dayNumber(ctx.now()) + validDays])
  return `${ctx.publicUrl}/c/${Buffer.from(ctx.tenant.id).toString('base64url')}.${token}`
}

/** The mail a token speaks of; undefined unless this tenant made it, byte by byte. */
export function openClick(ctx: Context, token: string): (ClickedMail & { expired: boolean }) | undefined {
  const value = unseal(ctx.tenant.signingKey, purpose, token.slice(token.indexOf('.') + 1))
  if (!Array.isArray(value)) return undefined
  const [campaign, delivery, lastDay] = value as [string, string, number]
  return { campaignId: `cmp_${campaign}`, delivery, expired: dayNumber(ctx.now()) > lastDay }
}

const anchor = /(<(?:a|area)\s[^<>]{0,2000}?)href="(https?:\/\/[^"<>{}]{1,2000})"/gi
const address = /https?:\/\/[^\s{}]{1,2000}(?=\s|$)/g
const unescaped = (url: string) => url.replaceAll('&amp;', '&')

/** Where the links of a content lead, each once, in their order. Those that hold Liquid are not among them: they stay as they are. */
export function linksOf({ html }: Pick<Content, 'html'>): string[] {
  return [...new Set([...html.matchAll(anchor)].map(([, , url]) => unescaped(url!)))]
}

/**
 * The content with its links leading over us, to be filled in with `clickBase`. SES, which would lead them over itself once more, is
 * told not to; the unsubscribe link is left alone by both.
 */
export function trackedContent<C extends Content>(content: C): C {
  const places = new Map(linksOf(content).map((url, i) => [url, i]))
  const over = (url: string) => `{{ clickBase }}/${places.get(url)}`
  const html = content.html
    .replace(anchor, (_, before: string, url: string) => `${before}ses:no-track href="${over(unescaped(url))}"`)
    .replace(/href="\{\{ unsubscribeUrl \}\}"/g, 'ses:no-track $&')
  return { ...content, html, text: content.text.replace(address, (url) => (places.has(url) ? over(url) : url)) }
}
