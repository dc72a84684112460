import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { seal, unseal } from '../../kernel/signing.ts'

/** The link of a sent quote: whoever has it sees this quote and answers it. It outlives the quote, so that it can say what became of it. */

const purpose = 'quote'
const keptDays = 60

const dayNumber = (date: string) => Math.floor(Date.parse(date) / 86_400_000)

export interface OpenedQuoteLink {
  quoteId: string
  expired: boolean
}

/** The same for the same quote, however often it is asked for. */
export function quoteLink(ctx: Context, { id, validUntil }: { id: string; validUntil: string }): string {
  const value = [ctx.tenant.id, id.slice('quo_'.length), dayNumber(addDays(validUntil, keptDays))]
  return `${ctx.publicUrl}/q/${seal(ctx.tenant.signingKey, purpose, value)}`
}

/** The tenant a token speaks of, to find the key that tells whether it is true; undefined when it is no token at all. */
export function tenantOfQuoteToken(token: string): string | undefined {
  try {
    const [tenantId] = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString())
    return typeof tenantId === 'string' && tenantId.length <= 100 ? tenantId : undefined
  } catch {
    return undefined
  }
}

/** What a token opens; undefined unless this tenant made it, byte by byte. */
export function openQuoteLink(ctx: Context, token: string): OpenedQuoteLink | undefined {
  const value = unseal(ctx.tenant.signingKey, purpose, token)
  if (!Array.isArray(value) || value[0] !== ctx.tenant.id) return undefined
  const [, quote, lastDay] = value as [string, string, number]
  return { quoteId: `quo_${quote}`, expired: dayNumber(ctx.now()) > lastDay }
}
