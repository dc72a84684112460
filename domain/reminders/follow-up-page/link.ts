import type { Context } from '../../kernel/context.ts'
import { seal, unseal } from '../../kernel/signing.ts'

/** The link of a digest: one person and one customer, for 14 days. Mails are cut at 102 KB, so a link is kept short. */

const purpose = 'reminder'
const validDays = 14

const ulidOf = (id: string) => id.slice(id.indexOf('_') + 1)
const dayNumber = (instant: string) => Math.floor(Date.parse(instant) / 86_400_000)

export interface OpenedLink {
  userId: string
  customerId: string
  expired: boolean
}

/** Where a person logs the result of a contact with the customer, or postpones it. */
export function linkTo(ctx: Context, userId: string, customerId: string): string {
  const value = [ctx.tenant.id, ulidOf(userId), ulidOf(customerId), dayNumber(ctx.now()) + validDays]
  return `${ctx.publicUrl}/r/${seal(ctx.tenant.signingKey, purpose, value)}`
}

/** The tenant a token speaks of, to find the key that tells whether it is true; undefined when it is no token at all. */
export function tenantOfToken(token: string): string | undefined {
  try {
    const [tenantId] = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString())
    return typeof tenantId === 'string' && tenantId.length <= 100 ? tenantId : undefined
  } catch {
    return undefined
  }
}

/** What a token opens; undefined unless this tenant made it, byte by byte. */
export function openLink(ctx: Context, token: string): OpenedLink | undefined {
  const value = unseal(ctx.tenant.signingKey, purpose, token)
  if (!Array.isArray(value) || value[0] !== ctx.tenant.id) return undefined
  const [, user, customer, lastDay] = value as [string, string, string, number]
  return { userId: `usr_${user}`, customerId: `cus_${customer}`, expired: dayNumber(ctx.now()) > lastDay }
}
