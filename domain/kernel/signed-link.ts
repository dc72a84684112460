import type { Context } from './context.ts'
import { seal, unseal } from './signing.ts'

/**
 * Public links that show what they open and are made only by the tenant: `[tenant, …what, last day]`, sealed for one purpose. They
 * are kept short, since mails are cut at 102 KB and chats wrap them.
 */

/** The day of a date or instant, as a number that can be counted on. */
export const dayNumber = (date: string): number => Math.floor(Date.parse(date) / 86_400_000)

/** The token of a link: the same for the same things and last day, however often it is asked for. */
export const signLink = (ctx: Context, purpose: string, what: readonly string[], lastDay: number): string =>
  seal(ctx.tenant.signingKey, purpose, [ctx.tenant.id, ...what, lastDay])

/** The tenant a token speaks of, to find the key that tells whether it is true; undefined when it is no token at all. */
export function tenantOfLink(token: string): string | undefined {
  try {
    const [tenantId] = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString())
    return typeof tenantId === 'string' && tenantId.length <= 100 ? tenantId : undefined
  } catch {
    return undefined
  }
}

interface OpenedSignedLink {
  what: string[]
  expired: boolean
}

/** What a token opens; undefined unless this tenant made it for this purpose, byte by byte. */
export function openSignedLink(ctx: Context, purpose: string, token: string): OpenedSignedLink | undefined {
  const value = unseal(ctx.tenant.signingKey, purpose, token)
  if (!Array.isArray(value) || value[0] !== ctx.tenant.id) return undefined
  return { what: value.slice(1, -1), expired: dayNumber(ctx.now()) > value.at(-1) }
}
