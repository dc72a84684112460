import type { Context } from '../../kernel/context.ts'
import { dayNumber } from '../../kernel/signed-link.ts'
import { hiddenToken, revealedToken } from '../../kernel/tenant-token.ts'

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
  return hiddenToken(ctx, purpose, value)
}

export const unsubscribeUrl = (ctx: Context, link: UnsubscribeLink): string => `${ctx.publicUrl}/u/${unsubscribeToken(ctx, link)}`

/** Both headers of RFC 8058; mail programs show a button for them. */
export const unsubscribeHeaders = (url: string): Record<string, string> => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

/** What a token opens; undefined unless this tenant made it, byte by byte. */
export function openUnsubscribe(ctx: Context, token: string): OpenedUnsubscribe | undefined {
  const value = revealedToken(ctx, purpose, token)
  if (!Array.isArray(value) || value[0] !== ctx.tenant.id) return undefined
  const [, contact, email, campaign, delivery, lastDay] = value as [string, string, string, string, string, number]
  return {
    ...{ email, contactId: `con_${contact}`, campaignId: campaign ? `cmp_${campaign}` : undefined, delivery },
    expired: dayNumber(ctx.now()) > lastDay,
  }
}
