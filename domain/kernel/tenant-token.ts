import type { Context } from './context.ts'
import { conceal, reveal } from './signing.ts'

/**
 * Tokens of public links that show nothing of what they hold: the tenant, by which its key is found, and behind a dot what only
 * that key opens. Such links end up in logs and are passed on.
 */
export const hiddenToken = (ctx: Context, purpose: string, value: unknown): string =>
  `${Buffer.from(ctx.tenant.id).toString('base64url')}.${conceal(ctx.tenant.signingKey, purpose, value)}`

/** The tenant a token speaks of, to find the key that tells whether it is true; undefined when it is no token at all. */
export function tenantOfToken(token: string): string | undefined {
  const [head = '', hidden, ...rest] = token.split('.')
  if (!hidden || rest.length > 0 || head.length > 200) return undefined
  const tenantId = Buffer.from(head, 'base64url').toString()
  return /^[\x21-\x7e]{1,100}$/.test(tenantId) && Buffer.from(tenantId).toString('base64url') === head ? tenantId : undefined
}

/** What the token holds; undefined unless this tenant made it for this purpose, byte by byte. */
export const revealedToken = (ctx: Context, purpose: string, token: string): unknown =>
  reveal(ctx.tenant.signingKey, purpose, token.slice(token.indexOf('.') + 1))
