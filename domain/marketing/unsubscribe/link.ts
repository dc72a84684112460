import type { Context } from '../../kernel/context.ts'
import { dayNumber } from '../../kernel/signed-link.ts'
import { conceal, reveal } from '../../kernel/signing.ts'

/**
 * The link by which a recipient says no: which address of which contact, and the mail that it stood in. Nothing of it can be
 * read from the token, since such links end up in logs and are passed on.
 */

const purpose = 'unsubscribe'
/** Mails are kept, and a no must be heard for long; after that the address may be somebody else's. */
const validDays = 400

const ulidOf = (id: string | undefined) => (id ? id.slice(4) : '')

export interface UnsubscribeLink {
  email: string
  contactId: string
  /** The campaign whose mail it stood in. */
  campaignId?: string | undefined
  /** Its place among the deliveries of the campaign. */
  delivery?: string | undefined
}

export interface OpenedUnsubscribe extends UnsubscribeLink {
  expired: boolean
}

/** The token, for the page `/u/{token}` and for one-click unsubscribing (RFC 8058). */
export function unsubscribeToken(ctx: Context, { email, contactId, campaignId, delivery }: UnsubscribeLink): string {
  const value = [ctx.tenant.id, ulidOf(contactId), email, ulidOf(campaignId), delivery ?? '', dayNumber(ctx.now()) + validDays]
  return `${Buffer.from(ctx.tenant.id).toString('base64url')}.${conceal(ctx.tenant.signingKey, purpose, value)}`
}

export const unsubscribeUrl = (ctx: Context, link: UnsubscribeLink): string => `${ctx.publicUrl}/u/${unsubscribeToken(ctx, link)}`

/** Both headers of RFC 8058; mail programs show a button for them. */
export const unsubscribeHeaders = (url: string): Record<string, string> => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

/** The tenant a token speaks of, to find the key that tells whether it is true; undefined when it is no token at all. */
export function tenantOfUnsubscribe(token: string): string | undefined {
  const [head = '', hidden, ...rest] = token.split('.')
  if (!hidden || rest.length > 0 || head.length > 200) return undefined
  const tenantId = Buffer.from(head, 'base64url').toString()
  return /^[\x21-\x7e]{1,100}$/.test(tenantId) && Buffer.from(tenantId).toString('base64url') === head ? tenantId : undefined
}

/** What a token opens; undefined unless this tenant made it, byte by byte. */
export function openUnsubscribe(ctx: Context, token: string): OpenedUnsubscribe | undefined {
  const value = reveal(ctx.tenant.signingKey, purpose, token.slice(token.indexOf('.') + 1))
  if (!Array.isArray(value) || value[0] !== ctx.tenant.id) return undefined
  const [, contact, email, campaign, delivery, lastDay] = value as [string, string, string, string, string, number]
  return {
    ...{ email, contactId: `con_${contact}`, campaignId: campaign ? `cmp_${campaign}` : undefined, delivery },
    expired: dayNumber(ctx.now()) > lastDay,
  }
}
